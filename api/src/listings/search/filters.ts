import { Prisma } from '@fairhold/db/client'
import { isCurrency } from '@fairhold/protocol/rate'
import type { Context } from '../../context.ts'
import { invalid } from '../../http/errors.ts'
import { rangesInTokens, type TokenRange } from '../../rates/service.ts'
import { availableOn } from '../card.ts'
import type { Search } from './contract.ts'

/** The facets that narrow a search. Each is left out where its own choices are counted. */
export type FilterName = 'category' | 'condition' | 'token' | 'price' | 'brand' | 'country' | 'shipsTo' | 'minScore' | 'near'
export type Filters = Omit<Search, 'cursor' | 'limit' | 'sort'>

/** Where a search is near to. */
export interface Spot {
  lat: number
  lon: number
}

/** Filters as SQL on listing `l`, with what had to be looked up for them. */
export interface Narrowing {
  /** All filters but those named. */
  where: (...without: FilterName[]) => Prisma.Sql
  spot: Spot | null
  /** How many filters there are, for what depends on how much they narrow. */
  count: number
}

/** @throws AppError VALIDATION for a price without token or currency, or a place that is none */
export async function narrow(context: Context, filters: Filters): Promise<Narrowing> {
  const [spot, prices] = await Promise.all([spotOf(context, filters), rangesOf(context, filters)])
  const parts: [name: FilterName | null, sql: Prisma.Sql][] = [[null, Prisma.sql`l.status = 'active'`]]
  const { category, condition, token, brand, country, shipsTo, minScore, seller } = filters
  if (category) parts.push(['category', Prisma.sql`l.category = ${category}`])
  if (condition) parts.push(['condition', Prisma.sql`l.condition = ${condition}`])
  if (token) parts.push(['token', Prisma.sql`l.token = ${token}`])
  if (prices) parts.push(['price', Prisma.sql`(${Prisma.join(prices.map(inRange), ' OR ')})`])
  if (brand) parts.push(['brand', Prisma.sql`lower(l.brand) = lower(${brand})`])
  if (country) parts.push(['country', Prisma.sql`l.country = ${country}`])
  if (shipsTo) parts.push(['shipsTo', Prisma.sql`l.ships_to && ${[shipsTo, '*']}::text[]`])
  if (minScore) parts.push(['minScore', Prisma.sql`${sellerScore(context.caip2)} >= ${minScore}::int`])
  if (spot && filters.within) parts.push(['near', withinOf(spot, filters.within)])
  if (seller) parts.push([null, Prisma.sql`l.seller = ${seller}`])
  return {
    spot,
    count: parts.length - 1,
    where: (...without) => {
      const kept = parts.filter(([name]) => name === null || !without.includes(name)).map(([, sql]) => sql)
      return Prisma.join(kept, ' AND ')
    },
  }
}

/** Whether a buyer could take it now; it looks at the chain, so it is asked of as few listings as possible. */
export function isAvailable({ caip2 }: Context, { available }: Pick<Filters, 'available'>): Prisma.Sql {
  return available === 'true' ? Prisma.sql`(${availableOn(caip2)}) > 0` : Prisma.sql`TRUE`
}

/** Kilometres from `spot` to the town of listing `l`; null where the town is not known. */
export function distanceTo({ lat, lon }: Spot): Prisma.Sql {
  return Prisma.sql`(12742 * asin(least(1, sqrt(power(sin(radians(l.lat - ${lat}::float8) / 2), 2)
    + cos(radians(${lat}::float8)) * cos(radians(l.lat)) * power(sin(radians(l.lon - ${lon}::float8) / 2), 2)))))`
}

const KM_PER_DEGREE = 111.2

/** Within so many kilometres: a box that an index can find, then the circle in it. */
export function withinOf(spot: Spot, km: number): Prisma.Sql {
  const high = km / KM_PER_DEGREE
  return Prisma.sql`(l.lat BETWEEN ${spot.lat - high}::float8 AND ${spot.lat + high}::float8 AND ${distanceTo(spot)} <= ${km}::float8)`
}

/** The stars that others gave the seller, on average; null if nobody did. */
export function sellerScore(caip2: string): Prisma.Sql {
  return Prisma.sql`(SELECT avg(review.score) FROM chain.review WHERE review.chain = ${caip2} AND review.subject = l.seller AND review.score IS NOT NULL)`
}

function inRange({ token, min, max }: TokenRange): Prisma.Sql {
  const bounds = [Prisma.sql`l.token = ${token}`]
  if (min !== undefined) bounds.push(Prisma.sql`l.price >= ${min.toString()}::numeric`)
  if (max !== undefined) bounds.push(Prisma.sql`l.price <= ${max.toString()}::numeric`)
  return Prisma.sql`(${Prisma.join(bounds, ' AND ')})`
}

/** A number means nothing without its token or currency. */
async function rangesOf(context: Context, { minPrice, maxPrice, token, currency }: Filters): Promise<TokenRange[] | null> {
  if (minPrice === undefined && maxPrice === undefined) return null
  const min = minPrice === undefined ? undefined : BigInt(minPrice)
  const max = maxPrice === undefined ? undefined : BigInt(maxPrice)
  if (token !== undefined) return [{ token, min, max }]
  if (currency === undefined || !isCurrency(currency)) throw invalid('token', 'say which token or currency the prices are in')
  const ranges = (await rangesInTokens(context, currency))({ min, max })
  if (ranges.length === 0) throw invalid('currency', 'has no rate now; name a token')
  return ranges
}

async function spotOf({ db }: Context, { near, within }: Filters): Promise<Spot | null> {
  if (near === undefined) {
    if (within !== undefined) throw invalid('near', 'say which town the distance is from')
    return null
  }
  const [town] = await db.$queryRaw<Spot[]>`SELECT lat, lon FROM app.town WHERE id = ${near}`
  if (!town) throw invalid('near', 'is no town that we know')
  return town
}
