import { Prisma } from '@fairhold/db/client'
import type { Resolved, Wanted } from './resolve.ts'
import { CLEAR_COVER, IMPACT_SCALE, IN_TITLE, UNWANTED_KEEPS } from './weights.ts'

/**
 * How far the index is read. Of each word its `rows` best listings are looked at, and of all these the `kept` best get their
 * exact score. A listing that is among the best for no word at all is not among the best for all of them together; filters that
 * few listings pass make it necessary to look deeper.
 */
export interface Depth {
  readonly rows: number
  readonly kept: number
}

/** Deep enough for all but rare filters. */
export const DEEP: Depth = { rows: 3_000, kept: 1_000 }
/** The words of a phrase are words of the query, so what has the phrase is among the best; to see whether it does, its text is read. */
export const IN_TEXTS: Depth = { rows: 3_000, kept: 400 }
const BOTTOM: Depth = { rows: 40_000, kept: 20_000 }

/**
 * The depths to try one after the other until a page is full. By relevance the first listings of the lists are nearly always the
 * page, and most of them pass the filters that people set; in another order the best of a thousand are put in that order.
 */
export function depthsFor(
  { limit }: { limit: number },
  { byScore, filters, phrases }: { byScore: boolean; filters: number; phrases: boolean },
): Depth[] {
  if (!byScore) return phrases ? [IN_TEXTS] : [DEEP, BOTTOM]
  const first = { rows: 10 * limit, kept: 3 * limit }
  if (phrases) return [first, IN_TEXTS]
  return filters === 0 ? [first, DEEP, BOTTOM] : [first, { rows: 30 * limit, kept: 10 * limit }, DEEP, BOTTOM]
}

/** What is asked of the index: the words, how much of them a listing has to have (from 0 to 1), and how far to look for it. */
export interface Reading {
  query: Resolved
  cover: number
  depth: Depth
}

const wordsOf = ({ wanted }: Resolved): readonly Wanted[] => wanted.filter(({ terms }) => terms.length > 0)
const weightOf = (words: readonly Wanted[]): number => words.reduce((sum, { weight }) => sum + weight, 0)
const isLong = ({ terms }: Wanted, { rows }: Depth): boolean => terms.some(({ listings }) => listings >= rows)

/**
 * What a listing that was not seen may have of the query at most: the words whose lists are longer than what is read of them. If
 * that is less than is asked for, every listing with enough of the query is in a list that was read to its end.
 */
function unseen({ query, depth }: Reading): number {
  const words = wordsOf(query)
  return weightOf(words.filter((word) => isLong(word, depth))) / weightOf(words)
}

/** Whether there may be more listings deeper in the index. */
export function isCut(reading: Reading): boolean {
  const { query, cover, depth } = reading
  if (unseen(reading) >= cover) return true
  const short = wordsOf(query).filter((word) => !isLong(word, depth))
  return short.flatMap(({ terms }) => terms).reduce((sum, { listings }) => sum + listings, 0) > depth.kept
}

/**
 * Statement that gives `listing` and `score` of the best listings for a query: `score` is BM25F. One of the words at least must
 * be known.
 */
export function scored(reading: Reading): Prisma.Sql {
  const { query, cover, depth } = reading
  const words = wordsOf(query)
  return (
    ofOneList(query, words, depth) ??
    Prisma.sql`
    SELECT d.listing, ${scoreOf(words)} * ${kindness(query)} AS score
    FROM (${best(words, reading)}) candidate JOIN app.search_document d ON d.listing = candidate.listing
      CROSS JOIN LATERAL (SELECT ${impactsOf(words)}) word
    WHERE ${coverOf(words)} >= ${cover}::float8 AND ${notExcluded(query)}`
  )
}

/** The same, the best first. Scores are rounded to what a cursor can hold. */
export function ranked(reading: Reading): Prisma.Sql {
  return Prisma.sql`SELECT listing, round(score::numeric, 6) AS score FROM (${scored(reading)}) one ORDER BY 2 DESC, listing DESC`
}

/** Of a single word the list itself tells the scores. Null where more has to be known of each listing. */
function ofOneList({ unwanted, excluded }: Resolved, words: readonly Wanted[], { kept }: Depth): Prisma.Sql | null {
  const [word, ...others] = words
  const [term, ...alike] = word?.terms ?? []
  if (!word || !term || others.length + alike.length + unwanted.length + excluded.length > 0) return null
  return Prisma.sql`SELECT listing, impact * ${word.weight / IMPACT_SCALE}::float8 AS score FROM app.search_posting
    WHERE term = ${term.hash}::bigint ORDER BY impact DESC, listing DESC LIMIT ${Prisma.raw(String(kept))}`
}

