'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deliverAddress } from '@/features/checkout/deliver-address'
import { forgetDraft, keepDraft } from '@/features/checkout/draft'
import { SendEnded } from '@/features/deals/problem'
import { useSend } from '@/features/deals/use-send'
import { useWallet } from '@/features/deals/use-wallet'
import { api } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { type CartLine, useChangeCart } from './cart'
import type { CartDeal } from './totals'

const KEY = 'fairhold.cart.paying.v1'
const MARKET_MS = 2_000

/** What a transaction on its way was for: the units in the cart may be others after a reload. */
interface Paying {
  dealIds: string[]
  lines: Pick<CartLine, 'listingId' | 'choice'>[]
}

function readPaying(): Paying | null {
  try {
    return JSON.parse(window.localStorage.getItem(KEY) ?? 'null') as Paying | null
  } catch {
    return null
  }
}

/** Pays a whole cart in one transaction. `gone` names what was sold meanwhile and has been taken out of it. */
export function usePayCart() {
  const market = useMarketConfig()
  const router = useRouter()
  const queries = useQueryClient()
  const wallet = useWallet()
  const change = useChangeCart()
  const [gone, setGone] = useState<string[]>([])

  const followUp = {
    indexed: async () => {
      const found = await Promise.all((readPaying()?.dealIds ?? []).map((id) => api.deals.get(id)))
      return found.every((deal) => deal !== null)
    },
    onDone: async () => {
      const paying = readPaying()
      for (const id of paying?.dealIds ?? []) await deliverAddress(id)
      window.localStorage.removeItem(KEY)
      forgetDraft('cart')
      void change((paying?.lines ?? []).map((line) => ({ ...line, quantity: 0 })))
      router.push('/deals')
    },
  }
  const { state, send, reset, busy } = useSend('cart', followUp)

  const pay = (deals: readonly CartDeal[], lines: readonly CartLine[], address: string) => {
    setGone([])
    return send({
      ...followUp,
      prepare: async (account) => {
        const [{ cartCall, goneIn }, { config }] = await Promise.all([import('./cart-call'), wallet.open()])
        const options = { config, market, account }
        const missing = await goneIn(options, deals)
        if (missing.length > 0) {
          setGone([...new Set(missing.map(({ title }) => title))])
          await queries.invalidateQueries({ queryKey: ['listing'] })
          // The market hears of it a moment after the chain.
          setTimeout(() => void queries.invalidateQueries({ queryKey: ['listing'] }), MARKET_MS)
          throw new SendEnded('taken', null)
        }
        const call = await cartCall(options, deals)
        for (const { dealId, isShipped } of deals) if (isShipped) keepDraft(dealId, { address: address.trim() })
        const paying: Paying = { dealIds: deals.map(({ dealId }) => dealId), lines: [...lines] }
        window.localStorage.setItem(KEY, JSON.stringify(paying))
        return call
      },
    })
  }
  return { pay, state, busy, gone, reset }
}
