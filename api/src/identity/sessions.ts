import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { ask, Prisma } from '@fairhold/db/client'
import { audit, auditInsert, hiddenNetwork } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { HAS_FACTOR } from '../factors/has-factor.ts'
import type { Account, Role } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'

const SESSION_MS = 7 * 24 * 60 * 60 * 1000
/** When a session was last used is kept this exactly, so that reading does not mean writing. */
export const SEEN_MS = 5 * 60 * 1000
const MAX_SESSIONS = 50

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A new secret that a browser keeps; we store only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What a page shows with each write, to prove that it could read the session: made from the token, and of no use without it. */
export const csrfOf = (token: string): string => createHash('sha256').update(`csrf ${token}`).digest('base64url')

/** With what a person showed who they are. */
export type Proof = 'wallet' | 'passkey' | 'totp' | 'recovery'

/** The columns of `accountColumns`. */
export interface AccountRow {
  id: string
  did: string
  wallets: string[]
  roles: Role[]
}

interface SessionRow extends AccountRow {
  session_id: string
  address: string
  expires_at: Date
  proved_at: Date | null
  proved_with: Proof | null
  has_factor: boolean
  seen_at: Date
}

/** What is read of an account, with its wallets on a chain, by whoever finds out who asks. */
export const accountColumns = (chain: string): Prisma.Sql => Prisma.sql`account.id, account.did,
  ARRAY(SELECT wallet.address FROM app.wallet WHERE wallet.account_id = account.id AND wallet.chain = ${chain} ORDER BY linked_at, wallet.address) AS wallets,
  ARRAY(SELECT role.role FROM app.role WHERE role.account_id = account.id ORDER BY role.role) AS roles`

/** Who holds this session token; null if it is unknown, over or revoked, or the account is gone. */
export async function findSession(context: Context, token: string): Promise<Account | null> {
  const tokenHash = sha256(token)
  const [row] = await ask<SessionRow>(
    context.pool,
    'session',
    Prisma.sql`
      SELECT session.id AS session_id, session.address, session.expires_at, session.proved_at, session.proved_with, session.seen_at,
        ${HAS_FACTOR} AS has_factor, ${accountColumns(context.caip2)}
      FROM app.session JOIN app.account ON account.id = session.account_id
      WHERE session.token_hash = ${tokenHash} AND session.revoked_at IS NULL AND session.expires_at > now()
        AND session.chain = ${context.caip2} AND account.deleted_at IS NULL AND EXISTS (
          SELECT FROM app.wallet WHERE wallet.account_id = account.id AND wallet.chain = session.chain AND wallet.address = session.address)`,
  )
  if (!row) return null
  if (Date.now() - row.seen_at.getTime() > SEEN_MS) await markSeen(context, row.session_id)
  const session = { id: row.session_id, tokenHash, expiresAt: row.expires_at, ...proofOf(row) }
  return { ...personFrom(context, row), address: row.address, via: 'session', scopes: 'all', session }
}

/** A wallet's proof is none once there is a second factor, however long the session has been open. */
function proofOf({ proved_at: provedAt, proved_with, has_factor: hasFactor }: SessionRow) {
  const provedWith = proved_with ?? 'wallet'
  return provedAt && !(hasFactor && provedWith === 'wallet')
    ? { provedAt, provedWith, hasFactor }
    : { provedAt: null, provedWith: null, hasFactor }
}

/** The account a program acts for; null if it is gone, or has no wallet on this chain. The caller adds by what, and what it may. */
export async function findAccount(
  context: Context,
  id: string,
): Promise<Pick<Account, 'id' | 'did' | 'address' | 'wallets' | 'roles'> | null> {
  const [row] = await context.db.$queryRaw<AccountRow[]>`
    SELECT ${accountColumns(context.caip2)} FROM app.account WHERE account.id = ${id}::uuid AND account.deleted_at IS NULL`
  const address = row?.wallets[0]
  return row && address ? { ...personFrom(context, row), address } : null
}

/** The person of a row; who is named in the configuration is an admin too. */
export function personFrom(
  { env }: Context,
  { id, did, wallets, roles }: AccountRow,
): Pick<Account, 'id' | 'did' | 'wallets' | 'roles'> {
  const isAdmin = env.admins.some((address) => wallets.includes(address))
  return { id, did, wallets, roles: isAdmin && !roles.includes('admin') ? [...roles, 'admin' as const] : roles }
}

async function markSeen({ db }: Context, id: string): Promise<void> {
  await db.$executeRaw`UPDATE app.session SET seen_at = now() WHERE id = ${id}::uuid`
}

/**
 * Opens a session for an account, and says so in the audit log. The oldest of too many is ended. `proved`: whether a wallet was
 * just shown; `ip`: where the person is.
 * @throws AppError NOT_SIGNED_IN if the wallet does not open the account any more
 */
