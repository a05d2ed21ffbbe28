import type { Facets } from '@fairhold/api/contract/listings/search'
import { conditions } from '@fairhold/protocol/listing/vocabulary'
import { type Currency, isCurrency, minorDigits } from '@fairhold/protocol/rate'
import type { Locale } from '@/i18n/locales'
import { formatLocales } from '@/i18n/locales'
import type { Words } from '@/i18n/words-of'
import type { TokenInfo } from '@/lib/chain-tokens'
import type { FacetChoice } from './facet-group'
import { type Filters, hrefOf } from './filters'

export interface FacetContext {
  filters: Filters
  facets: Facets
  tokens: readonly TokenInfo[]
  locale: Locale
  t: Words<'market'>
  goods: Words<'goods'>
  /** The country that the reader seems to be in; empty if that is not known. */
  home: string
}

type Key = 'condition' | 'token' | 'brand' | 'country' | 'ships' | 'score'

/** A choice of one value: what is chosen already leads back. */
function choice({ filters }: FacetContext, key: Key, of: { value: string; label: string; count: number | null }): FacetChoice {
  const isChosen = filters[key].toLowerCase() === of.value.toLowerCase()
  return { key: of.value, label: of.label, count: of.count, isChosen, href: hrefOf(filters, { [key]: isChosen ? '' : of.value }) }
}

export function conditionChoices(context: FacetContext): FacetChoice[] {
  const counts = countsOf(context.facets.condition)
  return conditions
    .filter((value) => counts.has(value) || context.filters.condition === value)
    .map((value) =>
      choice(context, 'condition', { value, label: context.goods(`condition.${value}`), count: counts.get(value) ?? 0 }),
    )
}

export function tokenChoices(context: FacetContext): FacetChoice[] {
  const counts = countsOf(context.facets.token)
  return context.tokens.map(({ address, symbol }) =>
    choice(context, 'token', { value: symbol, label: symbol, count: counts.get(address.toLowerCase()) ?? 0 }),
  )
}

export function brandChoices(context: FacetContext): FacetChoice[] {
  return context.facets.brand.map(({ value, count }) => choice(context, 'brand', { value, label: value, count }))
}

export function countryChoices(context: FacetContext): FacetChoice[] {
  const name = countryNames(context.locale)
  return context.facets.country.map(({ value, count }) => choice(context, 'country', { value, label: name(value), count }))
}

/** Where it can be sent: what goes everywhere goes to each country too. The reader's own comes first. */
export function shipsChoices(context: FacetContext): FacetChoice[] {
  const { facets, filters, home, locale } = context
  const counts = countsOf(facets.shipsTo)
  const everywhere = counts.get('*') ?? 0
  const codes = new Set(
    [home, filters.ships, ...facets.shipsTo.map(({ value }) => value)].filter((code) => code !== '' && code !== '*'),
  )
  const name = countryNames(locale)
  return [...codes]
    .map((value) => choice(context, 'ships', { value, label: name(value), count: (counts.get(value) ?? 0) + everywhere }))
    .filter(({ count, isChosen }) => isChosen || count !== 0)
}

export function scoreChoices(context: FacetContext): FacetChoice[] {
  const counts = countsOf(context.facets.minScore)
  return ['5', '4', '3']
    .filter((value) => counts.has(value) || context.filters.score === value)
    .map((value) =>
      choice(context, 'score', {
        value,
        label: context.t('filters.stars', { count: Number(value) }),
        count: counts.get(value) ?? 0,
      }),
    )
}

/** Ranges of prices in the reader's currency that some listings are in. */
export function priceChoices({ facets, filters, locale, t }: FacetContext): FacetChoice[] {
  const currency = filters.cur
  if (!isCurrency(currency) || filters.token !== '') return []
  return facets.price.map(({ value, count }) => {
    const [from, to] = [BigInt(value), upperEdge(BigInt(value), currency)]
    const [min, max] = [wholeOf(from, currency), to === null ? '' : wholeOf(to, currency)]
    const isChosen = filters.min === min && filters.max === max
    const words = { from: wholeMoney(min || '0', currency, locale), to: wholeMoney(max || min, currency, locale) }
    const label =
      to === null
        ? t('filters.priceOver', words)
        : from === 0n
          ? t('filters.priceUnder', words)
          : t('filters.priceBetween', words)
    return {
      key: value,
      label,
      count,
      isChosen,
      href: hrefOf(filters, isChosen ? { min: '', max: '' } : { min, max, cur: currency }),
    }
  })
}

/** Without decimals: the edges have none. */
function wholeMoney(whole: string, currency: Currency, locale: Locale): string {
  const format = new Intl.NumberFormat(formatLocales[locale], { style: 'currency', currency, maximumFractionDigits: 0 })
  return format.format(BigInt(whole))
}

/** Where the API cuts prices into ranges, in whole units. */
const EDGES = [0n, 10n, 25n, 50n, 100n, 250n, 500n, 1_000n, 2_500n, 5_000n, 10_000n]

function upperEdge(from: bigint, currency: Currency): bigint | null {
  const unit = 10n ** BigInt(minorDigits(currency))
  const next = EDGES.find((edge) => edge * unit > from)
  return next === undefined ? null : next * unit
}

function wholeOf(minor: bigint, currency: Currency): string {
  return minor === 0n ? '' : (minor / 10n ** BigInt(minorDigits(currency))).toString()
}

const countsOf = (facet: Facets['category']) => new Map(facet.map(({ value, count }) => [value, count]))

/** Names of countries in the reader's language. */
export function countryNames(locale: Locale): (code: string) => string {
  const names = new Intl.DisplayNames(formatLocales[locale], { type: 'region', fallback: 'code' })
  return (code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code)
}
