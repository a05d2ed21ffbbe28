import { useLocale } from 'next-intl'
import { localeNames, locales } from '@/i18n/locales'
import { cx } from './cx'

/** The languages of the site, each in its own words. The server answers in the chosen one from then on. */
export function LocaleSwitch({ label }: { label: string }) {
  const current = useLocale()
  return (
    <form action="/locale" method="post" aria-label={label} className="flex gap-1">
      {locales.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          aria-current={locale === current ? 'true' : undefined}
          className={cx(
            'min-h-11 rounded-xl px-3 text-sm hover:bg-sunken',
            locale === current ? 'font-semibold text-ink' : 'text-muted',
          )}
        >
          {localeNames[locale]}
        </button>
      ))}
    </form>
  )
}
