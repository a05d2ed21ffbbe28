import { type Currency, convert, currencies, isCurrency, minorDigits, REFERENCE, REFERENCE_WORTH } from '@fairhold/protocol/rate'

/** Remembers which currency somebody wants to see prices in; `none` for no other than the token. */
export const CURRENCY_COOKIE = 'currency'
export const NO_CURRENCY = 'none'

const DAY_MS = 24 * 3_600_000
const WEEK_MS = 7 * DAY_MS

/** What a page needs to show prices in the reader's currency. Plain data: it goes from server to browser as it is. */
export interface RateView {
  currency: Currency
  /** By token address in lower case, and by currency: trillionths of a dollar, and when that was so. */
  worths: Readonly<Record<string, { worth: string; asOf: number; fixed: boolean }>>
  /** When the page was made, in milliseconds: the age of a rate counts from there on both sides. */
  now: number
}

export interface Approximation {
  /** In the currency's smallest unit. */
  minor: bigint
  currency: Currency
  /** The older of the two rates, in milliseconds. */
  asOf: number
  age: 'minutes' | 'old'
  /** Of a local chain: made up. */
  isFixed: boolean
}

interface RateItem {
  asset: string
  worth: string
  asOf: string
  source: string
}

export function viewOf(rates: readonly RateItem[], currency: Currency, now: number): RateView {
  const worths = Object.fromEntries(
    rates.map(({ asset, worth, asOf, source }) => [asset, { worth, asOf: Date.parse(asOf), fixed: source === 'fixed' }]),
  )
  return { currency, worths, now }
}

/** Currencies that there is a rate of. */
export function knownIn(rates: readonly RateItem[]): Currency[] {
  const assets = new Set(rates.map(({ asset }) => asset))
  return assets.size === 0 ? [] : currencies.filter((one) => one === REFERENCE || assets.has(one))
}

/** About how much that is in the reader's currency; null where a rate is missing or too old to say. */
export function approximate(
  { worths, currency, now }: RateView,
  amount: bigint,
  token: { address: string; decimals: number },
): Approximation | null {
  const address = token.address.toLowerCase()
  const ofToken = Object.hasOwn(worths, address) ? worths[address] : undefined
  const ofMoney = currency === REFERENCE ? { worth: String(REFERENCE_WORTH), asOf: now, fixed: false } : worths[currency]
  if (!ofToken || !ofMoney) return null
  const asOf = Math.min(ofToken.asOf, ofMoney.asOf)
  if (!(now - asOf <= WEEK_MS)) return null
  const minor = convert(
    amount,
    { decimals: token.decimals, worth: BigInt(ofToken.worth) },
    { decimals: minorDigits(currency), worth: BigInt(ofMoney.worth) },
  )
  const isFixed = ofToken.fixed || ofMoney.fixed
  return { minor, currency, asOf, age: now - asOf > DAY_MS ? 'old' : 'minutes', isFixed }
}

const BY_REGION: Readonly<Record<string, Currency>> = {
  ...{ US: 'USD', GB: 'GBP', CH: 'CHF', LI: 'CHF', AU: 'AUD', BR: 'BRL', CA: 'CAD', CN: 'CNY', CZ: 'CZK', DK: 'DKK', HK: 'HKD' },
  ...{ HU: 'HUF', ID: 'IDR', IL: 'ILS', IN: 'INR', IS: 'ISK', JP: 'JPY', KR: 'KRW', MX: 'MXN', MY: 'MYR', NO: 'NOK', NZ: 'NZD' },
  ...{ PH: 'PHP', PL: 'PLN', RO: 'RON', SE: 'SEK', SG: 'SGD', TH: 'THB', TR: 'TRY', ZA: 'ZAR' },
}

/** The chosen currency, else that of the region that the browser names, else euros; null for who wants none. */
export function pickCurrency(chosen: string | undefined, acceptLanguage: string | null): Currency | null {
  if (chosen === NO_CURRENCY) return null
  if (chosen !== undefined && isCurrency(chosen)) return chosen
  return BY_REGION[homeCountry(acceptLanguage)] ?? 'EUR'
}

/** The country that the browser's first language names, as in `de-CH`; empty if it names none. */
export function homeCountry(acceptLanguage: string | null): string {
  return /^\s*[a-z]{2,3}-([A-Za-z]{2})\b/.exec(acceptLanguage ?? '')?.[1]?.toUpperCase() ?? ''
}
