import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CartPage } from '@/features/cart/cart-page'
import { loadRates } from '@/features/rates/load'
import { Words } from '@/i18n/words'
import { Queries } from '@/lib/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cart')
  return { title: t('title'), robots: { index: false } }
}

export default async function Cart() {
  const [t, rates] = await Promise.all([getTranslations('cart'), loadRates()])
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">{t('title')}</h1>
      <Queries>
        <Words of={['cart', 'checkout', 'rates', 'send', 'receipt']}>
          <CartPage rates={rates} />
        </Words>
      </Queries>
    </main>
  )
}
