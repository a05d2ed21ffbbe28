'use client'

import { Gavel } from 'lucide-react'
import { dealCopy } from '@/features/deals/copy'
import { DealsOf } from '@/features/deals/deal-list'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Tabs } from '@/ui/tabs'

/** The disputes that name the signed-in person as arbiter: those to decide, and those that have ended. */
export function ArbiterDesk() {
  const { session, openSignIn } = useSession()
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
  const tabs = [
    { value: 'open', label: dealCopy.openCases, content: <DealsOf accounts={session.wallets} show="openCases" /> },
    { value: 'ended', label: dealCopy.endedCases, content: <DealsOf accounts={session.wallets} show="endedCases" /> },
  ]
  return <Tabs label="Cases" tabs={tabs} />
}
