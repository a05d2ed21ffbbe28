'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address } from 'viem'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useSend } from '@/features/deals/use-send'
import { useWallet } from '@/features/deals/use-wallet'
import { api } from '@/lib/api'
import { type Bid, bids } from '@/lib/api/bids'
import { useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'

export const BIDS_KEY = ['bids'] as const

/** What the two people of an offer can do with it. */
export function useBid(bid: Bid) {
  const market = useMarketConfig()
  const router = useRouter()
  const queries = useQueryClient()
  const taker = bid.kind === 'bid' ? bid.seller.address : bid.buyer.address
  const refresh = () => queries.invalidateQueries({ queryKey: BIDS_KEY })

  const accepting = useSend(
    `bid:${bid.id}`,
    {
      indexed: async () => (await api.deals.get(bid.id)) !== null,
      onDone: async () => {
        await refresh()
        router.push(`/deals/${bid.id}`)
      },
    },
    taker,
  )
  const wallet = useWallet(taker)
  const closing = useClosing(bid, refresh)

  const accept = () =>
    accepting.send({
      indexed: async () => (await api.deals.get(bid.id)) !== null,
      prepare: async () => {
        const { acceptCall } = await import('./accept-call')
        await wallet.open()
        return acceptCall(await bids.accept(bid.id), market.escrow as Address)
      },
      onDone: async () => {
        await refresh()
        router.push(`/deals/${bid.id}`)
      },
    })
  return { accept, accepting, ...closing }
}

/** Declining and withdrawing, which the market does at once. */
function useClosing(bid: Bid, refresh: () => Promise<void>) {
  const t = useTranslations('bids')
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (act: () => Promise<{ handed: boolean }>, done: (handed: boolean) => string) => {
    setBusy(true)
    setProblem(null)
    try {
      const { handed } = await act()
      toast(done(handed), 'success')
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
      await refresh()
    }
  }
  return {
    busy,
    problem,
    decline: () =>
      run(
        () => bids.decline(bid.id),
        () => t('declinedDone'),
      ),
    withdraw: () =>
      run(
        () => bids.withdraw(bid.id),
        (handed) => (handed ? t('withdrawnHanded') : t('withdrawnSure')),
      ),
  }
}
