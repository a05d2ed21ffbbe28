import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { ArbiterDesk } from '@/features/disputes/arbiter-desk'
import { Words } from '@/i18n/words'
import { Queries } from '@/lib/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes')
  return { title: t('title'), robots: { index: false } }
}

export default function ArbiterPage() {
  const t = useTranslations('disputes')
  return (
    <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="mb-2 font-semibold text-3xl tracking-tight">{t('title')}</h1>
      <p className="mb-6 text-muted">{t('lead')}</p>
      <Words of={['disputes', 'deals']}>
        <Queries>
          <ArbiterDesk />
        </Queries>
      </Words>
    </main>
  )
}
