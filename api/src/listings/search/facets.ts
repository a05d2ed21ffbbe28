import { Prisma } from '@fairhold/db/client'
import { type Currency, minorDigits, REFERENCE } from '@fairhold/protocol/rate'
import type { Context } from '../../context.ts'
import { rangesInTokens } from '../../rates/service.ts'
import type { Facets } from './contract.ts'
import { type FilterName, type Filters, isAvailable, type Narrowing, narrow, sellerScore } from './filters.ts'
import { findsNothing, firstOf, hasPhrases, hasWords, type Source, sourceOf } from './matching.ts'
import { newest } from './order.ts'
import { run } from './prepared.ts'
import { type Resolved, resolve } from './resolve.ts'
import { DEEP, IN_TEXTS, scored } from './score.ts'
import { CLEAR_COVER } from './weights.ts'

/** Counting stops here: whether 1,000 or 100,000 cameras are left, one more filter is needed. */
export const MOST_COUNTED = 1_000
const MOST_VALUES = 40

/** Where prices are cut into ranges, in whole units of the currency. */
const EDGES = [0, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

interface Facet {
  name: FilterName
  /** Values of listing `l`, one or several rows. */
  values: Prisma.Sql
}

/** How many of the listings that can be bought each choice would show. A facet does not narrow itself. */
export async function countFacets(context: Context, filters: Filters): Promise<Facets> {
  const narrowing = await narrow(context, filters)
  const query = filters.q ? await resolve(context, filters.q, filters.lang) : null
  const facets = await facetsOf(context, filters.currency ?? REFERENCE)
  if (findsNothing(query)) return none()
  const narrowed = facets.filter(({ name }) => isChosen(filters, name))
  const free = facets.filter((facet) => !narrowed.includes(facet))
  const asked: Asked = { context, filters, narrowing, query }
  // Facets of which nothing is chosen have the same listings before them, which are looked at once. One question after the other:
  // there are ten connections, and nobody's choices should take nine of them.
  const found = await count(asked, free, [])
  for (const facet of narrowed) found.push(...(await count(asked, [facet], withoutOf(facet.name))))
  const valuesOf = (name: string) => found.filter((row) => row.facet === name).map(({ value, count: n }) => ({ value, count: n }))
  const total = found.find(({ facet, whole }) => facet === 'total' && whole)?.count ?? 0
  return {
    category: valuesOf('category'),
    condition: valuesOf('condition'),
    token: valuesOf('token'),
    brand: valuesOf('brand'),
    country: valuesOf('country'),
    shipsTo: valuesOf('shipsTo'),
    minScore: valuesOf('minScore'),
    price: valuesOf('price').sort((one, other) => Number(one.value) - Number(other.value)),
    total,
    capped: total >= MOST_COUNTED,
  }
}

interface Asked {
  context: Context
  filters: Filters
  narrowing: Narrowing
  query: Resolved | null
}

interface Row {
  facet: string
  value: string
  count: number
  whole: boolean
}

/** Counts some facets over the listings that pass all filters but `without`; `total` counts them too. */
async function count(
  { context, filters, narrowing, query }: Asked,
  facets: readonly Facet[],
  without: FilterName[],
): Promise<Row[]> {
  const counts = facets.map(
    ({ name, values }) => Prisma.sql`(SELECT ${name}::text AS facet, value, count(*)::int AS count
      FROM found l CROSS JOIN LATERAL (${values}) AS one (value) WHERE value IS NOT NULL
      GROUP BY value ORDER BY count DESC, value LIMIT ${Prisma.raw(String(MOST_VALUES))})`,
  )
  const where = narrowing.where(...without)
  const { from, filters: all } = hasWords(query)
    ? allOf(
        sourceOf(query, (words) => scored({ query: words, cover: CLEAR_COVER, depth: hasPhrases(words) ? IN_TEXTS : DEEP })),
        where,
      )
    : firstOf(query, { where, by: newest.by })
  const rows = await run<Omit<Row, 'whole'>>(
    context,
    Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT l.* FROM (SELECT l.* FROM ${from} WHERE ${all} OFFSET 0) l
      WHERE ${isAvailable(context, filters)} LIMIT ${Prisma.raw(String(MOST_COUNTED))})
    SELECT 'total' AS facet, '' AS value, count(*)::int AS count FROM found ${Prisma.join([Prisma.empty, ...counts], ' UNION ALL ')}`,
    hasPhrases(query),
  )
  return rows.map((row) => ({ ...row, whole: without.length === 0 }))
}

function allOf({ from, filters }: Source, where: Prisma.Sql): Source {
  return { from, filters: Prisma.sql`${where} AND ${filters}` }
}

function isChosen(filters: Filters, name: FilterName): boolean {
  if (name === 'price') return filters.minPrice !== undefined || filters.maxPrice !== undefined
  return name !== 'near' && filters[name] !== undefined
}

/** Prices are in a token's units, so the token's own facet leaves them out too. */
function withoutOf(name: FilterName): FilterName[] {
  return name === 'token' ? ['token', 'price'] : [name]
}

async function facetsOf(context: Context, currency: Currency): Promise<Facet[]> {
  const stars = Prisma.sql`SELECT generate_series(1, floor(${sellerScore(context.caip2)})::int)::text`
  return [
    { name: 'category', values: Prisma.sql`SELECT l.category` },
    { name: 'condition', values: Prisma.sql`SELECT l.condition` },
    { name: 'token', values: Prisma.sql`SELECT l.token` },
    { name: 'brand', values: Prisma.sql`SELECT l.brand` },
    { name: 'country', values: Prisma.sql`SELECT l.country` },
    { name: 'shipsTo', values: Prisma.sql`SELECT unnest(l.ships_to)` },
    { name: 'minScore', values: stars },
    { name: 'price', values: await priceRanges(context, currency) },
  ]
}

/** The range that a price is in, named by its lower edge in the smallest unit of the currency. */
async function priceRanges(context: Context, currency: Currency): Promise<Prisma.Sql> {
  const unit = 10n ** BigInt(minorDigits(currency))
  const edges = EDGES.map((edge) => BigInt(edge) * unit)
  const inTokens = await rangesInTokens(context, currency)
  const ranges = edges.map((min) => inTokens({ min }))
  const tokens = [...new Set(ranges.flat().map(({ token }) => token))]
  const cases = tokens.map((token) => {
    const lowest = ranges.map((range) => range.find((one) => one.token === token)?.min?.toString() ?? '0')
    return Prisma.sql`WHEN ${token} THEN (${edges.map(String)}::text[])[width_bucket(l.price, ${lowest}::numeric[])]`
  })
  return cases.length === 0 ? Prisma.sql`SELECT NULL::text` : Prisma.sql`SELECT CASE l.token ${Prisma.join(cases, ' ')} END`
}

function none(): Facets {
  const empty = { category: [], condition: [], token: [], brand: [], country: [], shipsTo: [], minScore: [], price: [] }
  return { ...empty, total: 0, capped: false }
}
