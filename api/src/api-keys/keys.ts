import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Prisma } from '@fairhold/db/client'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { BearerResolver } from '../http/bearer.ts'
import { AppError } from '../http/errors.ts'
import { type Scope, scopes } from '../http/scopes.ts'
import { lockAccount } from '../identity/accounts.ts'
import { type AccountRow, accountColumns, newToken, personFrom, SEEN_MS, sha256 } from '../identity/sessions.ts'
import type { ApiKey, CreatedKey, NewKey } from './contract.ts'

const MAX_KEYS = 20
const DAY_MS = 86_400_000
const PREFIX = 'fhk_'
/** `fhk_`, the id that may be shown, and 32 random bytes in base64url. */
const FORM = /^fhk_([0-9a-f]{16})_([\w-]{43})$/

interface KeyRow extends AccountRow {
  key_id: string
  secret_hash: string
  scopes: string[]
  used_at: Date | null
}

/** The keys of an account that are good, the newest first. */
export async function listKeys({ db }: Context, accountId: string): Promise<ApiKey[]> {
  const where = { accountId, revokedAt: null, expiresAt: { gt: new Date() } }
  const select = { id: true, name: true, scopes: true, createdAt: true, expiresAt: true, usedAt: true }
  return (await db.apiKey.findMany({ where, select, orderBy: { createdAt: 'desc' }, take: MAX_KEYS })).map(keyFrom)
}

/** Makes a key. It is in the answer, and nowhere after that. @throws AppError FORBIDDEN if there are too many */
export async function createKey(context: Context, accountId: string, { name, scopes, days }: NewKey): Promise<CreatedKey> {
  const [id, secret] = [randomBytes(8).toString('hex'), newToken()]
  const expiresAt = new Date(Date.now() + days * DAY_MS)
  const made = await context.db.$transaction(async (tx) => {
    await lockAccount(tx, accountId) // so that nobody counts beside us, or closes it
    const good = { accountId, revokedAt: null, expiresAt: { gt: new Date() } }
    if ((await tx.apiKey.count({ where: good })) >= MAX_KEYS)
      throw new AppError('FORBIDDEN', `An account has at most ${MAX_KEYS} keys.`)
    const details = { scopes: scopes.join(' '), days }
    await audit(context, { kind: 'key.created', actor: accountId, subject: id, details }, tx)
    return tx.apiKey.create({ data: { id, accountId, name, scopes, secretHash: sha256(secret), expiresAt } })
  })
  return { ...keyFrom(made), key: `${PREFIX}${id}_${secret}` }
}

/** @throws AppError NOT_FOUND for a key that is not the account's own, or is void already */
export async function revokeKey(context: Context, accountId: string, id: string): Promise<void> {
  const where = { id, accountId, revokedAt: null }
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where, data: { revokedAt: new Date() } })
    if (count === 0) throw new AppError('NOT_FOUND', 'You have no such key.')
    await audit(context, { kind: 'key.revoked', actor: accountId, subject: id }, tx)
  })
}

/** Whom a key acts for, without what they may do as staff. */
export const keyBearer: BearerResolver = async (context, token) => {
  if (!token.startsWith(PREFIX)) return undefined
  const [, id, secret] = FORM.exec(token) ?? []
  if (!id || !secret) return null
  const [row] = await context.db.$queryRaw<KeyRow[]>(Prisma.sql`
    SELECT key.id AS key_id, key.secret_hash, key.scopes, key.used_at, ${accountColumns(context.caip2)}
    FROM app.api_key key JOIN app.account ON account.id = key.account_id
    WHERE key.id = ${id} AND key.revoked_at IS NULL AND key.expires_at > now() AND account.deleted_at IS NULL`)
  const address = row?.wallets[0]
  if (!row || !address || !timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(row.secret_hash))) return null
  if (Date.now() - (row.used_at?.getTime() ?? 0) > SEEN_MS)
    await context.db.$executeRaw`UPDATE app.api_key SET used_at = now() WHERE id = ${id}`
  const may: readonly Scope[] = scopes.filter((scope) => row.scopes.includes(scope))
  return { ...personFrom(context, row), roles: [], address, via: 'key', scopes: may, session: null }
}

function keyFrom(row: {
  id: string
  name: string
  scopes: string[]
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
}): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hint: `${PREFIX}${row.id}…`,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.usedAt?.toISOString() ?? null,
  }
}
