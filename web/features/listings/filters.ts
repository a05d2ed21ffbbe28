import type { SearchInput } from '@fairhold/api/contract/listings/search'
import { categories, conditions } from '@fairhold/protocol/listing/content'
import { parseAmount } from '@fairhold/protocol/money'
import type { TokenInfo } from '@/lib/chain-tokens'

/** What the address bar of the market holds. Prices are as a person writes them, in the chosen currency. */
export interface Filters {
  q: string
  category: string
  condition: string
  token: string
  min: string
  max: string
  sort: string
  all: boolean
  cursor: string
}

export const sorts = ['relevance', 'newest', 'price-asc', 'price-desc'] as const
type Params = Record<string, string | string[] | undefined>

/** Reads the address bar; what is not a choice of ours counts as not chosen. */
export function readFilters(params: Params, tokens: readonly TokenInfo[]): Filters {
  const text = (name: string) => {
    const value = params[name]
    return (Array.isArray(value) ? value[0] : value)?.trim() ?? ''
  }
  const choice = (name: string, choices: readonly string[]) => (choices.includes(text(name)) ? text(name) : '')
  return {
    q: text('q').replaceAll('\0', '').slice(0, 200),
    category: choice('category', categories),
    condition: choice('condition', conditions),
    token: choice(
      'token',
      tokens.map(({ symbol }) => symbol),
    ),
    min: text('min'),
    max: text('max'),
    sort: choice('sort', sorts),
    all: text('all') === '1',
    cursor: text('cursor').slice(0, 400),
  }
}

/** The same as the API wants it. A price needs a currency, and one that is no number is left out. */
export function searchFrom(filters: Filters, tokens: readonly TokenInfo[]): SearchInput {
  const token = tokens.find(({ symbol }) => symbol === filters.token)
  const search: SearchInput = { available: filters.all ? 'false' : 'true', limit: 24 }
  if (filters.q) search.q = filters.q
  if (filters.category) search.category = filters.category as (typeof categories)[number]
  if (filters.condition) search.condition = filters.condition as (typeof conditions)[number]
  if (filters.sort) search.sort = filters.sort as (typeof sorts)[number]
  if (filters.cursor) search.cursor = filters.cursor
  if (!token) return search
  search.token = token.address
  const min = amountOrNull(filters.min, token.decimals)
  const max = amountOrNull(filters.max, token.decimals)
  if (min !== null) search.minPrice = min
  if (max !== null) search.maxPrice = max
  return search
}

/** The market's address with some filters changed; empty ones are left out. */
export function hrefOf(filters: Filters, change: Partial<Filters>): string {
  const next = { ...filters, cursor: '', ...change }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(next)) {
    if (value === true) params.set(name, '1')
    else if (typeof value === 'string' && value !== '') params.set(name, value)
  }
  const query = params.toString()
  return query === '' ? '/' : `/?${query}`
}

function amountOrNull(text: string, decimals: number): string | null {
  try {
    return text === '' ? null : parseAmount(text, decimals).toString()
  } catch {
    return null
  }
}
