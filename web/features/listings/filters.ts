import type { SearchInput } from '@fairhold/api/contract/listings/search'
import { countries } from '@fairhold/protocol/listing/countries'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import { formatAmount, parseAmount } from '@fairhold/protocol/money'
import { isCurrency, minorDigits } from '@fairhold/protocol/rate'
import type { Locale } from 'next-intl'
import type { TokenInfo } from '@/lib/chain-tokens'
import { readPrice } from '../../lib/typed-number.ts'

/** What the address bar of the market holds, by the names it has there. Empty where nothing is chosen. */
export interface Filters {
  q: string
  category: string
  condition: string
  /** Symbol. */
  token: string
  brand: string
  /** Where the item is, and where it should be sent: codes of countries. */
  country: string
  ships: string
  /** Stars of the seller, at least. */
  score: string
  /** A town by its number, or as somebody wrote it; and kilometres around it. */
  near: string
  place: string
  km: string
  /** Prices as plain numbers, in the token if one is chosen, else in the currency. */
  min: string
  max: string
  cur: string
  sort: string
  /** Sold ones too. */
  all: boolean
  /** How many are shown, beginning behind the cursor. */
  show: string
  cursor: string
}

export const sorts = ['relevance', 'newest', 'price-asc', 'price-desc', 'nearest'] as const
export const distances = ['10', '25', '50', '100', '250', '500'] as const
export const PAGE = 24
/** A page longer than that is slow on a phone: behind it the next one begins. */
export const MOST_SHOWN = 120
type Params = Record<string, string | string[] | undefined>

/** Reads the address bar; what is not a choice of ours counts as not chosen. */
export function readFilters(
  params: Params,
  { tokens, currency, locale }: { tokens: readonly TokenInfo[]; currency: string | null; locale: Locale },
): Filters {
  const text = (name: string, most = 60) => {
    const value = params[name]
    const first = (Array.isArray(value) ? value[0] : value) ?? ''
    return first.replaceAll('\0', '').slice(0, most).toWellFormed().trim()
  }
  const choice = (name: string, choices: readonly string[]) => (choices.includes(text(name)) ? text(name) : '')
  const symbols = tokens.map(({ symbol }) => symbol)
  const place = text('place')
  const token = choice('token', symbols)
  const cur = isCurrency(text('cur')) ? text('cur') : (currency ?? '')
  const decimals = tokens.find(({ symbol }) => symbol === token)?.decimals ?? (isCurrency(cur) ? minorDigits(cur) : 0)
  return {
    q: text('q', 200),
    category: choice('category', categories),
    condition: choice('condition', conditions),
    token,
    brand: text('brand'),
    country: choice('country', countries),
    ships: choice('ships', countries),
    score: choice('score', ['1', '2', '3', '4', '5']),
    near: place === '' && /^[1-9]\d{0,8}$/.test(text('near')) ? text('near') : '',
    place,
    km: choice('km', distances),
    min: priceFrom(text('min', 40), locale, decimals),
    max: priceFrom(text('max', 40), locale, decimals),
    cur,
    sort: choice('sort', sorts),
    all: text('all') === '1',
    show: String(shownFrom(text('show'))),
    cursor: text('cursor', 400),
  }
}

/** A price as `amountFrom` and this function read it, in any language; empty for what is none. */
function priceFrom(text: string, locale: Locale, decimals: number): string {
  const plain = readPrice(text, locale, decimals)
  if (amountFrom(plain, decimals) === undefined) return ''
  return /\.\d{3}$/.test(plain) ? `${plain}0` : plain // three digits might be taken for thousands
}

function shownFrom(text: string): number {
  const wanted = /^\d{1,3}$/.test(text) ? Number(text) : PAGE
  return Math.min(MOST_SHOWN, Math.max(PAGE, Math.ceil(wanted / PAGE) * PAGE))
}

