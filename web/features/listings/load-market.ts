import type { ListingPage } from '@fairhold/api/contract/listings'
import type { Facets, SearchInput } from '@fairhold/api/contract/listings/search'
import type { Locale } from '@/i18n/locales'
import { townName } from '@/i18n/towns'
import { ApiError } from '@/lib/api/client'
import { listings } from '@/lib/api/listings'
import { market, type Town } from '@/lib/api/market'
import type { TokenInfo } from '@/lib/chain-tokens'
import { countryNames } from './facet-choices'
import { type Filters, hrefOf, MOST_SHOWN, PAGE, queryFrom, searchFrom } from './filters'
import type { WayOn } from './no-results'

export interface Market {
  page: ListingPage
  facets: Facets
  /** What the API did not take of the address; null if all was well. */
  refusal: Refusal | null
}

const EMPTY: ListingPage = { items: [], nextCursor: null, corrected: null }
const NO_FACETS: Facets = {
  ...{ category: [], condition: [], token: [], brand: [], country: [], shipsTo: [], minScore: [], price: [] },
  ...{ total: 0, capped: false },
}
const MOST_AT_ONCE = 60
/** Fields of a search that are refused for a reason which has words of its own. */
const refused = ['token', 'currency', 'near'] as const
export type Refusal = (typeof refused)[number] | 'other'

/** What the market has for these filters. An address that somebody made up is no error: it finds nothing, and says why. */
export async function loadMarket(filters: Filters, tokens: readonly TokenInfo[], lang: string): Promise<Market> {
  const search = { ...searchFrom(filters, tokens), lang }
  try {
    const { cursor, sort, ...query } = search
    const [page, facets] = await Promise.all([
      loadPages(search, Number(filters.show)),
      listings.facets({ ...query, ...(filters.cur && !query.token ? { currency: filters.cur as 'EUR' } : {}) }),
    ])
    return { page, facets, refusal: null }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400) throw error
    return { page: EMPTY, facets: NO_FACETS, refusal: refusalOf(error) }
  }
}

function refusalOf({ fields }: ApiError): Refusal {
  const [field = ''] = Object.keys(fields)
  return refused.find((one) => one === field) ?? 'other'
}

/** So many listings from the cursor on, in as few requests as the API allows. */
async function loadPages(search: SearchInput, show: number): Promise<ListingPage> {
  const first = await listings.search({ ...search, limit: Math.min(show, MOST_AT_ONCE) })
  const items = [...first.items]
  let { nextCursor } = first
  while (nextCursor !== null && items.length < show) {
    const next = await listings.search({ ...search, cursor: nextCursor, limit: Math.min(show - items.length, MOST_AT_ONCE) })
    items.push(...next.items)
    nextCursor = next.nextCursor
  }
  return { ...first, items, nextCursor }
}

/** Where more leads: the same page longer, or the next one where it would be too long. */
export function hrefOfMore(filters: Filters, { nextCursor }: ListingPage): string | null {
  if (nextCursor === null) return null
  const show = Number(filters.show) + PAGE
  if (show > MOST_SHOWN) return hrefOf(filters, { cursor: nextCursor })
  return hrefOf(filters, { cursor: filters.cursor, show: String(show) })
}

/** The town that is searched around: by its number, or as somebody wrote it, the largest of exactly that name. */
export async function findTown({ near, place }: Filters, locale: Locale): Promise<Town | null> {
  if (near !== '') return market.town(near)
  if (place.length < 2) return null
  const [asked = place] = place.split(',')
  const towns = await market.towns(asked).catch(() => [])
  const isMeant = ({ name, country }: Town) =>
    [name, townName({ town: name, country }, locale)].some((one) => one.toLowerCase() === asked.trim().toLowerCase())
  return towns.find(isMeant) ?? towns[0] ?? null
}

/** `Porto, Portugal`. */
export function nameOfTown({ name, country }: Town, locale: Locale): string {
  return `${townName({ town: name, country }, locale)}, ${countryNames(locale)(country)}`
}

const MOST_WAYS = 4

/** What would be found with one filter less, as far as that is anything. */
export async function findWaysOn(
  filters: Filters,
  tokens: readonly TokenInfo[],
  chips: readonly { label: string; without: Partial<Filters> }[],
): Promise<WayOn[]> {
  if (chips.length < 2) return []
  const ways = await Promise.all(
    chips.slice(0, MOST_WAYS).map(async ({ label, without }) => {
      const fewer = { ...filters, cursor: '', ...without }
      const { total } = await listings.facets(queryFrom(fewer, tokens)).catch(() => NO_FACETS)
      return { label, href: hrefOf(fewer, {}), count: total }
    }),
  )
  return ways.filter(({ count }) => count > 0)
}
