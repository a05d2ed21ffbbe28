import { Prisma } from '@fairhold/db/client'
import type { Resolved } from './resolve.ts'

/** Where listings `l` come from, and what of the query is still to be asked of each. */
export interface Source {
  from: Prisma.Sql
  filters: Prisma.Sql
}

/** Whether there are words to search by. Only "the", or words to leave out: then all listings are meant. */
export function hasWords(query: Resolved | null): query is Resolved {
  return query !== null && query.wanted.length > 0
}

/** Whether no listing has any of the words, nor anything like them. */
export function findsNothing(query: Resolved | null): boolean {
  return hasWords(query) && query.wanted.every(({ terms }) => terms.length === 0)
}

/** The listings that a query is about: those of the index that `scores` gives, or all where it has no words. */
export function sourceOf(query: Resolved | null, scores: (query: Resolved) => Prisma.Sql): Source {
  if (!hasWords(query)) return { from: Prisma.sql`app.listing l`, filters: textOf(query) }
  return {
    from: Prisma.sql`(${scores(query)}) s JOIN app.listing l ON l.number = s.listing`,
    filters: phrasesOf(query), // words to leave out are left out by the score
  }
}

/** No index can tell which listings have no "basket", or a phrase of words that say nothing: so many are looked at, and no more. */
const LOOKED_AT = { phrases: 200, words: 5_000 }

/**
 * The listings of a query without words to search by: of the first ones that pass the other filters, `where`, those that it allows.
 * Where it asks for nothing at all these are all of them.
 */
export function firstOf(query: Resolved | null, { where, by }: { where: Prisma.Sql; by: Prisma.Sql }): Source {
  if (query === null || (!hasPhrases(query) && query.excluded.length === 0))
    return { from: Prisma.sql`app.listing l`, filters: where }
  const most = Prisma.raw(String(hasPhrases(query) ? LOOKED_AT.phrases : LOOKED_AT.words))
  return {
    from: Prisma.sql`(SELECT l.* FROM app.listing l WHERE ${where} ORDER BY ${by} LIMIT ${most}) l`,
    filters: textOf(query),
  }
}

/** Whether each listing's text has to be read: a hundred times as much work as looking into the index. */
export function hasPhrases(query: Resolved | null): boolean {
  return query !== null && query.phrases.length + query.excludedPhrases.length > 0
}

function textOf(query: Resolved | null): Prisma.Sql {
  return Prisma.sql`${phrasesOf(query)} AND ${withoutExcluded(query)}`
}

/** What stood in quotes is in the title or the description, word for word, or is not there: one look at the text for all of it. */
function phrasesOf(query: Resolved | null): Prisma.Sql {
  if (!query || !hasPhrases(query)) return Prisma.sql`TRUE`
  const one = (phrase: string) => Prisma.sql`phraseto_tsquery('simple', lower(public.unaccent(${phrase}::text)))`
  const parts = [...query.phrases.map(one), ...query.excludedPhrases.map((phrase) => Prisma.sql`!! ${one(phrase)}`)]
  return Prisma.sql`to_tsvector('simple', app.search_text(l.title || ' . ' || l.description)) @@ (${Prisma.join(parts, ' && ')})`
}

function withoutExcluded(query: Resolved | null): Prisma.Sql {
  if (!query || query.excluded.length === 0) return Prisma.sql`TRUE`
  return Prisma.sql`NOT EXISTS (SELECT FROM app.search_document d WHERE d.listing = l.number AND d.terms && ${[...query.excluded]}::bigint[])`
}
