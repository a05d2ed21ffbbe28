import type { Currency } from '@fairhold/protocol/rate'
import { useLocale, useTranslations } from 'next-intl'
import { formatLocales } from '@/i18n/locales'
import { buttonClass } from '@/ui/button'
import type { Option } from '@/ui/select'
import { CurrencySelect } from './currency-select'
import { NO_CURRENCY } from './rate-view'

/** Chooses the currency that prices are shown in beside their token. A plain form: it works without JavaScript. */
export function CurrencyChooser({ known, chosen }: { known: readonly Currency[]; chosen: string | null }) {
  const locale = useLocale()
  const t = useTranslations('rates')
  const names = new Intl.DisplayNames(formatLocales[locale], { type: 'currency' })
  const options: Option[] = [
    ...known.map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` })),
    { value: NO_CURRENCY, label: t('none') },
  ]
  return (
    <form action="/currency" method="post" className="flex items-center gap-1.5">
      <CurrencySelect options={options} chosen={chosen ?? NO_CURRENCY} label={t('choose')} hint={t('chooseHint')} />
      <noscript>
        <button type="submit" className={buttonClass({ variant: 'ghost', size: 'sm' })}>
          {t('set')}
        </button>
      </noscript>
    </form>
  )
}
