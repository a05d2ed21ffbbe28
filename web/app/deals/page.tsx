import type { Metadata } from 'next'
import { MyDeals } from '@/features/deals/deal-list'
import { Queries } from '@/lib/queries'

export const metadata: Metadata = { title: 'My deals' }

export default function DealsPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">My deals</h1>
      <Queries>
        <MyDeals />
      </Queries>
    </main>
  )
}
