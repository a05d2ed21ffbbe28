import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { createLookupCache } from '../did/cache.ts'
import { parseDid } from '../did/parse.ts'
import { TokenRefused } from '../did/refused.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { type FetchLimits, FetchRefused, fetchPublic, type Outside } from '../http/fetch-public.ts'
import { type Checked, checkCredential } from './check.ts'
import type { ShownCredential } from './contract.ts'
import { statusListUrl } from './issue.ts'
import type { StatusLists } from './status.ts'
import { type Credential, MAX_CREDENTIAL, readCredential } from './vc.ts'

/** How long the outcome of a check is shown without another, in milliseconds. */
const CHECK_LIFE_MS = 60_000
const MAX_KNOWN = 1_000
const MAX_IMPORTED = 20
const MAX_SHOWN = 10
const STATUS_LIMITS: FetchLimits = {
  maxBytes: 256 * 1024,
  timeoutMs: 4_000,
  contentTypes: ['application/vc+jwt', 'application/jwt', 'text/plain'],
}

export interface ShownCredentials {
  import: (account: Pick<Account, 'id' | 'did'>, token: string) => Promise<ShownCredential>
  imported: (account: Pick<Account, 'id'>) => Promise<ShownCredential[]>
  remove: (account: Pick<Account, 'id'>, id: string) => Promise<void>
  /** What everybody sees on the profile of a wallet. */
  ofWallet: (address: string) => Promise<ShownCredential[]>
}

interface Found extends Checked {
  checkedAt: Date
}

/** Credentials that people show: each is checked again when it is shown, a minute after the last time at the earliest. */
export function createShownCredentials(context: Context, lists: StatusLists, outside?: Outside): ShownCredentials {
  const { caip2: chain, db } = context
  const outcomes = createLookupCache<Found>(MAX_KNOWN, Date.now)
  const statusList = (url: string) => listAt(context, lists, url, outside)
  const check = (credential: Credential): Promise<Found> =>
    outcomes.get(hashOf(credential.token), CHECK_LIFE_MS, async () => {
      const now = Date.now()
      return { ...(await checkCredential(credential, { resolver: context.dids, now, statusList })), checkedAt: new Date(now) }
    })
  const show = async (row: { id: string; token: string }): Promise<ShownCredential> => {
    const credential = readCredential(row.token)
    const own = credential.issuer === context.issuer().did
    return shownCredential(row.id, credential, { own, found: await check(credential) })
  }
  const importedOf = async (accountId: string) => {
    const rows = await db.importedCredential.findMany({
      where: { accountId },
      orderBy: { importedAt: 'desc' },
      take: MAX_IMPORTED,
    })
    return Promise.all(rows.map(show))
  }

  return {
    import: async (account, token) => {
      const credential = readable(token)
      requireForeign(context, credential)
      await requireSubject(context, account, credential)
      const found = await check(credential)
      if (found.state !== 'valid') throw new AppError('CREDENTIAL_REFUSED', found.reason)
      const row = await storeImported(context, account.id, token)
      return shownCredential(row.id, credential, { own: false, found })
    },
    imported: ({ id }) => importedOf(id),
    remove: async ({ id: accountId }, id) => {
      const { count } = await db.importedCredential.deleteMany({ where: { id, accountId } })
      if (count === 0) throw new AppError('NOT_FOUND', 'You have no such credential.')
    },
    ofWallet: async (address) => {
      const where = { chain_address: { chain, address } }
      const wallet = await db.wallet.findUnique({ where, select: { accountId: true } })
      if (!wallet) return []
      const { accountId } = wallet
      const mine = { accountId, shown: true, revokedAt: null, expiresAt: { gt: new Date() }, wallets: { has: address } }
      const own = await db.credential.findMany({ where: mine, orderBy: { issuedAt: 'desc' }, take: MAX_SHOWN })
      return [...(await Promise.all(own.map(show))), ...(await importedOf(accountId))]
    },
  }
}

