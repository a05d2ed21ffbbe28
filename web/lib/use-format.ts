import { useLocale, useTimeZone } from 'next-intl'
import type { Locale } from '../i18n/locales.ts'
import { amount, dateOf, dateTime, duration, fiat, money, number, percent } from './format.ts'

/**
 * Numbers, times and money as a language writes them, times as they are where the reader is. For async server components, which take
 * no hooks: `formatOf(await getLocale(), await getTimeZone())`.
 */
export const formatOf = (locale: Locale, zone: string | undefined) => ({
  locale,
  /** Of an ISO 8601 date. */
  date: (iso: string) => dateOf(iso, locale, zone),
  /** Of seconds since 1970. */
  dateTime: (seconds: number) => dateTime(seconds, locale, zone),
  /** Of an ISO 8601 time. */
  time: (iso: string) => dateTime(Date.parse(iso) / 1000, locale, zone),
  duration: (seconds: number) => duration(seconds, locale),
  percent: (bps: number) => percent(bps, locale),
  number: (value: number, digits?: number) => number(value, locale, digits),
  amount: (units: bigint, decimals: number) => amount(units, decimals, locale),
  money: (units: bigint, token: { decimals: number; symbol: string }) => money(units, token, locale),
  fiat: (minor: bigint, currency: string) => fiat(minor, currency, locale),
})

export type Format = ReturnType<typeof formatOf>

/** The formats of the reader's language, in components of either side. */
export function useFormat(): Format {
  return formatOf(useLocale(), useTimeZone())
}
