import { getTranslations } from 'next-intl/server'
import { CurrencyChooser } from '@/features/rates/currency-chooser'
import { chosenCurrency, knownCurrencies } from '@/features/rates/load'
import Link from '@/ui/link'
import { LocaleSwitch } from '@/ui/locale-switch'

/** The line at the end of every page. */
export async function Footer({ devChain }: { devChain: boolean }) {
  const t = await getTranslations('site')
  const [known, chosen] = await Promise.all([knownCurrencies(), chosenCurrency()])
  return (
    <footer className="mt-16 border-line border-t pb-16 md:pb-0">
      <div className="mx-auto flex max-w-7xl flex-col gap-4 px-4 py-8 text-muted text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6">
        <p>{t('footer.motto')}</p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Link href="/how-it-works" className="underline underline-offset-4 hover:text-ink">
            {t('nav.how')}
          </Link>
          {devChain && <span>{t('footer.devChain')}</span>}
          {known.length > 1 && <CurrencyChooser known={known} chosen={chosen} />}
          <LocaleSwitch label={t('footer.language')} />
        </div>
      </div>
    </footer>
  )
}
