'use client'

import { Gavel } from 'lucide-react'
import { DealSkeletons, DealsOf } from '@/features/deals/deal-list'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** The deals that name the signed-in person as arbiter, open cases first. */
export function ArbiterDesk() {
  const { session, loading, openSignIn } = useSession()
  if (loading) return <DealSkeletons />
  if (!session) {
    return (
      <EmptyState
        icon={<Gavel aria-hidden="true" />}
        title="Sign in as an arbiter"
        action={<Button onClick={openSignIn}>Sign in</Button>}
      >
        Cases that name your address show here.
      </EmptyState>
    )
  }
  return <DealsOf account={session.address} role="arbiter" />
}
