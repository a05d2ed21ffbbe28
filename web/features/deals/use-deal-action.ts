'use client'

import type { Address } from 'viem'
import { useSession } from '@/features/identity/session'
import { api, type Deal } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { useToast } from '@/ui/toast'
import { actionWords, type DealVerb } from './action-copy'
import { myWalletIn } from './my-wallet'
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
  const openWallet = useWalletCode()
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
        const [{ dealCall, preparePayment }, { config }] = await Promise.all([import('./deal-call'), openWallet()])
        const rest = (await args?.(account)) ?? []
        const token = { address: deal.token as Address }
        const value = pay === undefined ? 0n : await preparePayment({ config, market, token, account }, pay)
        return { ...dealCall(deal, market.escrow as Address, functionOf(verb), rest), value }
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
