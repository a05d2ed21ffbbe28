import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { sha256 } from '../identity/sessions.ts'

/** How long a person has to use the authenticator, in milliseconds. */
export const CHALLENGE_MS = 5 * 60 * 1000

/** What a challenge is good for: one thing, in one session. */
export interface Use {
  accountId: string
  sessionId: string
  purpose: 'add' | 'prove'
}

/** Random bytes for an authenticator to sign, in base64url. */
export async function issueChallenge({ db }: Pick<Context, 'db'>, use: Use): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + CHALLENGE_MS)
  await db.passkeyChallenge.create({ data: { challengeHash: sha256(challenge), ...use, expiresAt } })
  return challenge
}

/** Uses a challenge up, in one statement, whoever shows it. Whether it was given out for this use, and not used before. */
export async function spendChallenge({ db }: Pick<Context, 'db'>, challenge: string, use: Use): Promise<boolean> {
  const [row] = await db.$queryRaw<{ account_id: string; session_id: string; purpose: string }[]>`
    UPDATE app.passkey_challenge SET used_at = now()
    WHERE challenge_hash = ${sha256(challenge)} AND used_at IS NULL AND expires_at > now()
    RETURNING account_id::text, session_id::text, purpose`
  return row?.account_id === use.accountId && row.session_id === use.sessionId && row.purpose === use.purpose
}
