import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { loadRates } from '@/features/rates/load'
import { emptyDraft } from '@/features/sell/draft'
import { NewListing } from '@/features/sell/new-listing'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'

type Props = { searchParams: Promise<{ draft?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sell')
  return { title: t('title') }
}

export default async function SellPage({ searchParams }: Props) {
  const [t, locale, config, rates, { draft }] = await Promise.all([
    getTranslations('sell'),
    getLocale(),
    api.meta.config(),
    loadRates(),
    searchParams,
  ])
  const draftId = typeof draft === 'string' && /^(new|[0-9a-f-]{36})$/.test(draft) ? draft : null
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-3xl tracking-tight">{t('heading')}</h1>
      <p className="mt-2 mb-6 text-muted">{t('lead')}</p>
      <Words of={['sell', 'goods', 'attributes', 'rates']}>
        <NewListing empty={emptyDraft(config, locale)} draftId={draftId} rates={rates} />
      </Words>
    </main>
  )
}
