'use client'

import { lazy, Suspense } from 'react'
import { useSession } from '@/features/identity/session'
import type { Listing } from '@/lib/api'
import { Skeleton } from '@/ui/skeleton'

/** With all that sending a transaction takes: only the seller loads it. */
const OwnCard = lazy(() => import('./own-card'))

/** What the seller can do with their listing; nothing for anybody else. */
export function OwnListing({ listing }: { listing: Listing }) {
  const { session } = useSession()
  if (!session?.wallets.includes(listing.seller.address)) return null
  return (
    <Suspense fallback={<Skeleton className="h-56" />}>
      <OwnCard listing={listing} />
    </Suspense>
  )
}
