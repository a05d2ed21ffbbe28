import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { DealView } from '@/features/deals/deal-view'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { Queries } from '@/lib/queries'
import { cookieHeader } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deals')
  return { title: t('terms.deal'), robots: { index: false } }
}

const ID = /^0x[0-9a-fA-F]{64}$/

export default async function DealPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const deal = ID.test(id) ? await api.deals.get(id, await cookieHeader()) : null
  if (!deal) notFound()
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <Words of={['deals', 'bids', 'checkout', 'send', 'receipt', 'disputes', 'reputation']}>
        <Queries>
          <DealView initial={deal} />
        </Queries>
      </Words>
    </main>
  )
}
