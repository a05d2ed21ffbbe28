import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'

/** What an unknown word may have meant. */
export interface Mended {
  /** Words to search for instead: the corrected one, or the two it was made of. */
  words: string[]
  /** Other endings of what is being typed, which count as the same word. */
  endings: string[]
}

/** How alike two words must be (pg_trgm) to take one for the other at once, and if there is no better way. */
const SURELY = 0.5
const PERHAPS = 0.4
const ENDINGS = 8
/** A part of a word that was written as one must be so common itself. */
const COMMON_PART = 5
const SHORTEST_PART = 3

/**
 * Takes each unknown word for the beginning of others (`bicy`), for one misspelt (`vinpositine`), or for two written as one
 * (`firestick`). Those that are like nothing that listings are called are not in the answer.
 */
export async function mend(context: Pick<Context, 'pool'>, words: readonly string[]): Promise<Map<string, Mended>> {
  const mended = new Map<string, Mended>()
  for (const [word, endings] of await endingsOf(context, words)) mended.set(word, { words: endings.slice(0, 1), endings })
  const rest = words.filter((word) => !mended.has(word) && word.length >= 4 && !/^[0-9]+$/.test(word))
  const alike = await mostAlike(context, rest)
  const isSure = (word: string) => (alike.get(word)?.similarity ?? 0) >= SURELY
  const parts = await partsOf(
    context,
    rest.filter((word) => !isSure(word)),
  )
  for (const word of rest) {
    const [like, pair] = [alike.get(word), parts.get(word)]
    if (pair) mended.set(word, { words: pair, endings: [] })
    else if (like) mended.set(word, { words: [like.word], endings: [] })
  }
  return mended
}

/** The commonest words that begin like each of these. */
export async function endingsOf(
  { pool }: Pick<Context, 'pool'>,
  beginnings: readonly string[],
  limit = ENDINGS,
): Promise<Map<string, string[]>> {
  const asked = beginnings.filter((word) => word.length >= 2)
  if (asked.length === 0) return new Map()
  // All words that begin so are between it and it with the last of all letters behind; that is what an index can find.
  const rows = await ask<{ beginning: string; words: string[] }>(
    pool,
    'search-endings',
    Prisma.sql`SELECT given.beginning, found.words FROM unnest(${asked}::text[]) AS given (beginning)
      CROSS JOIN LATERAL (SELECT array_agg(one.word ORDER BY one.listings DESC, one.word) AS words FROM (
        SELECT known.word, known.listings FROM app.search_word known
        WHERE known.word ~>=~ given.beginning AND known.word ~<~ (given.beginning || chr(1114111))
        ORDER BY known.listings DESC, known.word LIMIT ${limit}) one) found
      WHERE found.words IS NOT NULL`,
  )
  return new Map(rows.map(({ beginning, words }) => [beginning, words]))
}

/** Nearly all slips leave the first letter as it is. */
async function mostAlike({ pool }: Pick<Context, 'pool'>, words: readonly string[]) {
  if (words.length === 0) return new Map<string, { word: string; similarity: number }>()
  const rows = await ask<{ given: string; word: string; similarity: number }>(
    pool,
    'search-alike',
    Prisma.sql`SELECT given.word AS given, best.word, best.similarity FROM unnest(${[...words]}::text[]) AS given (word)
      CROSS JOIN LATERAL (SELECT known.word, similarity(known.word, given.word) AS similarity FROM app.search_word known
        WHERE known.word % given.word AND left(known.word, 1) = left(given.word, 1) AND similarity(known.word, given.word) >= ${PERHAPS}
        ORDER BY 2 DESC, known.listings DESC, known.word LIMIT 1) best`,
  )
  return new Map(rows.map(({ given, ...best }) => [given, best]))
}

/** For each word the cut that makes two common ones, if there is one; of several the one whose rarer part is the most common. */
async function partsOf({ pool }: Pick<Context, 'pool'>, words: readonly string[]): Promise<Map<string, [string, string]>> {
  const cuts = new Map(words.map((word) => [word, pairsOf(word)]))
  const parts = [...new Set([...cuts.values()].flat(2))]
  if (parts.length === 0) return new Map()
  const rows = await ask<{ word: string; listings: number }>(
    pool,
    'search-parts',
    Prisma.sql`SELECT word, listings FROM app.search_word WHERE word = ANY(${parts}::text[])`,
  )
  const listings = new Map(rows.map((row) => [row.word, row.listings]))
  const rarer = (pair: [string, string]) => Math.min(...pair.map((part) => listings.get(part) ?? 0))
  const found = new Map<string, [string, string]>()
  for (const [word, pairs] of cuts) {
    const least = word.includes('-') ? 1 : COMMON_PART
    const [best] = pairs.filter((pair) => rarer(pair) >= least).sort((one, other) => rarer(other) - rarer(one))
    if (best) found.set(word, best)
  }
  return found
}

function pairsOf(word: string): [string, string][] {
  const cuts = word.includes('-') ? [word.indexOf('-')] : Array.from({ length: word.length }, (_, at) => at)
  const pairs = cuts.map((at): [string, string] => [word.slice(0, at), word.slice(at).replace(/^-/, '')])
  return pairs.filter((pair) => word.includes('-') || pair.every((part) => part.length >= SHORTEST_PART))
}
