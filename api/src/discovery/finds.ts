import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type Search, searchShape } from '../listings/search/contract.ts'
import { matchesAmong } from '../listings/search/find.ts'
import { type Resolved, resolveAll } from '../listings/search/resolve.ts'
import { mayHave } from '../listings/search/score.ts'
import type { SavedQuery } from './contract.ts'

/** A listing as searches see it. */
export interface Findable {
  id: string
  /** Hashes of its words. */
  terms: ReadonlySet<string>
}

/** Those of some searches that, asked now, have this listing among their results. */
export type Finds = <S extends { query: SavedQuery }>(searches: readonly S[], listing: Findable) => Promise<S[]>

/** So many searches are asked at the same time. */
const AT_ONCE = 4

/**
 * By the very SQL of the market's search, but for listings that cannot have enough of its words. What the words mean is looked up
 * once: for listings that were there when this was made, no other answer could come.
 */
export function createFinds(context: Context): Finds {
  const resolved = new Map<string, Resolved>()
  const keyOf = ({ q, lang }: Search) => `${lang ?? ''} ${q}`
  return async (searches, listing) => {
    const asked = searches.flatMap((search) => {
      const { success, data } = searchShape.safeParse(search.query)
      return success ? [{ search, data }] : [] // the others were saved when more could be asked
    })
    await addTo(
      context,
      resolved,
      asked.map(({ data }) => data).filter((data) => data.q !== undefined && !resolved.has(keyOf(data))),
    )
    const likely = asked
      .map((one) => ({ ...one, words: resolved.get(keyOf(one.data)) ?? null }))
      .filter(({ words }) => words === null || mayHave(words, listing.terms))
    const found: (typeof searches)[number][] = []
    for (let from = 0; from < likely.length; from += AT_ONCE) {
      const some = likely.slice(from, from + AT_ONCE)
      const has = await Promise.all(some.map(({ data, words }) => hasListing(context, { search: data, words }, listing.id)))
      found.push(...some.filter((_, at) => has[at]).map(({ search }) => search))
    }
    return found
  }

  async function addTo({ pool }: Context, known: Map<string, Resolved>, missing: readonly Search[]): Promise<void> {
    for (const lang of new Set(missing.map((one) => one.lang))) {
      const some = missing.filter((one) => one.lang === lang)
      const answers = await resolveAll(
        { pool },
        some.map(({ q = '' }) => q),
        lang,
      )
      for (const [at, one] of some.entries()) known.set(keyOf(one), answers[at] as Resolved)
    }
  }
}

async function hasListing(context: Context, { search, words }: { search: Search; words: Resolved | null }, id: string) {
  try {
    return (await matchesAmong(context, search, [id], words)).includes(id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION') return false // such as a currency without a rate today
    throw error
  }
}

/** Hashes of a listing's words; none for one that is not in the index. */
export async function termsOf({ db }: Context, id: string): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ term: string }[]>`
    SELECT unnest(d.terms)::text AS term FROM app.search_document d JOIN app.listing l ON l.number = d.listing WHERE l.id = ${id}`
  return new Set(rows.map(({ term }) => term))
}
