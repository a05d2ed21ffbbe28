'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { useSend } from '@/features/deals/use-send'
import { useRelay } from '@/features/relay/use-relay'
import { api, type Listing } from '@/lib/api'
import { relay } from '@/lib/api/relay'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'

/** The relayer takes no more signatures than this for one transaction. */
const MOST_SIGNATURES = 8

/** What the market offers a seller who ends a listing on the chain; null until it is known. */
interface Ways {
  /** How many other listings are in the group of this one: none, and the whole group is voided at once. */
  others: number
  /** Whether the marketplace would send it. */
  relays: boolean
}

function useWays({ offer, seller }: Listing): Ways | null {
  const [ways, setWays] = useState<Ways | null>(null)
  useEffect(() => {
    let stale = false
    const groups = api.listings
      .groups(seller.address)
      .then((all) => Math.max(0, (all.find(({ nonce }) => nonce === offer.nonce)?.listings ?? 1) - 1))
      .catch(() => 1) // voiding each unit is right in any case
    const relays = relay.offer().then(
      ({ acts, open }) => acts && open,
      () => false,
    )
    void Promise.all([groups, relays]).then(([others, offered]) => !stale && setWays({ others, relays: offered }))
    return () => {
      stale = true
    }
  }, [offer.nonce, seller.address])
  return ways
}

/** Voids a listing on the chain: by the seller's own transaction, or signed for the marketplace to send. */
export function useVoidListing(listing: Listing) {
  const market = useMarketConfig()
  const openWallet = useWalletCode()
  const router = useRouter()
  const ways = useWays(listing)
  const [relayed, setRelayed] = useState(false)
  const [byRelayer, setByRelayer] = useState(false)
  const how = ways?.others === 0 ? 'group' : 'units'
  const signatures = how === 'group' ? 1 : listing.free
  const followUp = {
    indexed: async () => (await api.listings.get(listing.id))?.free === 0,
    onDone: () => router.refresh(),
  }
  // Voiding is of the wallet that signed the offer: another one of the person's would void something else.
  const { address } = listing.seller
  const own = useSend(`void:${listing.id}`, followUp, address)
  const relaying = useRelay(`void:${listing.id}`, { id: listing.id, find: relay.ofVoided }, followUp, address)

  const start = () => {
    setByRelayer(relayed)
    if (relayed) {
      return relaying.send({
        ...followUp,
        handIn: async (account, key) => {
          const [{ signVoiding }, { config }] = await Promise.all([import('./voiding'), openWallet()])
          return relay.void(await signVoiding({ config, market, account }, listing, how), key)
        },
      })
    }
    return own.send({
      ...followUp,
      prepare: async () => {
        const { voidGroup, voidUnits } = await import('./voiding')
        return (how === 'group' ? voidGroup : voidUnits)(listing, market.escrow as Address)
      },
    })
  }
  const active = byRelayer || relaying.busy || (own.state.at === 'idle' && relaying.state.at !== 'idle') ? relaying : own
  const offered = ways?.relays === true && signatures <= MOST_SIGNATURES
  return { ways, signatures, start, state: active.state, busy: own.busy || relaying.busy, offered, relayed, setRelayed }
}
