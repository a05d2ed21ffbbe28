import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { LocaleSwitch } from '@/ui/locale-switch'

/** The line at the end of every page. */
export function Footer({ devChain }: { devChain: boolean }) {
  const t = useTranslations('frame')
  return (
    <footer className="mt-16 border-line border-t">
      <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-8 text-muted text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6">
        <p>{t('footer.motto')}</p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Link href="/how-it-works" className="underline underline-offset-4 hover:text-ink">
            {t('nav.how')}
          </Link>
          {devChain && <span>{t('footer.devChain')}</span>}
          <LocaleSwitch label={t('footer.language')} />
        </div>
      </div>
    </footer>
  )
}
