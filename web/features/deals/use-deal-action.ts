'use client'

import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Abi, Address } from 'viem'
import { api, type Deal } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'
import { actionWords, type DealVerb } from './copy'
import type { ContractCall } from './send'
import { useSend } from './use-send'

export interface DealAction {
  verb: DealVerb
  /** What follows the terms in the call; may first talk to the API or ask for a signature. */
  args?: (account: Address) => Promise<readonly unknown[]> | readonly unknown[]
  onDone?: () => void
}

/** Carries out an action on a deal, and is done when the market shows it. */
export function useDealAction(deal: Deal, refresh: () => Promise<void>) {
  const market = useMarketConfig()
  const toast = useToast()
  const followUp = {
    indexed: async (hash: string) => {
      const now = await api.deals.get(deal.id)
      return now?.timeline.some(({ txHash }) => txHash.toLowerCase() === hash.toLowerCase()) ?? false
    },
    onDone: refresh,
  }
  const { state, send, reset, busy } = useSend(`deal:${deal.id}`, followUp)
  const act = ({ verb, args, onDone }: DealAction) =>
    send({
      ...followUp,
      prepare: async (account): Promise<ContractCall> => {
        const rest = (await args?.(account)) ?? []
        const call = { abi: escrowAbi as Abi, address: market.escrow as Address, functionName: verb }
        return { ...call, args: [parseTerms(deal.terms), ...rest] }
      },
      onDone: async () => {
        await refresh()
        toast(actionWords[verb].done, 'success')
        onDone?.()
      },
    })
  return { state, act, reset, busy }
}

export type ActOnDeal = ReturnType<typeof useDealAction>
