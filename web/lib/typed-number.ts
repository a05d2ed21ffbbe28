import type { Locale } from 'next-intl'

/** A number as `parseAmount` wants it, or two readings of a text that a careful reader would ask about. */
export type TypedNumber = { plain: string } | { whole: string; decimal: string }

const points: Readonly<Record<string, [point: string, other: string]>> = { en: ['\\.', ','], de: [',', '\\.'] }
const SPACES = /(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))/g

/**
 * What a person typed as a number. What stands for decimals in their language does; the other sign keeps thousands apart where it
 * is clear that it does, and is one for decimals where it cannot. "1.200" in German is 1200 to some and 1.2 to others: money is not
 * guessed at. What is no number comes back as it is, to be refused by who parses it.
 */
export function readNumber(text: string, locale: Locale): TypedNumber {
  const typed = text.trim().replace(SPACES, '')
  const [point, other] = points[locale] ?? ['\\.', ',']
  const plain = (digits: string) => ({ plain: digits.replace(/[.,]/, '.') })
  if (new RegExp(`^\\d*(?:${point}\\d*)?$`).test(typed)) return plain(typed)
  const groups = new RegExp(`^[1-9]\\d{0,2}((?:${other}\\d{3})+)(?:${point}\\d*)?$`).exec(typed)?.[1]
  if (groups === undefined) return new RegExp(`^\\d*${other}\\d*$`).test(typed) ? plain(typed) : { plain: typed }
  const whole = typed.replace(new RegExp(other, 'g'), '')
  if (groups.length > '.000'.length || new RegExp(point).test(typed)) return plain(whole)
  return { whole, decimal: writtenIn(locale, typed.replace(/[.,]/, '.')) }
}

/** A plain number as a field in this language has it. */
export function writtenIn(locale: Locale, plain: string): string {
  return locale === 'de' ? plain.replace('.', ',') : plain
}

/** The same where nothing is signed: thousands are meant where the unit has no third decimal, or where it may be either. */
export function readPrice(text: string, locale: Locale, decimals: number): string {
  const grouped = decimals < 3 && /^[1-9]\d{0,2}[.,]\d{3}$/.test(text.trim())
  if (grouped) return text.trim().replace(/[.,]/, '')
  const read = readNumber(text, locale)
  return 'plain' in read ? read.plain : read.whole
}
