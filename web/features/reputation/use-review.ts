'use client'

import { useRef, useState } from 'react'
import type { Address, Hex } from 'viem'
import type { DealPart } from '@/features/deals/deal-part'
import { myWalletIn } from '@/features/deals/my-wallet'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'

export type ReviewState = { at: 'idle' | 'first' | 'second' | 'sending' } | { at: 'failed'; problem: Problem }

/**
 * Signs a review and leaves it, sealed, with the marketplace; no gas. Two signatures: for publishing it together with the other
 * side's, and for sealing it on the chain should the other side stay silent (docs/decisions/006).
 */
export function useReview({ deal, refresh }: Pick<DealPart, 'deal' | 'refresh'>) {
  const market = useMarketConfig()
  const { session } = useSession()
  const wallet = useWallet(myWalletIn(deal, session))
  const [state, setState] = useState<ReviewState>({ at: 'idle' })
  const running = useRef(false)

  const seal = async (score: number, text: string): Promise<void> => {
    const author = await wallet.ready()
    if (!author) return setState({ at: 'idle' })
    const dealId = deal.id as Hex
    const [{ commit, reviewTypedData }, { config, signTypedData }] = await Promise.all([import('./commit'), wallet.open()])
    const { secret, commitment } = commit({ dealId, author, score, text })
    const domain = { chainId: market.chainId, reputation: market.reputation as Address }
    const sign = (publisher: Address): Promise<Hex> =>
      signTypedData(config, { ...reviewTypedData({ dealId, author, commitment, publisher }, domain), account: author })
    setState({ at: 'first' })
    const publishSignature = await sign(market.publisher as Address)
    setState({ at: 'second' })
    const commitSignature = await sign(ZERO_ADDRESS)
    setState({ at: 'sending' })
    await api.reputation.seal({ dealId, score, text, secret, publishSignature, commitSignature })
    await refresh()
    setState({ at: 'idle' })
  }

  const write = async (score: number, text: string): Promise<void> => {
    if (running.current) return
    running.current = true
    try {
      await seal(score, text)
    } catch (error) {
      setState({ at: 'failed', problem: problemOf(error) })
    } finally {
      running.current = false
    }
  }
  return { state, write, busy: state.at !== 'idle' && state.at !== 'failed' }
}
