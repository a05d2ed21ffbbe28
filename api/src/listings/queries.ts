import { Prisma } from '@fairhold/db/client'
import type { OfferJson } from '@fairhold/protocol/deal/terms'
import type { Category, Condition, ListingContent } from '@fairhold/protocol/listing/content'
import type { Context } from '../context.ts'
import { notifyListing } from '../http/notify.ts'
import { type Cursor, decodeCursor } from '../http/paging.ts'
import type { Facets, Search } from './contract.ts'

export interface CardRow {
  id: string
  title: string
  category: Category
  condition: Condition
  place: string
  photo: string | null
  token: string
  price: string
  seller: string
  quantity: number
  available: number
  created_at: Date
  key: string
}

export interface ListingRow extends Omit<CardRow, 'key' | 'photo'> {
  content: ListingContent
  offer: OfferJson
  signature: string
  item_hash: string
  expiry: bigint
  arbiter: string
  status: 'active' | 'withdrawn'
  free: number
  /** Whether any unit became a deal; if none did and none is free, the seller voided the offer. */
  bought: boolean
  expired: boolean
}

/** Seconds now: the chain's clock where it runs ahead of ours, as a local chain's may. */
const now = (caip2: string): Prisma.Sql =>
  Prisma.sql`GREATEST(extract(epoch FROM now()), (SELECT timestamp FROM chain.block WHERE chain = ${caip2} ORDER BY number DESC LIMIT 1))`

/** Units that nobody took and nobody voided; none if the seller voided all offers, or those with this one's nonce. */
const free = (caip2: string): Prisma.Sql => Prisma.sql`(
  SELECT count(*)::int FROM app.listing_unit unit
  WHERE unit.listing_id = l.id
    AND NOT EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = unit.deal_id)
    AND NOT EXISTS (SELECT FROM chain.offer_void WHERE offer_void.chain = ${caip2} AND offer_void.deal_id = unit.deal_id)
    AND NOT EXISTS (SELECT FROM chain.counter WHERE counter.chain = ${caip2} AND counter.maker = l.seller
      AND (counter.counter <> (l.offer->>'counter')::numeric
      OR (l.offer->>'nonce')::smallint = ANY(counter.voided_nonces))))`

const availableOn = (caip2: string): Prisma.Sql =>
  Prisma.sql`CASE WHEN l.status = 'active' AND l.expiry >= ${now(caip2)} THEN ${free(caip2)} ELSE 0 END`

const card = (
  caip2: string,
): Prisma.Sql => Prisma.sql`l.id, l.title, l.category, l.condition, l.place, l.content->'photos'->>0 AS photo, l.token, l.price::text AS price,
  l.seller, l.quantity, ${availableOn(caip2)} AS available, l.created_at`

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

export async function findListing({ caip2, db }: Context, id: string): Promise<ListingRow | null> {
  const rows = await db.$queryRaw<ListingRow[]>(Prisma.sql`
    SELECT ${card(caip2)}, l.content, l.offer, l.signature, l.item_hash, l.expiry, l.arbiter, l.status, ${free(caip2)} AS free,
      EXISTS (SELECT FROM app.listing_unit unit JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = unit.deal_id WHERE unit.listing_id = l.id) AS bought, l.expiry < ${now(caip2)} AS expired
    FROM app.listing l WHERE l.id = ${id}`)
  return rows[0] ?? null
}

export async function findUnits({ caip2, db }: Context, listingId: string) {
  return db.$queryRaw<{ unit: number; dealId: string; taken: boolean }[]>(Prisma.sql`
    SELECT unit.unit, unit.deal_id AS "dealId",
      EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = unit.deal_id) OR EXISTS (SELECT FROM chain.offer_void v WHERE v.chain = ${caip2} AND v.deal_id = unit.deal_id) AS taken
    FROM app.listing_unit unit WHERE unit.listing_id = ${listingId} ORDER BY unit.unit`)
}

/** Title and picture of the listing that each deal came from. */
export async function listingsOfDeals({ db }: Context, dealIds: readonly string[]) {
  const rows = await db.$queryRaw<{ deal_id: string; id: string; title: string; photo: string | null }[]>(Prisma.sql`
    SELECT unit.deal_id, l.id, l.title, l.content->'photos'->>0 AS photo
    FROM app.listing_unit unit JOIN app.listing l ON l.id = unit.listing_id WHERE unit.deal_id = ANY(${[...dealIds]})`)
  return new Map(rows.map(({ deal_id, ...listing }) => [deal_id, listing]))
}

/** How many of these pictures there are. */
export function countPhotos({ db }: Context, photos: readonly string[]): Promise<number> {
  return db.media.count({ where: { sha256: { in: [...photos] } } })
}

/** Whether any of these units was taken or voided on chain. */
export async function isKnownOnChain({ caip2, db }: Context, unitIds: readonly string[]): Promise<boolean> {
  const ids = [...unitIds]
  const [deals, voids] = await Promise.all([
    db.chainDeal.count({ where: { chain: caip2, id: { in: ids } } }),
    db.chainOfferVoid.count({ where: { chain: caip2, dealId: { in: ids } } }),
  ])
  return deals + voids > 0
}

/** Inserts a listing with its units, numbered in this order, and tells open pages; false if any of them is there already. */
export async function insertListing(
  { db }: Context,
  unitIds: readonly string[],
  listing: Prisma.ListingCreateManyInput,
): Promise<boolean> {
  const units = unitIds.map((dealId, unit) => ({ dealId, listingId: listing.id, unit }))
  try {
    await db.$transaction(async (tx) => {
      await tx.listing.createMany({ data: listing })
      await tx.listingUnit.createMany({ data: units })
      await notifyListing(tx, listing.id)
    })
    return true
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false
    throw error
  }
}
