'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { Address } from 'viem'
import { keepDraft } from '@/features/checkout/draft'
import { runOnce } from '@/features/deals/once'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { type Bid, bids } from '@/lib/api/bids'
import { type TokenInfo, useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'
import type { BidDraft } from './sign-bid'
import { BIDS_KEY } from './use-bid'

type At = 'signing' | 'allowing' | null

/** Has a bid, or the answer to one, signed and leaves it with the market. */
export function useMakeBid({ answers, onDone }: { answers: Bid | null; onDone: () => void }) {
  const t = useTranslations('bids')
  const market = useMarketConfig()
  const queries = useQueryClient()
  const toast = useToast()
  const isCounter = answers?.kind === 'bid'
  const wallet = useWallet(isCounter ? answers.seller.address : answers?.buyer.address)
  const [at, setAt] = useState<At>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const key = useRef(crypto.randomUUID())

  /** `address`: kept in this browser until the offer has become a deal; null where nothing is shipped to this person. */
  const make = async (draft: BidDraft, token: TokenInfo, address: string | null): Promise<void> => {
    setProblem(null)
    try {
      await runOnce(`make-bid:${draft.listingId}`, async () => {
        const account = await wallet.ready()
        if (!account) return
        setAt('signing')
        const [{ signBid, signCounter }, { config }] = await Promise.all([import('./sign-bid'), wallet.open()])
        const options = { config, market, token, account }
        const body = isCounter
          ? await signCounter(options, draft, answers.buyer.address as Address)
          : await signBid(options, draft, (step) => setAt(step === 'allowing' ? 'allowing' : 'signing'))
        const { id } = await bids.make(answers ? { ...body, answers: answers.id } : body, key.current)
        if (address) keepDraft(id, { address })
        key.current = crypto.randomUUID()
        await queries.invalidateQueries({ queryKey: BIDS_KEY })
        toast(t('madeDone'), 'success')
        onDone()
      })
    } catch (error) {
      key.current = crypto.randomUUID() // what is signed anew is another request
      setProblem(problemOf(error))
    } finally {
      setAt(null)
    }
  }
  return { make, at, problem }
}
