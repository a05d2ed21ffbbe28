import type { Context } from '../../context.ts'
import { mend } from './mend.ts'
import { parseQuery, type SearchQuery } from './query.ts'
import { indexSize, lookUp, type Term } from './terms.ts'
import { rarity } from './weights.ts'

/** A word of the query as the index knows it; any of its terms will do. */
export interface Wanted {
  terms: readonly Term[]
  /** How much the word tells. */
  weight: number
}

/** A query as the index can answer it. */
export interface Resolved {
  wanted: readonly Wanted[]
  /** Hashes of terms. */
  unwanted: readonly string[]
  excluded: readonly string[]
  phrases: readonly string[]
  excludedPhrases: readonly string[]
  /** What was searched for instead, if a word was taken for another; null if nothing was changed. */
  corrected: string | null
}

/** A word that no listing has, and that is like none. */
const UNKNOWN: Wanted = { terms: [], weight: 0 }

/** Finds out what each word is to the index, in the reader's language and in English. */
export async function resolve(context: Pick<Context, 'pool'>, q: string, language: string | undefined): Promise<Resolved> {
  const [resolved] = await resolveAll(context, [q], language)
  if (!resolved) throw new Error('a query has an answer')
  return resolved
}

/** The same of many queries in one language, with as many questions as for one. */
export async function resolveAll(
  context: Pick<Context, 'pool'>,
  queries: readonly string[],
  language: string | undefined,
): Promise<Resolved[]> {
  const parsed = queries.map(parseQuery)
  const languages = [...new Set([language ?? 'en', 'en'])]
  const all = [...new Set(parsed.flatMap(({ words, unwanted, excluded }) => [...words, ...unwanted, ...excluded]))]
  const [known, size] = await Promise.all([lookUp(context, all, languages), indexSize(context)])
  const unknown = new Set(parsed.flatMap(({ words }) => words).filter((word) => !known.get(word)))
  const others = await instead(context, [...unknown], languages)
  return parsed.map((query) => resolveOne(query, { known, others, size }))
}

interface Known {
  known: ReadonlyMap<string, readonly Term[] | null>
  others: ReadonlyMap<string, Instead>
  size: number
}

function resolveOne(query: SearchQuery, { known, others, size }: Known): Resolved {
  const weigh = (terms: readonly Term[]): Wanted => ({
    terms,
    weight: rarity(
      terms.reduce((sum, { listings }) => sum + listings, 0),
      size,
    ),
  })
  const wanted: Wanted[] = []
  const said: string[] = []
  for (const word of query.words) {
    const terms = known.get(word) ?? null
    if (terms) {
      if (terms.length > 0) wanted.push(weigh(terms))
      said.push(word)
      continue
    }
    const found = others.get(word)
    wanted.push(...(found ? found.groups.map(weigh) : [UNKNOWN]))
    said.push(...(found?.words ?? [word]))
  }
  return { wanted, ...termsWithout(query, known), ...phrasesOf(query), corrected: correctedFrom(query, said) }
}

const phrasesOf = ({ phrases, excludedPhrases }: SearchQuery) => ({ phrases, excludedPhrases })

function termsWithout({ unwanted, excluded }: SearchQuery, known: ReadonlyMap<string, readonly Term[] | null>) {
  const hashes = (words: readonly string[]) => words.flatMap((word) => (known.get(word) ?? []).map(({ hash }) => hash))
  return { unwanted: hashes(unwanted), excluded: hashes(excluded) }
}

/** What an unknown word is taken for: terms for each word that it becomes. */
interface Instead {
  groups: (readonly Term[])[]
  words: readonly string[]
}

async function instead(
  context: Pick<Context, 'pool'>,
  unknown: readonly string[],
  languages: readonly string[],
): Promise<Map<string, Instead>> {
  const mended = await mend(context, unknown)
  const meant = [...new Set([...mended.values()].flatMap(({ words, endings }) => [...words, ...endings]))]
  const found = await lookUp(context, meant, languages)
  const termsOf = (one: string) => found.get(one) ?? []
  return new Map(
    [...mended].map(([word, { words, endings }]) => {
      // Endings are other forms of the one word that is being typed, and no correction.
      if (endings.length > 0) return [word, { groups: [uniqueTerms(endings.flatMap(termsOf))], words: [word] }]
      return [word, { groups: words.map(termsOf).filter((terms) => terms.length > 0), words }]
    }),
  )
}

function uniqueTerms(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [term.hash, term])).values()]
}

function correctedFrom(query: SearchQuery, said: readonly string[]): string | null {
  if (said.join(' ') === query.words.join(' ')) return null
  return said.join(' ')
}
