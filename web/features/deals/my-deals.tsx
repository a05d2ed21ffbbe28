'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Package } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { BidInbox } from '@/features/bids/bid-inbox'
import { BIDS_KEY } from '@/features/bids/use-bid'
import { useBidsLive } from '@/features/bids/use-bids-live'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Tabs } from '@/ui/tabs'
import { DEALS_KEY, DealsOf } from './deal-list'

const tabNames = ['purchases', 'sales', 'offers'] as const
type TabName = (typeof tabNames)[number]

/** Purchases, sales and offers of the person who is signed in: what waits for them first, and how much that is. */
export function MyDeals({ initialTab }: { initialTab?: string }) {
  const t = useTranslations('deals')
  const { session, openSignIn } = useSession()
  const queries = useQueryClient()
  const [tab, setTab] = useState<TabName | null>(tabNames.find((name) => name === initialTab) ?? null)
  const { data: counts } = useQuery({
    queryKey: [...DEALS_KEY, 'counts', session?.address],
    queryFn: () => api.deals.counts(),
    enabled: session !== null,
  })
  useBidsLive(() => {
    void queries.invalidateQueries({ queryKey: DEALS_KEY })
    void queries.invalidateQueries({ queryKey: BIDS_KEY })
  })
  if (!session) {
    return (
      <EmptyState
        icon={<Package aria-hidden="true" />}
        title={t('list.signIn.title')}
        action={<Button onClick={openSignIn}>{t('list.signIn.button')}</Button>}
      >
        {t('list.signIn.text')}
      </EmptyState>
    )
  }
  const waiting = { purchases: counts?.buyer.turn ?? 0, sales: counts?.seller.turn ?? 0, offers: counts?.offers ?? 0 }
  // Who has chosen none begins where something waits, or else where something is under way. Decided once: no list changes under a
  // reader's eyes.
  if (tab === null && counts) {
    const isSellingOnly = counts.buyer.open === 0 && counts.seller.open > 0
    setTab(tabNames.find((name) => waiting[name] > 0) ?? (isSellingOnly ? 'sales' : 'purchases'))
  }
  const contents: Record<TabName, ReactNode> = {
    purchases: <DealsOf accounts={session.wallets} show="purchases" />,
    sales: <DealsOf accounts={session.wallets} show="sales" />,
    offers: <BidInbox wallets={session.wallets} />,
  }
  const tabs = tabNames.map((name) => ({
    value: name,
    label: (
      <span className="flex items-center gap-2">
        {t(`list.${name}`)}
        {waiting[name] > 0 && <Badge tone="warning">{waiting[name]}</Badge>}
      </span>
    ),
    content: contents[name],
  }))
  const choose = (value: string) => {
    setTab(tabNames.find((name) => name === value) ?? 'purchases')
    window.history.replaceState(null, '', `?tab=${value}`) // a reload, or the way back, comes to the same list
  }
  return <Tabs label={t('list.title')} tabs={tabs} value={tab ?? 'purchases'} onValueChange={choose} />
}
