import { ask, Prisma } from '@fairhold/db/client'
import { categories, languages } from '@fairhold/protocol/listing/vocabulary'
import type { Context } from '../../context.ts'
import type { Suggestion } from './contract.ts'
import { searchShape } from './contract.ts'
import { findListings } from './find.ts'
import { endingsOf } from './mend.ts'
import { plainOf } from './query.ts'
import { indexSize } from './terms.ts'

const MOST_WORDS = 5
const MOST_LISTINGS = 3

/** What somebody may be about to type: the last word completed, categories that begin like it, and listings that already fit. */
export async function suggest(context: Context, { q, lang }: { q: string; lang?: string | undefined }): Promise<Suggestion[]> {
  const typed = plainOf(q).trimStart()
  const [, before = '', last = ''] = /^(.*?)([\p{L}\p{N}]*)$/u.exec(typed) ?? []
  if (last.length < 2) return []
  const search = searchShape.parse({ q, lang, limit: MOST_LISTINGS })
  const [endings, found] = await Promise.all([wordsLike(context, last), findListings(context, search)])
  const inCategories = before.trim() === '' ? categories.filter((category) => category.startsWith(last)) : []
  return [
    ...endings.map((word): Suggestion => ({ kind: 'words', text: `${before}${word}` })),
    ...inCategories.map((category): Suggestion => ({ kind: 'category', text: category })),
    ...found.rows
      .slice(0, MOST_LISTINGS)
      .map(({ id, title, photo }): Suggestion => ({ kind: 'listing', text: title, id, photo })),
  ]
}

/** In a market so large, words of so few sellers are not suggested: anybody can write anything into a title. */
const LARGE = 1_000
const FEW = 3
/** What so many listings have, more than a few sellers have. */
const COMMON = 30

/** The commonest words that begin like this. In a small market each listing counts; in a large one a word needs several sellers. */
async function wordsLike(context: Context, beginning: string): Promise<string[]> {
  const size = await indexSize(context)
  if (size < LARGE) return (await endingsOf(context, [beginning], MOST_WORDS)).get(beginning) ?? []
  const endings = (await endingsOf(context, [beginning], 2 * MOST_WORDS)).get(beginning) ?? []
  const rows = await ask<{ word: string }>(
    context.pool,
    'search-words-of-several',
    Prisma.sql`
      SELECT given.word FROM unnest(${endings}::text[]) WITH ORDINALITY AS given (word, at) JOIN app.search_word known ON known.word = given.word
      WHERE known.listings >= ${COMMON} OR ${FEW} <= (
        SELECT count(DISTINCT l.seller) FROM app.listing l WHERE l.number IN (
          SELECT listing FROM (SELECT DISTINCT hashtextextended(stem.lexeme, 0) AS hash
            FROM unnest(${LANGUAGES}::text[]) AS language CROSS JOIN LATERAL unnest(to_tsvector(app.search_config(language), given.word)) AS stem) term
          CROSS JOIN LATERAL (SELECT listing FROM app.search_posting p WHERE p.term = term.hash ORDER BY impact DESC LIMIT ${COMMON}) posting))
      ORDER BY given.at LIMIT ${MOST_WORDS}`,
  )
  return rows.map(({ word }) => word)
}

const LANGUAGES = [...languages]
