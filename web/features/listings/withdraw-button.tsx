'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Address } from 'viem'
import { problemOf } from '@/features/deals/problem'
import { SendStatus } from '@/features/deals/send-status'
import { useSend } from '@/features/deals/use-send'
import { useSession } from '@/features/identity/session'
import { api, type Listing } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { useToast } from '@/ui/toast'

/** For the seller: off the market at once, and void on the chain for who wants to be certain. */
export function WithdrawListing({ listing }: { listing: Listing }) {
  const { session } = useSession()
  const { escrow } = useMarketConfig()
  const router = useRouter()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const indexed = async () => (await api.listings.get(listing.id))?.units.every(({ taken }) => taken) ?? false
  const onDone = () => router.refresh()
  const { state, send, busy: sending } = useSend(`void:${listing.id}`, { indexed, onDone })
  if (!session?.wallets.includes(listing.seller.address) || listing.status === 'sold') return null
  const withdraw = async () => {
    setBusy(true)
    try {
      await api.listings.withdraw(listing.id)
      toast('Your listing is off the market.', 'success')
      router.refresh()
    } catch (error) {
      toast(problemOf(error).title, 'danger')
    } finally {
      setBusy(false)
    }
  }
  const voidOffer = () =>
    send({
      indexed,
      onDone,
      prepare: async () => (await import('./voiding')).voidingOf(listing, escrow as Address),
    })
  return (
    <Card>
      <CardHeader
        title="Your listing"
        hint="Taking it off the market hides it. Who saved the signed offer could still take it, until you void it on the chain."
      />
      <div className="flex flex-wrap gap-2">
        {listing.status === 'active' && (
          <Button variant="secondary" loading={busy} onClick={withdraw}>
            Take off the market
          </Button>
        )}
        {listing.units.some(({ taken }) => !taken) && (
          <Button variant="secondary" loading={sending} onClick={voidOffer}>
            Void on the chain
          </Button>
        )}
      </div>
      <div className="mt-3 empty:hidden">
        <SendStatus state={state} done="The offer is void." />
      </div>
    </Card>
  )
}
