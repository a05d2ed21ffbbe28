import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'

const SESSION_MS = 7 * 24 * 60 * 60 * 1000
const NONCE_MS = 5 * 60 * 1000

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A new secret that a browser keeps; we store only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Who holds this session token; null if it is unknown, over or revoked. */
export async function findSession({ db }: Context, token: string): Promise<Account | null> {
  const session = await db.session.findUnique({
    where: { tokenHash: sha256(token) },
    select: { address: true, tokenHash: true, expiresAt: true, revokedAt: true },
  })
  if (!session || session.revokedAt !== null || session.expiresAt <= new Date()) return null
  return { address: session.address, tokenHash: session.tokenHash, expiresAt: session.expiresAt }
}

/** Opens a session, and the account with it when the address is new. */
export async function openSession(
  { db }: Context,
  { address, did, userAgent }: { address: string; did: string; userAgent: string },
) {
  const token = newToken()
  const expiresAt = new Date(Date.now() + SESSION_MS)
  await db.$transaction([
    db.account.upsert({ where: { address }, create: { address, did }, update: {} }),
    db.session.create({ data: { tokenHash: sha256(token), address, expiresAt, userAgent: userAgent.slice(0, 300) } }),
  ])
  return { token, expiresAt }
}

export async function revokeSession({ db }: Context, tokenHash: string): Promise<void> {
  await db.session.update({ where: { tokenHash }, data: { revokedAt: new Date() } })
}

/** A nonce for one sign-in, good for five minutes and in this browser only. */
export async function issueNonce({ db }: Context, browser: string): Promise<string> {
  const nonce = randomBytes(16).toString('hex')
  await db.loginNonce.create({
    data: { nonceHash: sha256(nonce), browserHash: sha256(browser), expiresAt: new Date(Date.now() + NONCE_MS) },
  })
  return nonce
}

/** Uses a nonce up, in one statement, so that of two tries at once only one finds it. A try with it burns it, good or bad. */
export async function spendNonce({ db }: Context, nonce: string, browser: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ browser_hash: string }[]>`
    UPDATE app.login_nonce SET used_at = now()
    WHERE nonce_hash = ${sha256(nonce)} AND used_at IS NULL AND expires_at > now() RETURNING browser_hash`
  return rows[0]?.browser_hash === sha256(browser)
}
