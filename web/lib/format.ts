import { formatAmount } from '@fairhold/protocol/money'
import { isCurrency } from '@fairhold/protocol/rate'
import { formatLocales, type Locale } from '../i18n/locales.ts'

/** `0x1234…abcd`. */
export function shortHex(value: string): string {
  return value.length <= 12 ? value : `${value.slice(0, 6)}…${value.slice(-4)}`
}

/** A DID with its parts in short: `did:pkh:…0x1234…abcd`, `did:key:z6Mk…abcd`. What is short is whole. */
export function shortDid(did: string): string {
  const [scheme, method, ...rest] = did.split(':')
  if (did.length <= 32 || rest.length === 0) return did
  return `${scheme}:${method}:${rest.length > 1 ? '…' : ''}${shortHex(rest.at(-1) ?? '')}`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
const UTC = 'UTC'

// Making one of these is slow, formatting is not.
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = numberFormats.get(key) ?? new Intl.NumberFormat(formatLocales[locale], options)
  numberFormats.set(key, made)
  return made
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = dateFormats.get(key) ?? new Intl.DateTimeFormat(formatLocales[locale], options)
  dateFormats.set(key, made)
  return made
}

function unit(count: number, name: string, locale: Locale): string {
  return numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long', useGrouping: false }).format(count)
}

/** Seconds as `3 days 4 hours`, the two largest units; `45 seconds` below a minute. */
export function duration(seconds: number, locale: Locale): string {
  if (seconds < 60) return unit(Math.max(0, Math.floor(seconds)), 'second', locale)
  let rest = Math.floor(seconds)
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 && parts.length < 2) parts.push(unit(count, name, locale))
  }
  return parts.join(' ')
}

/**
 * `9 Nov 2026, 14:05`, or `09.11.2026, 14:05`, where the reader is: the zone comes from the server, which has it from the browser, so
 * that both write the same. Where it is not known yet it is UTC, and says so.
 */
export function dateTime(seconds: number, locale: Locale, zone: string | undefined): string {
  const timeZone = zone ?? UTC
  const shown = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(seconds * 1000)
  return timeZone === UTC ? `${shown} UTC` : shown
}

/** `9 Nov 2026` or `09.11.2026`, from an ISO 8601 date. */
export function dateOf(iso: string, locale: Locale, zone: string | undefined): string {
  return dateFormat(locale, { dateStyle: 'medium', timeZone: zone ?? UTC }).format(new Date(iso))
}

/** 250 basis points as `2.5%` or `2,5 %`. */
export function percent(bps: number, locale: Locale): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000)
}

/** `1,234.5` or `1.234,5`, with exactly `digits` after the point where they are given. */
export function number(value: number, locale: Locale, digits?: number): string {
  return numberFormat(
    locale,
    digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits },
  ).format(value)
}

/** Base units as a number to the last digit: 1234500000n of 6 decimals is `1,234.5` or `1.234,5`. Nothing is rounded. */
export function amount(units: bigint, decimals: number, locale: Locale): string {
  // As text, which Intl reads exactly; a number would lose digits.
  const exact = formatAmount(units, decimals) as Intl.StringNumericLiteral
  return numberFormat(locale, { maximumFractionDigits: Math.min(decimals, MOST_DIGITS) }).format(exact)
}

const MOST_DIGITS = 100 // that Intl takes

/** An amount with its token, as in running text: `1,234.5 USDT`. */
export function money(units: bigint, token: { decimals: number; symbol: string }, locale: Locale): string {
  return `${amount(units, token.decimals, locale)}\u00a0${token.symbol}`
}

/** A money amount of a fiat currency from its minor units: 12340 of EUR is `€123.40` or `123,40 €`. */
export function fiat(minor: bigint, currency: string, locale: Locale): string {
  const format = numberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(formatAmount(minor, digits) as Intl.StringNumericLiteral)
}

/** A price that a person typed, in a currency or a token, as the language writes it; as it was typed where it is no number. */
export function typedPrice(text: string, unit: string, locale: Locale): string {
  const plain = text.replace(',', '.')
  if (!/^\d{1,30}(\.\d{1,30})?$/.test(plain) || unit === '') return text
  const exact = plain as Intl.StringNumericLiteral
  if (!isCurrency(unit)) return `${numberFormat(locale, { maximumFractionDigits: 30 }).format(exact)}\u00a0${unit}`
  const digits = plain.includes('.') ? {} : { maximumFractionDigits: 0 }
  return numberFormat(locale, { style: 'currency', currency: unit, ...digits }).format(exact)
}
