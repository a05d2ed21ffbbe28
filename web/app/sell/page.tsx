import type { Metadata } from 'next'
import { sellCopy } from '@/features/sell/copy'
import { SellForm } from '@/features/sell/sell-form'
import { Words } from '@/i18n/words'
import { Queries } from '@/lib/queries'

export const metadata: Metadata = { title: 'Sell' }

export default function SellPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-3xl tracking-tight">{sellCopy.heading}</h1>
      <p className="mt-2 mb-6 text-muted">{sellCopy.lead}</p>
      <Words of={['rates', 'goods']}>
        <Queries>
          <SellForm />
        </Queries>
      </Words>
    </main>
  )
}