/** Whether a listing with these terms can be one that `scoredAmong` gives for a clear cover: what costs nothing to see. */
export function mayHave(query: Resolved, terms: ReadonlySet<string>): boolean {
  if (query.excluded.some((hash) => terms.has(hash))) return false
  const words = wordsOf(query)
  const there = words.filter((word) => word.terms.some(({ hash }) => terms.has(hash)))
  return query.wanted.length === 0 || weightOf(there) / weightOf(words) >= CLEAR_COVER - EPSILON
}

/** The same for named listings alone. `ids` gives their numbers. */
export function scoredAmong(query: Resolved, cover: number, ids: Prisma.Sql): Prisma.Sql {
  const words = wordsOf(query)
  return Prisma.sql`
    SELECT d.listing, ${scoreOf(words)} * ${kindness(query)} AS score
    FROM app.search_document d CROSS JOIN LATERAL (SELECT ${impactsOf(words)}) word
    WHERE d.listing IN (${ids}) AND ${coverOf(words)} >= ${cover}::float8 AND ${notExcluded(query)}`
}

/**
 * The listings that look best by what the head of each word's list tells: the first rows of an index, backwards. Without those
 * that cannot have enough of the query: `known` is what short lists say for certain, the rest may be further down in long ones.
 */
function best(words: readonly Wanted[], reading: Reading): Prisma.Sql {
  const { cover, depth } = reading
  const [rows, kept] = [Prisma.raw(String(depth.rows)), Prisma.raw(String(depth.kept))]
  const all = weightOf(words)
  const heads = words.flatMap((word) =>
    word.terms.map(({ hash }) => {
      const known = isLong(word, depth) ? 0 : word.weight / all
      return Prisma.sql`(SELECT listing, impact * ${word.weight}::float4 AS part, ${known}::float8 AS known FROM app.search_posting
        WHERE term = ${hash}::bigint ORDER BY impact DESC, listing DESC LIMIT ${rows})`
    }),
  )
  const [only, ...others] = heads
  // Of one list the first ones are the best.
  if (only && others.length === 0)
    return Prisma.sql`SELECT listing FROM ${only} head ORDER BY part DESC, listing DESC LIMIT ${kept}`
  return Prisma.sql`SELECT listing FROM (${Prisma.join(heads, ' UNION ALL ')}) head GROUP BY listing
    HAVING sum(known) >= ${cover - unseen(reading) - EPSILON}::float8 ORDER BY sum(part) DESC, listing DESC LIMIT ${kept}`
}

/** Sums of shares are off by less. */
const EPSILON = 1e-9

/** One column for each word: what its best term counts in listing `d`. */
function impactsOf(words: readonly Wanted[]): Prisma.Sql {
  const columns = words.map(({ terms }, at) => {
    const impacts = terms.map(({ hash }) => Prisma.sql`d.impacts[array_position(d.terms, ${hash}::bigint)]`)
    return Prisma.sql`COALESCE(GREATEST(${Prisma.join(impacts, ', ')}), 0) AS ${nameOf(at)}`
  })
  return Prisma.join(columns, ', ')
}

function scoreOf(words: readonly Wanted[]): Prisma.Sql {
  const parts = words.map(({ weight }, at) => Prisma.sql`word.${nameOf(at)} * ${weight / IMPACT_SCALE}::float8`)
  return Prisma.sql`(${Prisma.join(parts, ' + ')})`
}

function coverOf(words: readonly Wanted[]): Prisma.Sql {
  const all = weightOf(words)
  const parts = words.map(
    ({ weight }, at) => Prisma.sql`CASE WHEN word.${nameOf(at)} > 0 THEN ${weight / all}::float8 ELSE 0 END`,
  )
  return Prisma.sql`(${Prisma.join(parts, ' + ')})`
}

/** What a listing keeps of its score for each word in its title that nobody wants there. */
function kindness({ unwanted }: Resolved): Prisma.Sql {
  const parts = unwanted.map(
    (hash) =>
      Prisma.sql` * CASE WHEN d.impacts[array_position(d.terms, ${hash}::bigint)] >= ${IN_TITLE} THEN ${UNWANTED_KEEPS}::float8 ELSE 1 END`,
  )
  return Prisma.sql`1::float8${parts.length === 0 ? Prisma.empty : Prisma.join(parts, '')}`
}

function notExcluded({ excluded }: Resolved): Prisma.Sql {
  return excluded.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`NOT d.terms && ${[...excluded]}::bigint[]`
}

/** Names of columns cannot be parameters; these are made of numbers of ours. */
function nameOf(at: number): Prisma.Sql {
  return Prisma.raw(`impact_${at}`)
}