export async function openSession(
  context: Context,
  opening: { accountId: string; address: string; userAgent: string; ip: string; proved: boolean },
) {
  const { caip2: chain, pool } = context
  const { accountId, address, userAgent, ip, proved } = opening
  const token = newToken()
  const [now, expiresAt] = [new Date(), new Date(Date.now() + SESSION_MS)]
  const [provedAt, provedWith] = proved ? [now, 'wallet' satisfies Proof] : [null, null]
  const id = randomUUID()
  const details = { chain, wallet: address, session: id, network: hiddenNetwork(context, ip) }
  // One statement, as signing in is what everybody waits for: one journey to Postgres, one commit. It does not see its own row. An
  // account that is being closed is waited for: nothing is kept of who has just gone.
  const sql = Prisma.sql`
    WITH holder AS (
      SELECT account.id FROM app.wallet JOIN app.account ON account.id = wallet.account_id
      WHERE wallet.chain = ${chain} AND wallet.address = ${address} AND account.id = ${accountId}::uuid AND account.deleted_at IS NULL
      FOR SHARE OF account -- alone, as who closes it locks it first and its wallets after
    ), opened AS (
      INSERT INTO app.session (id, token_hash, account_id, chain, address, user_agent, expires_at, proved_at, proved_with)
      SELECT ${id}::uuid, ${sha256(token)}, holder.id, ${chain}, ${address}, ${printable(userAgent)}, ${expiresAt}::timestamptz,
        ${provedAt}::timestamptz, ${provedWith}::text FROM holder RETURNING id
    ), told AS (${auditInsert(context, { kind: 'identity.signed-in', actor: accountId, details }, Prisma.sql`EXISTS (SELECT FROM opened)`)}),
    ended AS (
      UPDATE app.session SET revoked_at = now() WHERE id IN (
        SELECT id FROM app.session WHERE account_id = ${accountId}::uuid AND revoked_at IS NULL AND expires_at > now()
        ORDER BY seen_at DESC OFFSET ${MAX_SESSIONS - 1}))
    SELECT id FROM opened`
  const opened = await ask(pool, 'open session', sql)
  if (opened.length === 0)
    throw new AppError('NOT_SIGNED_IN', 'The account was closed, or the wallet left it, just now. Sign in again.')
  return { id, token, expiresAt }
}

/** What a browser says of itself, as text that Postgres and a page can hold. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 300)
}

/**
 * Gives a session another token, so that whoever knows the old one has nothing: at every change of what it may do.
 * `proof`: with what it was just shown who the person is.
 * @throws AppError NOT_SIGNED_IN if the session has ended meanwhile
 */
export async function rotateSession(
  { db }: Context,
  { id, tokenHash }: { id: string; tokenHash: string },
  proof: Proof | null,
): Promise<string> {
  const token = newToken()
  const data = { tokenHash: sha256(token), ...(proof ? { provedAt: new Date(), provedWith: proof } : {}) }
  const { count } = await db.session.updateMany({ where: { id, tokenHash, revokedAt: null }, data })
  if (count === 0) throw new AppError('NOT_SIGNED_IN', 'The session has ended, or got another token meanwhile.')
  return token
}

export async function revokeSession({ db }: Context, id: string): Promise<void> {
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
}

/** Ends the session that a person signs out of, and says so in the audit log. */
export async function signOut(context: Context, { id: accountId, session }: Pick<Account, 'id' | 'session'>): Promise<void> {
  if (!session) return
  const { id } = session
  await context.db.$transaction([
    context.db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } }),
    audit(context, { kind: 'identity.signed-out', actor: accountId, details: { session: id } }),
  ])
}

/** The sessions of an account that have not ended, the last used first. */
export function listSessions({ db }: Context, accountId: string) {
  const select = { id: true, address: true, name: true, userAgent: true, createdAt: true, seenAt: true }
  const where = { accountId, revokedAt: null, expiresAt: { gt: new Date() } }
  return db.session.findMany({ where, select, orderBy: { seenAt: 'desc' }, take: MAX_SESSIONS })
}

/** @throws AppError NOT_FOUND for a session that is not the account's own, or has ended */
export async function changeSession(
  { db }: Context,
  { accountId, id }: { accountId: string; id: string },
  data: { name: string } | { revokedAt: Date },
): Promise<void> {
  const { count } = await db.session.updateMany({ where: { id, accountId, revokedAt: null }, data })
  if (count === 0) throw new AppError('NOT_FOUND', 'You have no such session, or it has ended.')
}

/** Ends every session of an account. */
export async function revokeSessions({ db }: Pick<Context, 'db'>, accountId: string): Promise<number> {
  const { count } = await db.session.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: new Date() } })
  return count
}