/** A status list: ours from here, another from the public internet where that is allowed. */
async function listAt(context: Context, lists: StatusLists, url: string, outside: Outside | undefined): Promise<string | null> {
  const number = Number(/\/([1-9][0-9]{0,5})$/.exec(url)?.[1])
  if (url === statusListUrl(context, number)) return lists(number)
  if (!context.env.fetchForeign) return null
  try {
    return (await fetchPublic(url, STATUS_LIMITS, outside)).trim()
  } catch (error) {
    if (error instanceof FetchRefused) return null
    throw error
  }
}

async function storeImported({ db }: Context, accountId: string, token: string) {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM app.account WHERE id = ${accountId}::uuid FOR UPDATE`
    const tokenHash = hashOf(token)
    const known = await tx.importedCredential.findUnique({ where: { accountId_tokenHash: { accountId, tokenHash } } })
    if (known) throw new AppError('ALREADY_THERE', 'You have imported this credential.')
    if ((await tx.importedCredential.count({ where: { accountId } })) >= MAX_IMPORTED)
      throw new AppError('FORBIDDEN', `At most ${MAX_IMPORTED} credentials of others are kept. Remove one first.`)
    return tx.importedCredential.create({ data: { accountId, tokenHash, token } })
  })
}

function readable(token: string): Credential {
  try {
    return readCredential(token)
  } catch (error) {
    if (error instanceof TokenRefused) throw new AppError('CREDENTIAL_REFUSED', error.message)
    throw error
  }
}

function requireForeign(context: Context, { issuer }: Credential): void {
  if (issuer === context.issuer().did) throw new AppError('CREDENTIAL_REFUSED', 'This market issued it: you have it already.')
}

/**
 * A credential is shown by whom it is about: by the account's own DID, or by that of one of its wallets. The key of a wallet that
 * is no contract is the same person on every chain; a contract may have another owner elsewhere.
 */
async function requireSubject(
  context: Context,
  { id, did }: Pick<Account, 'id' | 'did'>,
  { subject }: Credential,
): Promise<void> {
  const about = subject === null ? null : parseDid(subject)
  if (about?.did === did) return
  const isOfAccount = about?.method === 'pkh' || about?.method === 'ethr'
  const wallet = isOfAccount && (await walletOf(context, id, about.address, about.chainId))
  if (!wallet)
    throw new AppError('CREDENTIAL_REFUSED', 'It is about somebody else: its subject must be the DID of one of your wallets.')
}

async function walletOf({ db }: Context, accountId: string, address: string, chainId: number): Promise<boolean> {
  const anywhere = [{ chain: `eip155:${chainId}` }, { kind: 'eoa' }]
  const found = await db.wallet.findFirst({ where: { accountId, address, OR: anywhere }, select: { address: true } })
  return found !== null
}

function shownCredential(id: string, credential: Credential, { own, found }: { own: boolean; found: Found }): ShownCredential {
  return {
    id,
    own,
    issuer: credential.issuer,
    types: credential.types.map((type) => printable(type, 80)),
    subject: credential.subject ?? '',
    claims: lines(credential.claims),
    state: found.state,
    revocation: found.revocation,
    reason: printable(found.reason, 400),
    validUntil: credential.validUntil === null ? null : new Date(Math.min(credential.validUntil, 8e15)).toISOString(),
    checkedAt: found.checkedAt.toISOString(),
    token: credential.token.slice(0, MAX_CREDENTIAL),
  }
}

const MAX_LINES = 12

/** The simple values of what a credential says, with the path of each. */
function lines(claims: Record<string, unknown>, path = ''): { name: string; value: string }[] {
  const found = Object.entries(claims).flatMap(([name, value]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (['string', 'number', 'boolean'].includes(typeof value))
      return [{ name: printable(at, 60), value: printable(String(value), 200) }]
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value) && path.split('.').length < 3
    return isNested ? lines(value as Record<string, unknown>, at) : []
  })
  return found.slice(0, MAX_LINES)
}

/** Words of strangers: without characters that cannot be seen or that turn the direction of what stands around. */
function printable(text: string, max: number): string {
  const seen = text.toWellFormed().replace(/[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, ' ')
  return seen.length > max ? `${seen.slice(0, max - 1).toWellFormed()}…` : seen
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
