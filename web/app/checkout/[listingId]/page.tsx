import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Checkout } from '@/features/checkout/checkout'
import { CounterCheckout } from '@/features/checkout/counter-checkout'
import { loadRates } from '@/features/rates/load'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { Queries } from '@/lib/queries'

const ID = /^0x[0-9a-fA-F]{64}$/

type Props = {
  params: Promise<{ listingId: string }>
  searchParams: Promise<{ choice?: string | string[]; offer?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout')
  return { title: t('title'), robots: { index: false } }
}

export default async function CheckoutPage({ params, searchParams }: Props) {
  const [{ listingId }, { choice, offer }, t, rates] = await Promise.all([
    params,
    searchParams,
    getTranslations('checkout'),
    loadRates(),
  ])
  const listing = ID.test(listingId) ? await api.listings.get(listingId) : null
  if (!listing) notFound()
  const initialChoice = typeof choice === 'string' && /^\d{1,3}$/.test(choice) ? Number(choice) : 0
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">{t('title')}</h1>
      <Queries>
        <Words of={['checkout', 'rates', 'send', 'receipt']}>
          {typeof offer === 'string' && ID.test(offer) ? (
            <CounterCheckout listing={listing} offerId={offer} rates={rates} />
          ) : (
            <Checkout listing={listing} counter={null} initialChoice={initialChoice} rates={rates} />
          )}
        </Words>
      </Queries>
    </main>
  )
}
