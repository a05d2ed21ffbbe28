import type { Metadata } from 'next'
import { ArbiterDesk } from '@/features/disputes/arbiter-desk'
import { Queries } from '@/lib/queries'

export const metadata: Metadata = { title: 'Arbiter desk' }

export default function ArbiterPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-6">
      <h1 className="mb-2 font-semibold text-3xl tracking-tight">Arbiter desk</h1>
      <p className="mb-6 text-muted">Disputes in deals that name you as their arbiter.</p>
      <Queries>
        <ArbiterDesk />
      </Queries>
    </main>
  )
}
