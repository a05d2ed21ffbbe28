import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { availableOn, type CardRow, cardOn } from '../card.ts'
import { isAvailable } from './filters.ts'
import { relevance } from './order.ts'
import { run } from './prepared.ts'
import { scored } from './score.ts'
import { indexSize } from './terms.ts'
import { MIN_COVER, rarity } from './weights.ts'

/** The words that tell most about a listing; more of them only find what shares its small talk. */
const TELLING = 10
/** A listing of the same category is this much more alike. */
const SAME_CATEGORY = 1.5

/** What else somebody who looks at this listing may like: listings that share its most telling words. */
export async function similarListings(context: Context, id: string, limit: number): Promise<CardRow[]> {
  const size = await indexSize(context)
  const rows = await run<{ term: string; impact: number; listings: number; category: string }>(
    context,
    Prisma.sql`
    SELECT word.term::text AS term, word.impact, COALESCE(counted.listings, 1) AS listings, l.category
    FROM app.listing l JOIN app.search_document d ON d.listing = l.number
      CROSS JOIN LATERAL unnest(d.terms, d.impacts) AS word (term, impact)
      LEFT JOIN app.search_term counted ON counted.term = word.term
    WHERE l.id = ${id}`,
  )
  const [first] = rows
  if (!first) return []
  const telling = rows
    .map(({ term, impact, listings }) => ({ terms: [{ hash: term, listings }], weight: rarity(listings, size) * impact }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, TELLING)
  const query = { wanted: telling, unwanted: [], excluded: [], phrases: [], excludedPhrases: [], corrected: null }
  const closeness = Prisma.sql`(s.score * CASE WHEN l.category = ${first.category} THEN ${SAME_CATEGORY}::float8 ELSE 1 END)`
  return run<CardRow>(
    context,
    Prisma.sql`
    SELECT ${cardOn(context.caip2)}, ${availableOn(context.caip2)} AS available, l.key::text AS key
    FROM (SELECT l.*, ${relevance.key} AS key FROM (${scored({ query, cover: MIN_COVER, depth: { rows: 300, kept: 150 } })}) s JOIN app.listing l ON l.number = s.listing
      WHERE l.status = 'active' AND l.id <> ${id} ORDER BY ${closeness} DESC, l.id OFFSET 0) l
    WHERE ${isAvailable(context, { available: 'true' })} LIMIT ${limit}::int`,
  )
}
