'use client'

import { actorOf } from '@fairhold/protocol/deal/machine'
import { useEffect, useState } from 'react'
import { BidThread } from '@/features/bids/bid-thread'
import { RulingDesk } from '@/features/disputes/ruling-desk'
import { RulingNotice } from '@/features/disputes/ruling-notice'
import { Statements } from '@/features/disputes/statements'
import { useSession } from '@/features/identity/session'
import { DealReviews } from '@/features/reputation/deal-reviews'
import type { Deal } from '@/lib/api'
import { DealActions } from './deal-actions'
import { DealHeader } from './deal-header'
import { DealMoney } from './deal-money'
import { DealTerms } from './deal-terms'
import { DealTimeline } from './deal-timeline'
import { myWalletIn } from './my-wallet'
import { Proposals } from './proposals'
import { Shipping } from './shipping'
import type { Viewer } from './shown'
import { clockOffset, useDeal } from './use-deal'
import { useDealAction } from './use-deal-action'

/** A deal, alive: what it waits for, what the viewer can do, and all that happened. */
export function DealView({ initial }: { initial: Deal }) {
  const { deal, refresh } = useDeal(initial)
  const { session } = useSession()
  const now = useChainNow(deal)
  const action = useDealAction(deal, refresh)
  const roles = { seller: deal.seller.address, buyer: deal.buyer.address, arbiter: deal.arbiter }
  const mine = myWalletIn(deal, session)
  const viewer: Viewer = mine ? actorOf(mine, roles) : 'stranger'
  const shared = { deal, viewer, now, action, refresh }
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is signed in decides what may be read
  useEffect(() => {
    void refresh()
  }, [session?.address, refresh])
  return (
    // On a phone: where it stands and what to do, what to read before it, then how it goes and the money, then the rest.
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
      <div className="flex min-w-0 flex-col gap-6">
        <DealHeader {...shared} />
        <DealActions {...shared} />
        {viewer === 'arbiter' && (
          <>
            <Statements {...shared} />
            <RulingDesk {...shared} />
          </>
        )}
        <RulingNotice {...shared} />
        <Proposals {...shared} />
        {deal.endedAt !== null && <DealReviews {...shared} />}
      </div>
      <aside className="flex min-w-0 flex-col gap-6 lg:row-span-2">
        <DealTimeline deal={deal} now={now} />
        <DealMoney deal={deal} />
        <DealTerms deal={deal} />
      </aside>
      <div className="flex min-w-0 flex-col gap-6">
        {viewer !== 'arbiter' && <Statements {...shared} />}
        <Shipping {...shared} />
        {deal.listing && (viewer === 'buyer' || viewer === 'seller') && (
          <BidThread listingId={deal.listing.id} buyer={deal.buyer.address} />
        )}
      </div>
    </div>
  )
}

const TICK_MS = 5_000

/** The chain's time, moving. The first render uses the server's, so that both agree. */
function useChainNow(deal: Deal): number {
  const [now, setNow] = useState(deal.chainNow)
  useEffect(() => {
    const offset = clockOffset(deal)
    setNow(deal.chainNow)
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000) + offset), TICK_MS)
    return () => clearInterval(timer)
  }, [deal])
  return now
}
