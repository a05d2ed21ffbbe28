'use client'

import { lazy, Suspense } from 'react'
import { useSession } from '@/features/identity/session'

/** Only for those who are signed in: nobody else loads it. */
const WaitingCount = lazy(() => import('./waiting-count'))

/** How much waits for the person, beside a link to their deals. Nothing where nothing waits. */
export function WaitingBadge({ className }: { className?: string }) {
  const { session } = useSession()
  return (
    session && (
      <Suspense>
        <span className={className}>
          <WaitingCount session={session} />
        </span>
      </Suspense>
    )
  )
}
