import { randomInt, randomUUID } from 'node:crypto'
import type { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import type { IssueIn, OwnCredential } from './contract.ts'
import { type ReputationFacts, reputationFactsShape } from './facts.ts'
import { indexedReputation } from './reviews.ts'
import { LIST_SIZE } from './status-list.ts'
import { CONTEXTS, REPUTATION_TYPE, readCredential, VC_TYPE } from './vc.ts'

const DAY = 86_400
/** A reputation ages: after this a new one is issued, in seconds. */
const LIFE = 90 * DAY
const MAX_VALID = 20
const MAX_LISTED = 50
/** A list is left for the next when half of it is taken: then a free place is still found in two tries. */
const LIST_FULL = LIST_SIZE / 2

type Row = Awaited<ReturnType<Context['db']['credential']['findMany']>>[number]
type Caller = Pick<Account, 'id' | 'did' | 'address' | 'wallets'>

/** Where the status list of this number is published. */
export function statusListUrl({ env }: Pick<Context, 'env'>, number: number): string {
  return `${env.origins[0]}/v1/credentials/status/${number}`
}

/**
 * Issues a credential of the reputation that wallets of the account have on chain.
 * @throws AppError VALIDATION for a wallet of somebody else, FORBIDDEN with too many that are valid
 */
export async function issueReputation(context: Context, account: Caller, { wallets, shown }: IssueIn): Promise<OwnCredential> {
  const chosen = [...new Set(wallets ?? [account.address])].sort()
  if (chosen.some((wallet) => !account.wallets.includes(wallet))) throw invalid('wallets', 'must be wallets of your account')
  const facts = await indexedReputation(context, chosen)
  const now = Math.floor(Date.now() / 1000)
  const row = await context.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM app.account WHERE id = ${account.id}::uuid FOR UPDATE`
    const valid = { accountId: account.id, revokedAt: null, expiresAt: { gt: new Date() } }
    if ((await tx.credential.count({ where: valid })) >= MAX_VALID)
      throw new AppError('FORBIDDEN', `You have ${MAX_VALID} credentials that are valid. Revoke one first.`)
    const place = await freePlace(tx)
    const id = randomUUID()
    const token = await sign(context, { id, subject: account.did, facts, place, now })
    const dates = { issuedAt: new Date(now * 1000), expiresAt: new Date((now + LIFE) * 1000) }
    return tx.credential.create({ data: { id, accountId: account.id, ...place, wallets: chosen, token, shown, ...dates } })
  })
  return ownCredential(row)
}

/** The account's credentials, the newest first. */
export async function listOwn({ db }: Context, { id }: Pick<Account, 'id'>): Promise<OwnCredential[]> {
  const rows = await db.credential.findMany({ where: { accountId: id }, orderBy: { issuedAt: 'desc' }, take: MAX_LISTED })
  return rows.map(ownCredential)
}

/** Says for everybody that a credential is no longer good. It cannot be undone. @throws AppError NOT_FOUND */
export async function revokeOwn({ db }: Context, { id: accountId }: Pick<Account, 'id'>, id: string): Promise<void> {
  const found = await db.credential.findFirst({ where: { id, accountId }, select: { id: true } })
  if (!found) throw new AppError('NOT_FOUND', 'You have no such credential.')
  await db.credential.updateMany({ where: { id, accountId, revokedAt: null }, data: { revokedAt: new Date() } })
}

interface Signing {
  id: string
  subject: string
  facts: ReputationFacts
  place: { statusList: number; statusIndex: number }
  /** Seconds. */
  now: number
}

function sign(context: Context, { id, subject, facts, place, now }: Signing): Promise<string> {
  const issuer = context.issuer()
  const instant = (at: number) => new Date(at * 1000).toISOString().replace('.000', '')
  const credential = {
    '@context': CONTEXTS,
    id: `urn:uuid:${id}`,
    type: ['VerifiableCredential', REPUTATION_TYPE],
    issuer: issuer.did,
    validFrom: instant(now),
    validUntil: instant(now + LIFE),
    credentialSubject: { id: subject, reputation: facts },
    credentialStatus: {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(place.statusIndex),
      statusListCredential: statusListUrl(context, place.statusList),
    },
  }
  return issuer.sign({ ...credential, iat: now, exp: now + LIFE }, { typ: VC_TYPE, cty: 'vc' })
}

/** A place in the newest status list that nobody has had, by chance, so that a place says nothing of when or who. */
async function freePlace(tx: Prisma.TransactionClient): Promise<Signing['place']> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('status list', 0))`
  const { _max: newest } = await tx.credential.aggregate({ _max: { statusList: true } })
  const last = newest.statusList ?? 1
  const taken = await tx.credential.count({ where: { statusList: last } })
  const statusList = taken >= LIST_FULL ? last + 1 : last
  for (;;) {
    const statusIndex = randomInt(LIST_SIZE)
    const where = { statusList_statusIndex: { statusList, statusIndex } }
    if (!(await tx.credential.findUnique({ where, select: { id: true } }))) return { statusList, statusIndex }
  }
}

function ownCredential(row: Row): OwnCredential {
  const { reviews } = factsIn(row.token)
  const state = row.revokedAt !== null ? 'revoked' : row.expiresAt <= new Date() ? 'expired' : 'valid'
  return {
    id: row.id,
    token: row.token,
    wallets: row.wallets,
    shown: row.shown,
    count: reviews.count,
    average: reviews.average,
    state,
    issuedAt: row.issuedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}

/** What a credential of reputation says. @throws ZodError for another kind */
export function factsIn(token: string): ReputationFacts {
  return reputationFactsShape.parse(readCredential(token).claims.reputation)
}
