import { Prisma } from '@fairhold/db/client'
import type { Resolved, Wanted } from './resolve.ts'
import { IMPACT_SCALE, IN_TITLE, UNWANTED_KEEPS } from './weights.ts'

/**
 * How far the index is read. Of each word its `rows` best listings are looked at, and of all these the `kept` best get their
 * exact score. A listing that is among the best for no word at all is not among the best for all of them together; filters that
 * few listings pass make it necessary to look deeper.
 */
export interface Depth {
  readonly rows: number
  readonly kept: number
}

export const DEPTHS = [
  { rows: 800, kept: 400 },
  { rows: 5_000, kept: 2_500 },
  { rows: 40_000, kept: 20_000 },
] as const satisfies readonly Depth[]

/** Whether there may be listings deeper in the index than this. */
export function isCut({ wanted }: Resolved, { rows, kept }: Depth): boolean {
  const counts = wanted.flatMap(({ terms }) => terms.map(({ listings }) => listings))
  return counts.some((count) => count >= rows) || counts.reduce((sum, count) => sum + count, 0) > kept
}

/**
 * Statement that gives `listing`, `score` and `cover` of the best listings for a query: `score` is BM25F, `cover` from 0 to 1 says
 * how much of what the query tells the listing has. `wanted` must not be empty.
 */
export function scored(query: Resolved, { rows, kept }: Depth): Prisma.Sql {
  const words = query.wanted.filter(({ terms }) => terms.length > 0)
  return Prisma.sql`
    SELECT d.listing, ${scoreOf(words)} * ${kindness(query)} AS score, ${coverOf(words)} AS cover
    FROM (${best(words, { rows, kept })}) candidate JOIN app.search_document d ON d.listing = candidate.listing
      CROSS JOIN LATERAL (SELECT ${impactsOf(words)}) word
    WHERE ${notExcluded(query)}`
}

/** The same for named listings alone. `ids` gives their numbers. */
export function scoredAmong(query: Resolved, ids: Prisma.Sql): Prisma.Sql {
  const words = query.wanted.filter(({ terms }) => terms.length > 0)
  return Prisma.sql`
    SELECT d.listing, ${scoreOf(words)} * ${kindness(query)} AS score, ${coverOf(words)} AS cover
    FROM app.search_document d CROSS JOIN LATERAL (SELECT ${impactsOf(words)}) word
    WHERE d.listing IN (${ids}) AND ${notExcluded(query)}`
}

/** The listings that look best by what the head of each word's list tells: the first rows of an index, backwards. */
function best(words: readonly Wanted[], { rows, kept }: Depth): Prisma.Sql {
  const heads = words.flatMap(({ terms, weight }) =>
    terms.map(
      ({ hash }) => Prisma.sql`(SELECT listing, impact * ${weight}::float4 AS part FROM app.search_posting
        WHERE term = ${hash}::bigint ORDER BY impact DESC, listing DESC LIMIT ${Prisma.raw(String(rows))})`,
    ),
  )
  return Prisma.sql`SELECT listing FROM (${Prisma.join(heads, ' UNION ALL ')}) head GROUP BY listing
    ORDER BY sum(part) DESC, listing DESC LIMIT ${Prisma.raw(String(kept))}`
}

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
  const all = words.reduce((sum, { weight }) => sum + weight, 0)
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
