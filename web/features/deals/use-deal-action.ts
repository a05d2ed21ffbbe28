'use client'

import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Abi, Address } from 'viem'
import { useConfig } from 'wagmi'
import { useSession } from '@/features/identity/session'
import { api, type Deal } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { useToast } from '@/ui/toast'
import { actionWords, type DealVerb } from './action-copy'
import { myWalletIn } from './my-wallet'
import { preparePayment } from './pay'
import type { ContractCall } from './send'
import { useSend } from './use-send'

export interface DealAction {
  verb: DealVerb
  /** What follows the terms in the call; may first talk to the API or ask for a signature. */
  args?: (account: Address) => Promise<readonly unknown[]> | readonly unknown[]
  /** What the buyer pays into the contract with it, in base units. */
  pay?: bigint
  onDone?: () => void
}

/** An instalment and the rest are one function of the contract: the amount tells which it is. */
const functionOf = (verb: DealVerb): string => (verb === 'fundPart' ? 'fund' : verb)

/** Carries out an action on a deal, and is done when the market shows it. */
export function useDealAction(deal: Deal, refresh: () => Promise<void>) {
  const config = useConfig()
  const market = useMarketConfig()
  const toast = useToast()
  const { session } = useSession()
  const followUp = {
    indexed: async (hash: string) => {
      const now = await api.deals.get(deal.id)
      return now?.timeline.some(({ txHash }) => txHash.toLowerCase() === hash.toLowerCase()) ?? false
    },
    onDone: refresh,
  }
  const { state, send, reset, busy } = useSend(`deal:${deal.id}`, followUp, myWalletIn(deal, session))
  const act = ({ verb, args, pay, onDone }: DealAction) =>
    send({
      ...followUp,
      prepare: async (account): Promise<ContractCall> => {
        const rest = (await args?.(account)) ?? []
        const token = { address: deal.token as Address }
        const value = pay === undefined ? 0n : await preparePayment({ config, market, token, account }, pay)
        const call = { abi: escrowAbi as Abi, address: market.escrow as Address, functionName: functionOf(verb) }
        return { ...call, args: [packTerms(parseTerms(deal.terms)), ...rest], value }
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
