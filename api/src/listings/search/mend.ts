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
 * Takes an unknown word for the beginning of others (`bicy`), for one misspelt (`vinpositine`), or for two written as one
 * (`firestick`). Null if it is like nothing that listings are called.
 */
export async function mend(context: Pick<Context, 'pool'>, word: string): Promise<Mended | null> {
  const endings = await endingsOf(context, word)
  const [first] = endings
  if (first !== undefined) return { words: [first], endings }
  if (word.length < 4 || /^[0-9]+$/.test(word)) return null
  const alike = await mostAlike(context, word)
  if (alike && alike.similarity >= SURELY) return { words: [alike.word], endings: [] }
  const parts = await partsOf(context, word)
  if (parts) return { words: parts, endings: [] }
  return alike ? { words: [alike.word], endings: [] } : null
}

/** The commonest words that begin like this. */
export async function endingsOf({ pool }: Pick<Context, 'pool'>, word: string, limit = ENDINGS): Promise<string[]> {
  if (word.length < 2) return []
  const pattern = `${word.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await ask<{ word: string }>(
    pool,
    'search-endings',
    Prisma.sql`SELECT word FROM app.search_word WHERE word LIKE ${pattern} ORDER BY listings DESC, word LIMIT ${limit}`,
  )
  return rows.map((row) => row.word)
}

/** Nearly all slips leave the first letter as it is. */
async function mostAlike({ pool }: Pick<Context, 'pool'>, word: string) {
  const rows = await ask<{ word: string; similarity: number }>(
    pool,
    'search-alike',
    Prisma.sql`SELECT word, similarity(word, ${word}) AS similarity FROM app.search_word
      WHERE word % ${word} AND left(word, 1) = left(${word}, 1) AND similarity(word, ${word}) >= ${PERHAPS}
      ORDER BY similarity DESC, listings DESC, word LIMIT 1`,
  )
  return rows[0] ?? null
}

/** The cut that makes two common words, if there is one; of several the one whose rarer part is the most common. */
async function partsOf({ pool }: Pick<Context, 'pool'>, word: string): Promise<[string, string] | null> {
  const cuts = word.includes('-') ? [word.indexOf('-')] : Array.from({ length: word.length }, (_, at) => at)
  const pairs = cuts.map((at): [string, string] => [word.slice(0, at), word.slice(at).replace(/^-/, '')])
  const fitting = pairs.filter((pair) => word.includes('-') || pair.every((part) => part.length >= SHORTEST_PART))
  if (fitting.length === 0) return null
  const rows = await ask<{ word: string; listings: number }>(
    pool,
    'search-parts',
    Prisma.sql`SELECT word, listings FROM app.search_word WHERE word = ANY(${[...new Set(fitting.flat())]}::text[])`,
  )
  const listings = new Map(rows.map((row) => [row.word, row.listings]))
  const least = word.includes('-') ? 1 : COMMON_PART
  const rarer = (pair: [string, string]) => Math.min(...pair.map((part) => listings.get(part) ?? 0))
  const [best] = fitting.filter((pair) => rarer(pair) >= least).sort((one, other) => rarer(other) - rarer(one))
  return best ?? null
}
