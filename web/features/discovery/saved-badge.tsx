'use client'

import { lazy, Suspense } from 'react'
import { useSession } from '@/features/identity/session'

/** Only for those who are signed in: nobody else loads it. */
const SavedCount = lazy(() => import('./saved-count'))

/** Leads to what was saved, and says how many alerts have not been read. */
export function SavedBadge() {
  const { session } = useSession()
  return (
    session && (
      <Suspense fallback={<span className="block size-11" />}>
        <SavedCount account={session.address} />
      </Suspense>
    )
  )
}
