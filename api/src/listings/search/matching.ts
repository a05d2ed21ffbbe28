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
  if (!hasWords(query))
    return { from: Prisma.sql`app.listing l`, filters: Prisma.sql`${phrasesOf(query)} AND ${withoutExcluded(query)}` }
  return {
    from: Prisma.sql`(${scores(query)}) s JOIN app.listing l ON l.number = s.listing`,
    filters: phrasesOf(query), // words to leave out are left out by the score
  }
}

/** What stood in quotes is in the title or the description, word for word, or is not there. */
function phrasesOf(query: Resolved | null): Prisma.Sql {
  if (!query) return Prisma.sql`TRUE`
  const has = (phrase: string) =>
    Prisma.sql`to_tsvector('simple', app.search_text(l.title || ' . ' || l.description)) @@ phraseto_tsquery('simple', ${phrase})`
  const parts = [...query.phrases.map(has), ...query.excludedPhrases.map((phrase) => Prisma.sql`NOT ${has(phrase)}`)]
  return parts.length === 0 ? Prisma.sql`TRUE` : Prisma.join(parts, ' AND ')
}

function withoutExcluded(query: Resolved | null): Prisma.Sql {
  if (!query || query.excluded.length === 0) return Prisma.sql`TRUE`
  return Prisma.sql`NOT EXISTS (SELECT FROM app.search_document d WHERE d.listing = l.number AND d.terms && ${[...query.excluded]}::bigint[])`
}
