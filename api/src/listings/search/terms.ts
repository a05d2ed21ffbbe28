import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { createMemory, type Memory } from './remember.ts'

/** What the index knows a word by. */
export interface Term {
  /** 64-bit hash of the lexeme, as a decimal string. */
  hash: string
  /** In about how many listings it is. */
  listings: number
}

/** Words change how common they are slowly. Words that nobody uses are looked up each time: the next listing may have them. */
const KNOWN = { size: 20_000, ms: 60_000 }
const memories = new WeakMap<object, Memory<readonly Term[]>>()

/**
 * The terms of each word in these languages: an empty list for one that says nothing, as "the" does; null for one that no listing
 * has. Words are as `parseQuery` gives them.
 */
export async function lookUp(
  context: Pick<Context, 'pool'>,
  words: readonly string[],
  languages: readonly string[],
): Promise<Map<string, readonly Term[] | null>> {
  const memory = memoryOf(context.pool)
  const scope = languages.join()
  const found = new Map<string, readonly Term[] | null>()
  for (const word of words) found.set(word, memory.get(`${scope} ${word}`) ?? null)
  const missing = words.filter((word) => found.get(word) === null)
  if (missing.length === 0) return found
  const rows = await ask<{ word: string; term: string | null; listings: number | null }>(
    context.pool,
    'search-terms',
    Prisma.sql`
      SELECT given.word, lexeme.hash::text AS term,
        COALESCE(counted.listings, (EXISTS (SELECT FROM app.search_posting p WHERE p.term = lexeme.hash))::int) AS listings
      FROM unnest(${missing}::text[]) AS given (word)
        LEFT JOIN LATERAL (
          SELECT DISTINCT hashtextextended(parsed.lexeme, 0) AS hash
          FROM unnest(${[...languages]}::text[]) AS language
            CROSS JOIN LATERAL unnest(to_tsvector(app.search_config(language), app.search_text(replace(given.word, '-', '')))) AS parsed) lexeme ON TRUE
        LEFT JOIN app.search_term counted ON counted.term = lexeme.hash`,
  )
  for (const word of missing) {
    const terms = termsFrom(rows.filter((row) => row.word === word))
    found.set(word, terms)
    if (terms) memory.set(`${scope} ${word}`, terms)
  }
  return found
}

/** Without any lexeme the word says nothing; with lexemes that no listing has it is unknown. */
function termsFrom(rows: readonly { term: string | null; listings: number | null }[]): readonly Term[] | null {
  const lexemes = rows.flatMap(({ term, listings }) => (term === null ? [] : [{ hash: term, listings: listings ?? 0 }]))
  if (lexemes.length === 0) return []
  const known = lexemes.filter(({ listings }) => listings > 0)
  return known.length === 0 ? null : known
}

function memoryOf(pool: object): Memory<readonly Term[]> {
  let memory = memories.get(pool)
  if (!memory) {
    memory = createMemory(KNOWN)
    memories.set(pool, memory)
  }
  return memory
}

const sizes = new WeakMap<object, Memory<number>>()

/** How many listings the index has, as counted last. */
export async function indexSize({ pool }: Pick<Context, 'pool'>): Promise<number> {
  let memory = sizes.get(pool)
  if (!memory) {
    memory = createMemory({ size: 1, ms: KNOWN.ms })
    sizes.set(pool, memory)
  }
  const known = memory.get('all')
  if (known !== undefined) return known
  const [row] = await ask<{ listings: number }>(pool, 'search-size', Prisma.sql`SELECT listings FROM app.search_size`)
  const size = row?.listings ?? 0
  memory.set('all', size)
  return size
}
