import { createHash } from 'node:crypto'
import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { networkOf } from '../http/network.ts'

/** So many wrong codes cost no waiting. */
export const FREE_TRIES = 5
/** Seconds to wait after that, doubled with every further wrong code. */
const [FIRST_WAIT, LONGEST_WAIT] = [30, 3600]
const FORGOTTEN_AFTER = Prisma.sql`interval '1 day'`
/** For so long a network is known where the account has proved itself. */
const KNOWN_FOR = Prisma.sql`interval '90 days'`

type Reach = Pick<Context, 'db'>

/** Who tries: an account, from a client's address. */
export interface Trier {
  accountId: string
  ip: string
}

/** A try that may be judged, or for how many seconds none is. */
export type Try = { scope: string; wait: 0 } | { scope: null; wait: number }

const WAIT = Prisma.sql`CASE WHEN tries.failures < ${FREE_TRIES} THEN interval '0' ELSE interval '1 second' *
  least(${LONGEST_WAIT}::float8, ${FIRST_WAIT}::float8 * power(2::float8, least(tries.failures - ${FREE_TRIES}, 16)::float8)) END`

/**
 * Counts a try as wrong before it is judged: of many at once no more are judged than of as many in a row. Networks where the
 * account has proved itself count for themselves, all others together: guessing from a thousand networks is no faster than from
 * one, and does not keep the person waiting at home. `kind`: what is guessed; each kind counts for itself.
 */
export async function beginTry({ db }: Reach, { accountId, ip }: Trier, kind: 'totp' | 'recovery'): Promise<Try> {
  const network = hashOf(accountId, ip)
  const [known] = await db.$queryRaw<unknown[]>`SELECT 1 FROM app.factor_try
    WHERE account_id = ${accountId}::uuid AND scope = ${`proved ${network}`} AND proved_at > now() - ${KNOWN_FOR}`
  const scope = `${kind} ${known ? network : 'elsewhere'}`
  const counted = await db.$executeRaw`
    INSERT INTO app.factor_try AS tries (account_id, scope, failures) VALUES (${accountId}::uuid, ${scope}, 1)
    ON CONFLICT (account_id, scope) DO UPDATE SET tried_at = clock_timestamp(),
      failures = CASE WHEN tries.tried_at < clock_timestamp() - ${FORGOTTEN_AFTER} THEN 1 ELSE tries.failures + 1 END
    WHERE clock_timestamp() >= tries.tried_at + ${WAIT}`
  return counted === 1 ? { scope, wait: 0 } : { scope: null, wait: await secondsLeft({ db }, accountId, scope) }
}

async function secondsLeft({ db }: Reach, accountId: string, scope: string): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT ceil(extract(epoch FROM tries.tried_at + ${WAIT} - clock_timestamp()))::int AS seconds FROM app.factor_try AS tries
    WHERE account_id = ${accountId}::uuid AND scope = ${scope}`
  return Math.max(row?.seconds ?? 1, 1)
}

/** Takes back that a try was wrong. Those before it still count where anybody may have made them. */
export async function endTry({ db }: Reach, accountId: string, scope: string): Promise<void> {
  await db.$executeRaw`UPDATE app.factor_try SET failures = CASE WHEN scope LIKE '% elsewhere' THEN greatest(failures - 1, 0) ELSE 0 END
    WHERE account_id = ${accountId}::uuid AND scope = ${scope}`
}

/** Takes a try back that was counted and could not be judged. */
export async function giveBackTry({ db }: Reach, accountId: string, scope: string): Promise<void> {
  await db.$executeRaw`UPDATE app.factor_try SET failures = greatest(failures - 1, 0)
    WHERE account_id = ${accountId}::uuid AND scope = ${scope}`
}

/** Remembers that a factor was used from a network. */
export async function rememberNetwork({ db }: Reach, { accountId, ip }: Trier): Promise<void> {
  await db.$executeRaw`
    INSERT INTO app.factor_try (account_id, scope, proved_at) VALUES (${accountId}::uuid, ${`proved ${hashOf(accountId, ip)}`}, now())
    ON CONFLICT (account_id, scope) DO UPDATE SET proved_at = now(), tried_at = now()`
}

/** A network as we store it: hashed with the account, so that it tells nobody where it is, nor who else was there. */
function hashOf(accountId: string, ip: string): string {
  return createHash('sha256')
    .update(`${accountId} ${networkOf(ip)}`)
    .digest('hex')
    .slice(0, 32)
}
