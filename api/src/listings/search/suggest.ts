import { categories } from '@fairhold/protocol/listing/vocabulary'
import type { Context } from '../../context.ts'
import type { Suggestion } from './contract.ts'
import { searchShape } from './contract.ts'
import { findListings } from './find.ts'
import { endingsOf } from './mend.ts'
import { plainOf } from './query.ts'

const MOST_WORDS = 5
const MOST_LISTINGS = 3

/** What somebody may be about to type: the last word completed, categories that begin like it, and listings that already fit. */
export async function suggest(context: Context, { q, lang }: { q: string; lang?: string | undefined }): Promise<Suggestion[]> {
  const typed = plainOf(q).trimStart()
  const [, before = '', last = ''] = /^(.*?)([\p{L}\p{N}]*)$/u.exec(typed) ?? []
  if (last.length < 2) return []
  const search = searchShape.parse({ q, lang, limit: MOST_LISTINGS })
  const [endings, found] = await Promise.all([endingsOf(context, [last], MOST_WORDS), findListings(context, search)])
  const inCategories = before.trim() === '' ? categories.filter((category) => category.startsWith(last)) : []
  return [
    ...(endings.get(last) ?? []).map((word): Suggestion => ({ kind: 'words', text: `${before}${word}` })),
    ...inCategories.map((category): Suggestion => ({ kind: 'category', text: category })),
    ...found.rows
      .slice(0, MOST_LISTINGS)
      .map(({ id, title, photo }): Suggestion => ({ kind: 'listing', text: title, id, photo })),
  ]
}
