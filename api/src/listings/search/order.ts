import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { AppError, invalid } from '../../http/errors.ts'
import type { Cursor } from '../../http/paging.ts'
import { listRates } from '../../rates/service.ts'
import type { Search } from './contract.ts'
import { distanceTo, type Spot } from './filters.ts'

/** How results are ordered: by a number, and where that is the same by id or by when they were published. */
export interface Order {
  /** The number as SQL, on listing `l` and, for a search by words, `s.score`. Cursors hold it as text. */
  key: Prisma.Sql
  /** Whether a listing comes after the cursor's, in a form that the index of that order can use. */
  after: (cursor: Cursor) => Prisma.Sql
  /** What to order by, in that same form. */
  by: Prisma.Sql
}

const [UP, DOWN] = [Prisma.sql`ASC`, Prisma.sql`DESC`]

/** Microseconds since 1970. */
const PUBLISHED = Prisma.sql`(extract(epoch FROM l.created_at) * 1000000)::numeric(30, 0)`

/** After the year 10,000 nothing was published, and soon after that Postgres has no times. @throws AppError BAD_CURSOR */
function timeOf(key: string): string {
  if (!/^-?\d{1,17}(\.|$)/.test(key)) throw new AppError('BAD_CURSOR', 'The cursor is not one that a page of this list gave.')
  return key
}

export const newest: Order = {
  key: PUBLISHED,
  by: Prisma.sql`l.created_at DESC, l.id DESC`,
  after: ({ key, id }) =>
    Prisma.sql`(l.created_at, l.id) < (timestamptz 'epoch' + trunc(${timeOf(key)}::numeric) * interval '1 microsecond', ${id})`,
}

/** The order that `ranked` gives, in the same words, so that Postgres takes listings as they come and stops when it has enough. */
export const relevance: Order = {
  key: Prisma.sql`s.score`,
  by: Prisma.sql`s.score DESC, s.listing DESC`,
  after: ({ key, id }) =>
    Prisma.sql`(s.score, s.listing) < (${key}::numeric, COALESCE((SELECT number FROM app.listing WHERE id = ${id}), 0))`,
}

/**
 * Without words to search by, what is newest is most relevant.
 * @throws AppError VALIDATION for the nearest without a town
 */
export async function orderOf(
  context: Context,
  search: Search,
  { spot, byWords }: { spot: Spot | null; byWords: boolean },
): Promise<Order> {
  switch (search.sort ?? 'relevance') {
    case 'relevance':
      return byWords ? relevance : newest
    case 'newest':
      return newest
    case 'nearest':
      if (!spot) throw invalid('near', 'say which town to begin at')
      return orderBy(Prisma.sql`round(COALESCE(${distanceTo(spot)}, 99999)::numeric, 3)`, UP)
    case 'price-asc':
      return byPrice(context, search, UP)
    case 'price-desc':
      return byPrice(context, search, DOWN)
  }
}

function orderBy(key: Prisma.Sql, direction: Prisma.Sql): Order {
  return {
    key,
    by: Prisma.sql`${key} ${direction}, l.id ${direction}`,
    after: (cursor) =>
      direction === UP
        ? Prisma.sql`(${key}, l.id) > (${cursor.key}::numeric, ${cursor.id})`
        : Prisma.sql`(${key}, l.id) < (${cursor.key}::numeric, ${cursor.id})`,
  }
}

/** Prices in different tokens are compared by what they are worth; those in a token without a rate come last. */
async function byPrice(context: Context, { token }: Search, direction: Prisma.Sql): Promise<Order> {
  if (token) return orderBy(Prisma.sql`l.price`, direction)
  return orderBy(
    await worthOfPrice(context, direction === UP ? Prisma.sql`1e60::numeric + l.price` : Prisma.sql`l.price - 1e60::numeric`),
    direction,
  )
}

/** What listing `l` costs in trillionths of a US dollar. */
async function worthOfPrice(context: Context, unknown: Prisma.Sql): Promise<Prisma.Sql> {
  const { rates } = await listRates(context)
  const worth = new Map(rates.map((rate) => [rate.asset, rate.worth]))
  const cases = context.deployment.tokens.flatMap(({ address, decimals }) => {
    const rate = worth.get(address.toLowerCase())
    const unit = (10n ** BigInt(decimals)).toString()
    return rate === undefined
      ? []
      : [Prisma.sql`WHEN ${address.toLowerCase()} THEN trunc(l.price * ${rate}::numeric / ${unit}::numeric)`]
  })
  if (cases.length === 0) return unknown
  return Prisma.sql`CASE l.token ${Prisma.join(cases, ' ')} ELSE ${unknown} END`
}
