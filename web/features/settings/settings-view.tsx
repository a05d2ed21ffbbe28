'use client'

import { Settings } from 'lucide-react'
import type { Address } from 'viem'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Skeleton } from '@/ui/skeleton'
import { settingsCopy as copy } from './copy'
import { Credits } from './credits'
import { ProfileCard } from './profile-card'

/** Settings of the person who is signed in. */
export function SettingsView() {
  const { session, loading, openSignIn } = useSession()
  if (loading) return <Skeleton className="h-72" />
  if (!session) {
    return (
      <EmptyState
        icon={<Settings aria-hidden="true" className="size-6" />}
        title={copy.signedOut.title}
        action={<Button onClick={openSignIn}>{copy.signedOut.action}</Button>}
      >
        {copy.signedOut.text}
      </EmptyState>
    )
  }
  return (
    <div key={session.address} className="flex flex-col gap-6">
      <ProfileCard address={session.address} />
      <Credits account={session.address as Address} />
    </div>
  )
}
