/** The languages of the dApp. One more is a folder in `messages/`, a line here and one in `catalogues.ts`. */
export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

export const DEFAULT_LOCALE: Locale = 'en'
/** Holds the language that somebody chose; without it their browser's wish counts. */
export const LOCALE_COOKIE = 'locale'

/** Each language in its own words, for the switch. */
export const localeNames: Record<Locale, string> = { en: 'English', de: 'Deutsch' }

/** How dates and numbers are written: English as in Britain, where the day comes before the month. */
export const formatLocales: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' }

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale)

/** The language to answer in: the chosen one, else what the browser likes best of ours, else English. */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null | undefined): Locale {
  if (isLocale(chosen)) return chosen
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight) // stable: of equal wishes the first one wins
  for (const { language } of wishes) {
    if (isLocale(language)) return language
    if (language === '*') break
  }
  return DEFAULT_LOCALE
}
