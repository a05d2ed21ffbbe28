'use client'

import { lazy, Suspense } from 'react'
import { useSession } from '@/features/identity/session'

/** With the cards that it shows. Nobody loads it who is not signed in. */
const Recommended = lazy(() => import('./recommended'))

/** What somebody may like, for who is signed in and wants that. */
export function Recommendations() {
  const { session } = useSession()
  return (
    session && (
      <Suspense>
        <Recommended account={session.address} />
      </Suspense>
    )
  )
}