/** The same as the API wants it, without order and page. */
export function queryFrom(filters: Filters, tokens: readonly TokenInfo[]): SearchInput {
  const token = tokens.find(({ symbol }) => symbol === filters.token)
  const query: Record<string, string | number | undefined> = {
    q: filters.q,
    category: filters.category,
    condition: filters.condition,
    token: token?.address,
    brand: filters.brand,
    country: filters.country,
    shipsTo: filters.ships,
    minScore: filters.score === '' ? undefined : Number(filters.score),
    ...placeFrom(filters),
    ...pricesFrom(filters, token),
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as SearchInput
}

/** A search with its order and its page. */
export function searchFrom(filters: Filters, tokens: readonly TokenInfo[]): SearchInput {
  const search = queryFrom(filters, tokens)
  search.available = filters.all ? 'false' : 'true'
  if (filters.cursor) search.cursor = filters.cursor
  const sort = filters.sort === 'nearest' && filters.near === '' ? '' : filters.sort
  if (sort) search.sort = sort as (typeof sorts)[number]
  return search
}

function placeFrom({ near, km }: Filters) {
  if (near === '') return {}
  return { near: Number(near), within: km === '' ? undefined : Number(km) }
}

function pricesFrom({ min, max, cur }: Filters, token: TokenInfo | undefined) {
  const decimals = token ? token.decimals : isCurrency(cur) ? minorDigits(cur) : null
  if (decimals === null) return {}
  const [minPrice, maxPrice] = [amountFrom(min, decimals), amountFrom(max, decimals)]
  if (minPrice === undefined && maxPrice === undefined) return {}
  return { minPrice, maxPrice, currency: token ? undefined : cur }
}

function amountFrom(text: string, decimals: number): string | undefined {
  try {
    const amount = text === '' ? '' : parseAmount(text, decimals).toString()
    return amount.length > 78 || amount === '' ? undefined : amount
  } catch {
    return undefined
  }
}

/** Whether anything narrows the market down. */
export function isNarrowed(filters: Filters): boolean {
  const { cursor, show, sort, cur, km, all, ...rest } = filters
  return all || Object.values(rest).some((value) => value !== '')
}

/** The market's address with some filters changed; empty ones, and those that mean nothing alone, are left out. */
export function hrefOf(filters: Filters, change: Partial<Filters>): string {
  const next: Filters = { ...filters, cursor: '', show: '', ...change }
  if (next.min === '' && next.max === '') next.cur = ''
  if (next.token !== '') next.cur = ''
  if (next.near === '' && next.place === '') next.km = ''
  if (next.show === String(PAGE)) next.show = ''
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(next)) {
    if (value === true) params.set(name, '1')
    else if (typeof value === 'string' && value !== '') params.set(name, value)
  }
  const query = params.toString()
  return query === '' ? '/' : `/?${query}`
}

/** Filters as hidden fields of a form that changes others, so that they stay as they are. */
export function hiddenFields(filters: Filters, changed: readonly (keyof Filters)[]): [name: string, value: string][] {
  const { search } = new URL(hrefOf(filters, {}), 'http://localhost')
  return [...new URLSearchParams(search)].filter(([name]) => !(changed as readonly string[]).includes(name))
}

/** The market's address for a search as it was saved: what `queryFrom` made, the other way round. */
export function hrefOfQuery(query: Readonly<Record<string, string | number>>, tokens: readonly TokenInfo[]): string {
  const text = (name: string) => String(query[name] ?? '')
  const token = tokens.find(({ address }) => address.toLowerCase() === text('token').toLowerCase())
  const currency = text('currency')
  const decimals = token ? token.decimals : isCurrency(currency) ? minorDigits(currency) : null
  const price = (name: string) => (decimals === null || text(name) === '' ? '' : formatAmount(BigInt(text(name)), decimals))
  const params = {
    ...{
      q: text('q'),
      category: text('category'),
      condition: text('condition'),
      token: token?.symbol ?? '',
      brand: text('brand'),
    },
    ...{ country: text('country'), ships: text('shipsTo'), score: text('minScore'), near: text('near'), km: text('within') },
    ...{ min: price('minPrice'), max: price('maxPrice'), cur: currency },
  }
  return hrefOf(readFilters(params, { tokens, currency: null, locale: 'en' }), {}) // plain numbers have a point
}
