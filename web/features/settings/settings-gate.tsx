'use client'

import { Settings } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** Shows the settings of the person who is signed in, or the way to sign in. What is inside begins anew for another person. */
export function SettingsGate({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  const { session, openSignIn } = useSession()
  if (!session) {
    return (
      <EmptyState
        icon={<Settings aria-hidden="true" className="size-6" />}
        title={t('signedOut.title')}
        action={<Button onClick={openSignIn}>{t('signedOut.action')}</Button>}
      >
        {t('signedOut.text')}
      </EmptyState>
    )
  }
  return (
    <div key={session.address} className="flex min-w-0 flex-col gap-6">
      {children}
    </div>
  )
}
