'use client'

import { settlementTypedData } from '@fairhold/protocol/eip712/types'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address, Hex } from 'viem'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'
import type { DealPart } from './deal-part'
import { myWalletIn } from './my-wallet'
import { useWallet } from './use-wallet'

export interface Split {
  toBuyer: bigint
  remaining: bigint
  expiry: number
}

/** Signs a split (EIP-712, no gas) and leaves it with the marketplace for the other side. */
export function usePropose({ deal, refresh }: Pick<DealPart, 'deal' | 'refresh'>) {
  const market = useMarketConfig()
  const { session } = useSession()
  const wallet = useWallet(myWalletIn(deal, session))
  const toast = useToast()
  const t = useTranslations('deals')
  const [busy, setBusy] = useState(false)
  const sign = async (split: Split): Promise<void> => {
    setBusy(true)
    try {
      const account = await wallet.ready()
      if (!account) return
      const { config, signTypedData } = await wallet.open()
      const domain = { chainId: market.chainId, escrow: market.escrow as Address }
      const typed = settlementTypedData({ dealId: deal.id as Hex, ...split }, domain)
      const signature = await signTypedData(config, { ...typed, account })
      const { toBuyer, remaining, expiry } = split
      await api.deals.propose(deal.id, { toBuyer: String(toBuyer), remaining: String(remaining), expiry, signature })
      toast(t('proposals.done'), 'success')
      await refresh()
    } finally {
      setBusy(false)
    }
  }
  return { sign, busy }
}
