import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { type Cursor, decodeCursor } from '../http/paging.ts'
import { availableOn, type CardRow, card } from './card.ts'
import type { Facets, Search } from './contract.ts'

/** How alike a word of the title must be (pg_trgm): `gitar` finds guitar at 0.44, while unlike words stay below 0.3. */
const NEAR = 0.4

/**
 * The words as web search understands them, or their beginnings, or a title that is nearly the same. Who writes "a phrase",
 * -without or OR means exactly that.
 */
function matches(q: string): Prisma.Sql {
  const exactly = Prisma.sql`l.search @@ websearch_to_tsquery('english', ${q})`
  if (/(^|\s)-\S|"|\sor\s/i.test(q)) return exactly
  return Prisma.sql`(${exactly} OR l.search @@ ${prefixQuery(q)} OR (${nearly(q)}))`
}

/** Every word that is long enough to misspell resembles one of the title. */
function nearly(q: string): Prisma.Sql {
  const words = wordsOf(q).filter((word) => word.length > 3)
  if (words.length === 0) return Prisma.sql`FALSE`
  return Prisma.join(
    words.map((word) => Prisma.sql`word_similarity(${word}, l.title) >= ${NEAR}`),
    ' AND ',
  )
}

function wordsOf(q: string): string[] {
  return q.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Words come first, then how near the title is; titles count more than descriptions (see the weights of `search`). */
function rank(q: string): Prisma.Sql {
  return Prisma.sql`round((ts_rank_cd(l.search, websearch_to_tsquery('english', ${q})) * 2
    + ts_rank_cd(l.search, ${prefixQuery(q)}) + word_similarity(${q}, l.title))::numeric, 6)`
}

/** Each word as the beginning of one: `cam` finds cameras while the visitor is still typing. */
function prefixQuery(q: string): Prisma.Sql {
  const text = wordsOf(q)
    .map((word) => `${word}:*`)
    .join(' & ')
  return Prisma.sql`to_tsquery('english', ${text})`
}

type Filters = Omit<Search, 'cursor' | 'limit' | 'sort' | 'available'>

/** A facet does not narrow itself; prices are in a token's units, so the token's facet leaves them out too. */
function where(filters: Filters, without?: 'category' | 'condition' | 'token'): Prisma.Sql {
  const { q, category, condition, token, minPrice, maxPrice, seller } = filters
  const parts = [Prisma.sql`l.status = 'active'`]
  if (q) parts.push(matches(q))
  if (category && without !== 'category') parts.push(Prisma.sql`l.category = ${category}`)
  if (condition && without !== 'condition') parts.push(Prisma.sql`l.condition = ${condition}`)
  if (token && without !== 'token') parts.push(Prisma.sql`l.token = ${token}`)
  if (minPrice && without !== 'token') parts.push(Prisma.sql`l.price >= ${minPrice}::numeric`)
  if (maxPrice && without !== 'token') parts.push(Prisma.sql`l.price <= ${maxPrice}::numeric`)
  if (seller) parts.push(Prisma.sql`l.seller = ${seller}`)
  return Prisma.join(parts, ' AND ')
}

/** One row more than `limit`, in order, beginning after the cursor. */
export async function searchListings({ caip2, db }: Context, search: Search): Promise<CardRow[]> {
  const sort = search.sort ?? (search.q ? 'relevance' : 'newest')
  const newest = Prisma.sql`(extract(epoch FROM l.created_at) * 1000000)::numeric(30, 0)`
  const key = {
    relevance: search.q ? rank(search.q) : newest,
    newest,
    'price-asc': Prisma.sql`l.price`,
    'price-desc': Prisma.sql`l.price`,
  }[sort]
  const up = sort === 'price-asc'
  const after = afterCursor(decodeCursor(search.cursor), up)
  const sold = search.available === 'true' ? Prisma.sql`available > 0` : Prisma.sql`TRUE`
  return db.$queryRaw<CardRow[]>(Prisma.sql`
    SELECT *, key::text AS key FROM (SELECT ${card(caip2)}, ${key} AS key FROM app.listing l WHERE ${where(search)}) card
    WHERE ${sold} AND ${after}
    ORDER BY card.key ${up ? Prisma.sql`ASC` : Prisma.sql`DESC`}, id ${up ? Prisma.sql`ASC` : Prisma.sql`DESC`} LIMIT ${search.limit + 1}`)
}

function afterCursor(cursor: Cursor | null, up: boolean): Prisma.Sql {
  if (!cursor) return Prisma.sql`TRUE`
  const { key, id } = cursor
  return up ? Prisma.sql`(card.key, id) > (${key}::numeric, ${id})` : Prisma.sql`(card.key, id) < (${key}::numeric, ${id})`
}

/** How many available listings each choice would show, the other filters staying as they are. */
export async function countFacets({ caip2, db }: Context, filters: Filters): Promise<Facets> {
  const count = (column: 'category' | 'condition' | 'token') =>
    db.$queryRaw<{ value: string; count: number }[]>(Prisma.sql`
      SELECT value, count(*)::int AS count
      FROM (SELECT ${Prisma.raw(`l.${column}`)} AS value, ${availableOn(caip2)} AS available FROM app.listing l WHERE ${where(filters, column)}) found
      WHERE available > 0 GROUP BY value ORDER BY count DESC, value`)
  const [category, condition, token, all] = await Promise.all([
    count('category'),
    count('condition'),
    count('token'),
    db.$queryRaw<{ total: number }[]>(Prisma.sql`
      SELECT count(*)::int AS total FROM (SELECT ${availableOn(caip2)} AS available FROM app.listing l WHERE ${where(filters)}) found WHERE available > 0`),
  ])
  return { category, condition, token, total: all[0]?.total ?? 0 }
}
