'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address } from 'viem'
import { RELAY_KEY } from '@/features/checkout/sender-choice'
import { useSend } from '@/features/deals/use-send'
import { useRelay } from '@/features/relay/use-relay'
import { type Bid, bids } from '@/lib/api/bids'
import { relay } from '@/lib/api/relay'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { useToast } from '@/ui/toast'
import { BIDS_KEY } from './use-bid'

/** Voids an offer on the chain for its maker: by their own transaction, or signed for the marketplace to send. */
export function useVoidBid(bid: Bid) {
  const t = useTranslations('bids')
  const market = useMarketConfig()
  const openWallet = useWalletCode()
  const queries = useQueryClient()
  const toast = useToast()
  const { data: offer } = useQuery({ queryKey: RELAY_KEY, queryFn: relay.offer, staleTime: 15_000 })
  const [relayed, setRelayed] = useState(false)
  const [byRelayer, setByRelayer] = useState(false)
  const followUp = {
    indexed: async () => (await bids.get(bid.id)).status === 'voided',
    onDone: async () => {
      toast(t('voided'), 'success')
      await queries.invalidateQueries({ queryKey: BIDS_KEY })
    },
  }
  const own = useSend(`void-bid:${bid.id}`, followUp, bid.maker)
  const relaying = useRelay(`void-bid:${bid.id}`, { id: bid.id, find: relay.ofVoided }, followUp, bid.maker)
  const start = () => {
    setByRelayer(relayed)
    if (relayed)
      return relaying.send({
        ...followUp,
        handIn: async (account, key) => {
          const [{ signVoidBid }, { config }] = await Promise.all([import('./accept-call'), openWallet()])
          return relay.void(await signVoidBid({ config, market, account }, bid.id), key)
        },
      })
    return own.send({
      ...followUp,
      prepare: async () => {
        const { voidCall } = await import('./accept-call')
        return voidCall((await bids.signed(bid.id)).terms, market.escrow as Address)
      },
    })
  }
  const active = byRelayer || relaying.busy || (own.state.at === 'idle' && relaying.state.at !== 'idle') ? relaying : own
  const offered = offer?.open === true && offer.acts
  return { start, state: active.state, busy: own.busy || relaying.busy, offered, relayed, setRelayed }
}
