import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { decodeCursor } from '../../http/paging.ts'
import { availableOn, type CardRow, cardOn } from '../card.ts'
import type { Search } from './contract.ts'
import { isAvailable, type Narrowing, narrow, withinOf } from './filters.ts'
import { findsNothing, firstOf, hasPhrases, hasWords, type Source, sourceOf } from './matching.ts'
import { type Order, orderOf, relevance } from './order.ts'
import { run } from './prepared.ts'
import { type Resolved, resolve } from './resolve.ts'
import { depthsFor, isCut, ranked, scored, scoredAmong } from './score.ts'
import { CLEAR_COVER, MIN_COVER } from './weights.ts'

export interface Found {
  /** One row more than `limit` if there are more, in order, beginning after the cursor. */
  rows: CardRow[]
  /** What was searched for instead of the words given; null if just these. */
  corrected: string | null
}

/** The market's search: by words, or all there is; narrowed, in order, page by page. */
export async function findListings(context: Context, search: Search): Promise<Found> {
  const narrowing = await narrow(context, search)
  const query = search.q ? await resolve(context, search.q, search.lang) : null
  const order = await orderOf(context, search, { spot: narrowing.spot, byWords: hasWords(query) })
  if (findsNothing(query)) return { rows: [], corrected: null }
  if (hasWords(query)) return { rows: await deepen(context, search, { narrowing, order, query }), corrected: query.corrected }
  return { rows: await browse(context, search, { narrowing, order, query }), corrected: null }
}

/**
 * Which of these listings the search would show in any order but relevance: what a saved search is about. `resolved`: its words,
 * where they were looked up already.
 */
export async function matchesAmong(
  context: Context,
  search: Search,
  ids: readonly string[],
  resolved?: Resolved | null,
): Promise<string[]> {
  const narrowing = await narrow(context, search)
  const query = resolved ?? (search.q ? await resolve(context, search.q, search.lang) : null)
  if (findsNothing(query)) return []
  const given = Prisma.sql`SELECT number FROM app.listing WHERE id = ANY(${[...ids]}::text[])`
  const { from, filters } = sourceOf(query, (words) => scoredAmong(words, CLEAR_COVER, given))
  const rows = await run<{ id: string }>(
    context,
    Prisma.sql`SELECT l.id FROM ${from} WHERE l.id = ANY(${[...ids]}::text[]) AND ${narrowing.where()} AND ${filters}
      AND ${isAvailable(context, search)}`,
  )
  return rows.map(({ id }) => id)
}

interface Asked {
  narrowing: Narrowing
  order: Order
  query: Resolved | null
}

/** Rings around the town, in kilometres: whatever is in one is nearer than all outside of it. The last one is everywhere. */
const RINGS = [30, 300, null]

/** Without words every listing is in question, so an index has to give them in order. */
async function browse(context: Context, search: Search, { narrowing, order, query }: Asked): Promise<CardRow[]> {
  const all = Prisma.sql`${narrowing.where()} AND ${afterOf(search, order)}`
  const pageOf = (where: Prisma.Sql) =>
    page(context, search, { ...firstOf(query, { where, by: order.by }), order, dear: hasPhrases(query) })
  const { spot } = narrowing
  if (search.sort !== 'nearest' || !spot || search.within) return pageOf(all)
  let rows: CardRow[] = []
  for (const km of RINGS) {
    rows = await pageOf(km === null ? all : Prisma.sql`${all} AND ${withinOf(spot, km)}`)
    if (rows.length > search.limit) break
  }
  return rows
}

/** Looks no deeper into the index than it has to: most pages are full of the very first rows. */
async function deepen(
  context: Context,
  search: Search,
  { narrowing, order, query }: Asked & { query: Resolved },
): Promise<CardRow[]> {
  const byScore = order === relevance
  const cover = byScore ? MIN_COVER : CLEAR_COVER
  let rows: CardRow[] = []
  const phrases = hasPhrases(query)
  for (const depth of depthsFor({ limit: roundUp(search.limit) }, { byScore, filters: narrowing.count, phrases })) {
    const reading = { query, cover, depth }
    const { from, filters } = sourceOf(query, () => (byScore ? ranked(reading) : scored(reading)))
    const all = Prisma.sql`${narrowing.where()} AND ${filters} AND ${afterOf(search, order)}`
    rows = await page(context, search, { from, filters: all, order, dear: phrases })
    if (rows.length > search.limit || !isCut(reading)) break
  }
  return rows
}

interface Page extends Source {
  order: Order
  /** Whether texts are read. */
  dear: boolean
}

/**
 * One page. The innermost statement gives the listings in order, and the outermost takes them until the page is full, so that the
 * chain is asked about few of them, and once each: OFFSET 0 keeps Postgres from making one statement of the three.
 */
async function page(context: Context, search: Search, { from, filters, order, dear }: Page): Promise<CardRow[]> {
  const rows = await run<CardRow>(
    context,
    Prisma.sql`
    SELECT ${cardOn(context.caip2)}, l.available, l.key::text AS key
    FROM (SELECT l.*, ${availableOn(context.caip2)} AS available
      FROM (SELECT l.*, ${order.key} AS key FROM ${from} WHERE ${filters} ORDER BY ${order.by} OFFSET 0) l OFFSET 0) l
    WHERE ${search.available === 'true' ? Prisma.sql`l.available > 0` : Prisma.sql`TRUE`} LIMIT ${Prisma.raw(String(roundUp(search.limit) + 1))}`,
    dear,
  )
  return rows.slice(0, search.limit + 1)
}

function afterOf(search: Search, order: Order): Prisma.Sql {
  const cursor = decodeCursor(search.cursor)
  return cursor ? order.after(cursor) : Prisma.sql`TRUE`
}

/**
 * Pages come in three sizes, of which as much is shown as was asked for. The size stands in the statement, for Postgres to plan by,
 * and with each other size it would have to keep another plan.
 */
const SIZES = [4, 24]
const LARGEST = 60
const roundUp = (limit: number): number => SIZES.find((size) => size >= limit) ?? LARGEST
