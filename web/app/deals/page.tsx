import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MyDeals } from '@/features/deals/my-deals'
import { Words } from '@/i18n/words'
import { Queries } from '@/lib/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deals')
  return { title: t('list.title'), robots: { index: false } }
}

export default async function DealsPage({ searchParams }: { searchParams: Promise<{ tab?: string | string[] }> }) {
  const [{ tab }, t] = await Promise.all([searchParams, getTranslations('deals')])
  return (
    <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">{t('list.title')}</h1>
      <Queries>
        <Words of={['deals', 'bids', 'checkout', 'send', 'receipt']}>
          <MyDeals {...(typeof tab === 'string' ? { initialTab: tab } : {})} />
        </Words>
      </Queries>
    </main>
  )
}
