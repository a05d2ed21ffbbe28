'use client'

import { Gavel } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DealsOf } from '@/features/deals/deal-list'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Tabs } from '@/ui/tabs'

/** The disputes that name the signed-in person as arbiter: those to decide, and those that have ended. */
export function ArbiterDesk() {
  const t = useTranslations('disputes')
  const { session, openSignIn } = useSession()
  if (!session) {
    return (
      <EmptyState
        icon={<Gavel aria-hidden="true" />}
        title={t('signedOut.title')}
        action={<Button onClick={openSignIn}>{t('signedOut.action')}</Button>}
      >
        {t('signedOut.text')}
      </EmptyState>
    )
  }
  const tabs = [
    { value: 'open', label: t('open'), content: <DealsOf accounts={session.wallets} show="openCases" /> },
    { value: 'ended', label: t('ended'), content: <DealsOf accounts={session.wallets} show="endedCases" /> },
  ]
  return <Tabs label={t('cases')} tabs={tabs} />
}
