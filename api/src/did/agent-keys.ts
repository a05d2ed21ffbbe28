import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { type Scope, scopes } from '../http/scopes.ts'
import { lockAccount } from '../identity/accounts.ts'
import type { AgentKeyIn, AgentKeyItem } from './contract.ts'

const DAY_MS = 86_400_000
const MAX_KEYS = 20

type Row = Awaited<ReturnType<Context['db']['agentKey']['findMany']>>[number]

/** The keys of programs that may act for the account, the newest first. */
export async function listAgentKeys({ db }: Context, { id }: Pick<Account, 'id'>): Promise<AgentKeyItem[]> {
  const rows = await db.agentKey.findMany({ where: { accountId: id }, orderBy: { createdAt: 'desc' }, take: MAX_KEYS })
  return rows.map(toItem)
}

/** Lets who holds the key of `did` act for the account within these scopes. Said again, it changes name, scopes and end. */
export async function allowAgentKey(context: Context, { id }: Pick<Account, 'id'>, given: AgentKeyIn): Promise<AgentKeyItem> {
  const { did, name } = given
  const data = { name, scopes: [...new Set(given.scopes)], expiresAt: new Date(Date.now() + given.days * DAY_MS) }
  return context.db.$transaction(async (tx) => {
    await lockAccount(tx, id) // so that nobody counts beside us, or closes it
    const others = await tx.agentKey.count({ where: { accountId: id, did: { not: did } } })
    if (others >= MAX_KEYS) throw new AppError('FORBIDDEN', `An account has at most ${MAX_KEYS} keys of programs.`)
    const details = { key: did, name, scopes: data.scopes.join(' ') }
    await audit(context, { kind: 'key.created', actor: id, details }, tx)
    const where = { accountId_did: { accountId: id, did } }
    return toItem(await tx.agentKey.upsert({ where, create: { accountId: id, did, ...data }, update: data }))
  })
}

/** Takes the key its rights. Tokens it got before are refused from now on too. @throws AppError NOT_FOUND */
export async function removeAgentKey(context: Context, { id }: Pick<Account, 'id'>, did: string): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.agentKey.deleteMany({ where: { accountId: id, did } })
    if (count === 0) throw new AppError('NOT_FOUND', 'Your account has no such key.')
    await audit(context, { kind: 'key.revoked', actor: id, details: { key: did } }, tx)
  })
}

/** What a key may do for the account now; null for a key that may nothing. `used`: whether it is used to get a token. */
export async function scopesOfKey({ db }: Context, accountId: string, did: string, used: boolean): Promise<Scope[] | null> {
  const row = await db.agentKey.findUnique({ where: { accountId_did: { accountId, did } } })
  if (!row || row.expiresAt <= new Date()) return null
  if (used) await db.agentKey.updateMany({ where: { accountId, did }, data: { usedAt: new Date() } })
  return knownScopes(row.scopes)
}

const knownScopes = (given: readonly string[]): Scope[] => scopes.filter((scope) => given.includes(scope))

function toItem({ did, name, scopes: given, createdAt, expiresAt, usedAt }: Row): AgentKeyItem {
  return {
    did,
    name,
    scopes: knownScopes(given),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }
}
