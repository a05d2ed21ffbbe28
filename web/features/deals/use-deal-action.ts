'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address, Hex } from 'viem'
import { useSession } from '@/features/identity/session'
import { useRelay } from '@/features/relay/use-relay'
import { api, type Deal } from '@/lib/api'
import { relay } from '@/lib/api/relay'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { useToast } from '@/ui/toast'
import type { DealVerb } from './deal-verbs'
import { myWalletIn } from './my-wallet'
import { isRelayed } from './relayed-act'
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

/**
 * Carries out an action on a deal, by the person's own transaction or signed for the marketplace to send, and is done when the
 * market shows it.
 */
export function useDealAction(deal: Deal, refresh: () => Promise<void>) {
  const t = useTranslations('deals')
  const openWallet = useWalletCode()
  const market = useMarketConfig()
  const toast = useToast()
  const { session } = useSession()
  const [relayed, setRelayed] = useState(false)
  const [byRelayer, setByRelayer] = useState(false)
  const followUp = {
    indexed: async (hash: string | null) => {
      const now = await api.deals.get(deal.id)
      return now?.timeline.some(({ txHash }) => txHash.toLowerCase() === hash?.toLowerCase()) ?? false
    },
    onDone: refresh,
  }
  const mine = myWalletIn(deal, session)
  const own = useSend(`deal:${deal.id}`, followUp, mine)
  const relaying = useRelay(`deal:${deal.id}`, { id: deal.id }, followUp, mine)

  const act = ({ verb, args, pay, onDone }: DealAction) => {
    const task = {
      indexed: followUp.indexed,
      onDone: async () => {
        await refresh()
        toast(t(`action.${verb}.done`), 'success')
        onDone?.()
      },
    }
    const viaRelayer = relayed && isRelayed(verb)
    setByRelayer(viaRelayer)
    if (viaRelayer) {
      return relaying.send({
        ...task,
        handIn: async (account, key) => {
          const [{ signAct }, { config }] = await Promise.all([import('./sign-act'), openWallet()])
          return relay.act(await signAct({ config, market, account }, deal, verb, (await args?.(account)) ?? []), key)
        },
      })
    }
    return own.send({
      ...task,
      prepare: async (account): Promise<ContractCall> => {
        const [{ dealCall, payingCall, preparePayment }, { config }] = await Promise.all([import('./deal-call'), openWallet()])
        const rest = (await args?.(account)) ?? []
        const call = dealCall(deal, market.escrow as Address, functionOf(verb), rest)
        if (pay === undefined) return call
        const token = { address: deal.token as Address }
        return payingCall(call, deal.id as Hex, await preparePayment({ config, market, token, account }, pay))
      },
    })
  }
  const active = byRelayer || relaying.busy ? relaying : own
  const reset = () => {
    own.reset()
    relaying.reset()
  }
  return { state: active.state, act, reset, busy: own.busy || relaying.busy, relayed, setRelayed }
}

export type ActOnDeal = ReturnType<typeof useDealAction>
