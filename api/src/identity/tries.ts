import { ask, Prisma } from '@fairhold/db/client'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type Limit, takeSql } from '../http/limit-store.ts'
import { networkOf } from '../http/network.ts'
import { isOwnServer, tooMany } from '../http/rate-limit.ts'
import { sha256 } from './sessions.ts'

/** Failed tries within a quarter of an hour, after which one has to wait. */
const QUARTER_MS = 15 * 60_000
const limits = {
  'sign-in': { name: 'tries sign-in', max: 10, windowMs: QUARTER_MS },
  prove: { name: 'tries prove', max: 10, windowMs: QUARTER_MS },
  'link-wallet': { name: 'tries link-wallet', max: 10, windowMs: QUARTER_MS },
} as const satisfies Record<string, Limit>

/** What is tried, with which wallet or for which account. */
export interface Try {
  what: keyof typeof limits
  /** A wallet in lower case, or an account's id. */
  subject: string
  /** The browser's own secret; empty for one that has none. */
  browser: string
}

/**
 * Runs `attempt`, unless too many like it have failed. A failure counts against the pair of the visitor's network and the subject,
 * and never against the subject alone: strangers cannot lock a person out. A browser in which the person has signed in before has
 * a count of its own: not even strangers in the same network can. Only refusals count, not what we could not find out.
 *
 * The try is counted before it is made and given back when it succeeds, so that many at once get no more than one after the other.
 * @throws AppError RATE_LIMITED, with `retry-after`, or what `attempt` throws
 */
export async function limitTries<T>(
  context: Context,
  { request, reply, ...one }: Try & { request: FastifyRequest; reply: FastifyReply },
  attempt: () => Promise<T>,
): Promise<T> {
  if (isOwnServer(context, request)) return attempt()
  const limit = limits[one.what]
  const taken = await takeTry(context, one, { limit, ip: request.ip })
  if (taken.granted === 0) {
    const seconds = Math.max(Math.ceil(taken.ms / 1000), 1)
    reply.header('retry-after', seconds)
    throw tooMany(seconds)
  }
  try {
    const result = await attempt()
    await forget(context, taken.key)
    return result
  } catch (error) {
    if (!(error instanceof AppError && error.status < 500)) await giveBack(context, taken.key)
    throw error
  }
}

/** Remembers that an account has signed in with this browser; not of one that was closed meanwhile. */
export async function rememberDevice({ pool }: Context, accountId: string, browser: string): Promise<void> {
  if (browser === '') return
  const sql = Prisma.sql`
    INSERT INTO app.known_device AS known (account_id, device_hash)
    SELECT id, ${sha256(browser)} FROM app.account WHERE id = ${accountId}::uuid AND deleted_at IS NULL FOR SHARE
    ON CONFLICT (account_id, device_hash) DO UPDATE SET seen_at = now() WHERE known.seen_at < now() - interval '1 day'`
  await ask(pool, 'remember device', sql)
}

/** The wallet that a message to sign (ERC-4361) names, without judging the message: whoever sends it may name any. */
export function walletNamedIn(message: string): string {
  return /^0x[0-9a-f]{40}$/im.exec(message.slice(0, 400))?.[0].toLowerCase() ?? 'none'
}

/** $1 is the key of a stranger, $5 that of a browser which is known, $6 the browser, $7 the subject, $8 the chain. */
const TAKE_TRY = takeSql(`CASE WHEN EXISTS (
  SELECT FROM app.known_device AS known LEFT JOIN app.wallet ON wallet.account_id = known.account_id AND wallet.chain = $8::text
  WHERE known.device_hash = $6::text AND (known.account_id::text = $7::text OR wallet.address = $7::text)) THEN $5::text ELSE $1::text END`)

/** Counts a try against whom it has to. The keys are hashed: the table is to say nothing about who was where. */
async function takeTry(context: Context, { subject, browser }: Try, { limit, ip }: { limit: Limit; ip: string }) {
  const device = browser === '' ? 'none' : sha256(browser) // no device is known by that hash
  const keyOf = (who: string): string => `${limit.name} ${context.auditor.key().hide(`${who} ${subject}`)}`
  const parts = limit.max // so small that each is one try
  const [stranger, known] = [keyOf(`network ${networkOf(ip)}`), keyOf(`device ${device}`)]
  const values = [stranger, limit.max, limit.windowMs, parts, known, device, subject, context.caip2]
  const [row] = await context.db.$queryRawUnsafe<{ key: string; granted: number; ms: number }[]>(TAKE_TRY, ...values)
  return row ?? { key: stranger, granted: 0, ms: limit.windowMs }
}

async function forget({ db }: Context, key: string): Promise<void> {
  await db.$executeRaw`DELETE FROM app.rate_limit WHERE key = ${key}`
}

async function giveBack({ db }: Context, key: string): Promise<void> {
  await db.$executeRaw`UPDATE app.rate_limit SET used = greatest(used - 1, 0) WHERE key = ${key}`
}
