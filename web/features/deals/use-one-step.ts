'use client'

import { useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { useMarketConfig } from '@/lib/chain'
import { useWallet } from './use-wallet'

/** Whether the signed-in wallet allows and pays in one step, where an allowance is `needed`; false until it has said so. */
export function useOneStep(needed: boolean, as?: string): boolean {
  const { chainId } = useMarketConfig()
  const wallet = useWallet(as)
  const account = as ?? wallet.address
  const { data } = useQuery({
    queryKey: ['one-step', account, chainId],
    queryFn: async () => {
      if (!account) return false
      const [{ canBundle }, { config }] = await Promise.all([import('./bundle'), wallet.open()])
      return canBundle({ config, chainId, account: account as Address })
    },
    enabled: needed && account !== null,
  })
  return needed && data === true
}
