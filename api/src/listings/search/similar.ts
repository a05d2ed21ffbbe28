import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { availableOn, type CardRow, cardOn } from '../card.ts'
import { isAvailable } from './filters.ts'
import { run } from './prepared.ts'
import type { Wanted } from './resolve.ts'
import { scored } from './score.ts'
import { indexSize } from './terms.ts'
import { MIN_COVER, rarity } from './weights.ts'

/** The words that tell most about a listing; more of them only find what shares its small talk. */
const TELLING = 10
/** What else somebody who looks at this listing may like: of its category, what shares its most telling words, then what is new. */
export async function similarListings(context: Context, id: string, limit: number): Promise<CardRow[]> {
  const words = await wordsOf(context, id)
  const [first] = words
  if (!first) return []
  const { category } = first
  const query = {
    wanted: await telling(context, words),
    unwanted: [],
    excluded: [],
    phrases: [],
    excludedPhrases: [],
    corrected: null,
  }
  const alike = Prisma.sql`(${scored({ query, cover: MIN_COVER, depth: { rows: 300, kept: 150 } })}) s JOIN app.listing l ON l.number = s.listing`
  const ofCategory = Prisma.sql`l.status = 'active' AND l.category = ${category}`
  const rows = await cards(context, Prisma.sql`${alike} WHERE ${ofCategory} AND l.id <> ${id} ORDER BY s.score DESC, l.id`, limit)
  if (rows.length === limit) return rows
  const known = [id, ...rows.map((row) => row.id)]
  const others = Prisma.sql`app.listing l WHERE ${ofCategory} AND l.id <> ALL(${known}::text[]) ORDER BY l.created_at DESC, l.id DESC`
  return [...rows, ...(await cards(context, others, limit - rows.length))]
}

/** The first of these listings that can be bought. */
function cards(context: Context, from: Prisma.Sql, limit: number): Promise<CardRow[]> {
  return run<CardRow>(
    context,
    Prisma.sql`
    SELECT ${cardOn(context.caip2)}, ${availableOn(context.caip2)} AS available, '0' AS key FROM (SELECT l.* FROM ${from} OFFSET 0) l
    WHERE ${isAvailable(context, { available: 'true' })} LIMIT ${limit}::int`,
  )
}

interface Word {
  term: string
  impact: number
  /** In how many listings it is. */
  listings: number
  category: string
}

function wordsOf(context: Context, id: string): Promise<Word[]> {
  return run<Word>(
    context,
    Prisma.sql`
    SELECT word.term::text AS term, word.impact, COALESCE(counted.listings, 1) AS listings, l.category
    FROM app.listing l JOIN app.search_document d ON d.listing = l.number
      CROSS JOIN LATERAL unnest(d.terms, d.impacts) AS word (term, impact)
      LEFT JOIN app.search_term counted ON counted.term = word.term
    WHERE l.id = ${id}`,
  )
}

async function telling(context: Context, words: readonly Word[]): Promise<Wanted[]> {
  const size = await indexSize(context)
  return words
    .map(({ term, impact, listings }) => ({ terms: [{ hash: term, listings }], weight: rarity(listings, size) * impact }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, TELLING)
}
