import { Prisma } from '@fairhold/db/client'
import { whoseTurn } from '@fairhold/protocol/deal/outlook'
import { openStates } from '@fairhold/protocol/deal/state'
import { isStanding } from '../bids/queries.ts'
import type { Context } from '../context.ts'
import { decodeCursor } from '../http/paging.ts'
import { COLUMNS, type DealRow } from './queries.ts'

export type Side = 'buyer' | 'seller'

/**
 * Whether a deal waits for this side, as SQL. It follows from the state machine: every open state, on time and late. What anyone may
 * do is the seller's, whom it pays.
 */
export function waitsFor(side: Side, now: number): Prisma.Sql {
  const cases = openStates.flatMap((state) =>
    [false, true].flatMap((late) => {
      const turn = whoseTurn({ state, deadline: 0 }, late ? 1 : 0)
      const isTheirs = turn?.who.includes(side) || (side === 'seller' && turn?.who.includes('anyone'))
      if (!isTheirs) return []
      const time = late ? Prisma.sql`deadline < ${BigInt(now)}` : Prisma.sql`deadline >= ${BigInt(now)}`
      return [Prisma.sql`(state = ${state}::chain.deal_state AND ${time})`]
    }),
  )
  return Prisma.sql`(${Prisma.join(cases, ' OR ')})`
}

/** What waits for this side comes first, what is nearest its deadline before that; then what waits for others; then what is over, newest first. */
function need(side: Side, now: number): Prisma.Sql {
  return Prisma.sql`(CASE WHEN ${waitsFor(side, now)} THEN 30000000000000 - deadline
    WHEN ended_at IS NULL THEN 20000000000000 - deadline ELSE opened_at END)::numeric`
}

export interface NeedFilter {
  accounts: readonly string[]
  side: Side
  cursor?: string | undefined
  limit: number
}

/** One row more than `limit` of a person's deals on one side, in the order in which they need them. */
export async function listByNeed(
  { caip2, db }: Context,
  { accounts, side, cursor, limit }: NeedFilter,
  now: number,
): Promise<(DealRow & { need: string; turn: boolean })[]> {
  const after = decodeCursor(cursor)
  const column = Prisma.raw(side)
  const wallets = Prisma.join([...new Set(accounts)])
  return db.$queryRaw(Prisma.sql`
    SELECT *, need::text AS need FROM (
      SELECT ${COLUMNS}, ${need(side, now)} AS need, ${waitsFor(side, now)} AS turn FROM chain.deal WHERE chain = ${caip2} AND ${column} IN (${wallets})) mine
    WHERE ${after ? Prisma.sql`(mine.need, id) < (${after.key}::numeric, ${after.id})` : Prisma.sql`TRUE`}
    ORDER BY mine.need DESC, id DESC LIMIT ${limit + 1}`)
}

export interface Counts {
  /** Those that wait for the person, and those that are not over. */
  turn: number
  open: number
}

/** How many deals of a person there are on one side. */
export async function countByNeed({ caip2, db }: Context, accounts: readonly string[], side: Side, now: number): Promise<Counts> {
  const column = Prisma.raw(side)
  const rows = await db.$queryRaw<Counts[]>(Prisma.sql`
    SELECT count(*) FILTER (WHERE ${waitsFor(side, now)})::int AS turn, count(*)::int AS open
    FROM chain.deal WHERE chain = ${caip2} AND ${column} IN (${Prisma.join([...accounts])}) AND ended_at IS NULL`)
  return rows[0] ?? { turn: 0, open: 0 }
}

/** Offers of others that wait for an answer of the person's. */
export async function countOffers({ caip2, db }: Context, accounts: readonly string[], now: number): Promise<number> {
  const mine = Prisma.join([...accounts])
  const rows = await db.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM app.bid b
    WHERE ${isStanding(caip2, now)} AND (b.seller IN (${mine}) OR b.buyer IN (${mine})) AND b.maker NOT IN (${mine})`)
  return rows[0]?.count ?? 0
}
