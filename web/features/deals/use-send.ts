'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Address, Hex } from 'viem'
import { useSession } from '@/features/identity/session'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { followToEnd } from './follow'
import { runOnce } from './once'
import { forgetPending, isSent, onPendingElsewhere, type Pending, recallPending, rememberPending } from './pending'
import { type Problem, problemOf, SendEnded } from './problem'
import type { ContractCall } from './send'
import { useWallet } from './use-wallet'

/** Where a write stands. `done` and `failed` are final. */
export type SendState =
  | { at: 'idle' }
  | { at: 'preparing' | 'allowing' | 'checking' | 'signing' }
  /** Another tab of this browser is at it; or the page was reloaded while the wallet asked. */
  | { at: 'elsewhere' | 'asked' }
  | { at: 'mining'; hash: Hex | null; slow: boolean }
  /** The node does not answer; or the block that held it was taken back. */
  | { at: 'away' | 'reorged' }
  /** Signed for the marketplace's relayer, which sends it. */
  | { at: 'relaying' }
  | { at: 'relayed'; hash: Hex }
  | { at: 'indexing'; hash: Hex }
  | { at: 'done'; hash: Hex | null; seen: boolean }
  | { at: 'failed'; problem: Problem; hash?: Hex }

export type SendTask = {
  /** Makes the call; may itself ask for signatures or talk to the API. Null: nothing is left to send. */
  prepare: (account: Address) => Promise<ContractCall | null>
  /** Whether the marketplace has seen the transaction. */
  indexed: (hash: Hex) => Promise<boolean>
  onDone?: (hash: Hex | null) => void | Promise<void>
}
type FollowUp = Pick<SendTask, 'indexed' | 'onDone'>

const restAt: readonly SendState['at'][] = ['idle', 'done', 'failed']

/** Whether a write is under way. */
export const isBusy = (state: SendState): boolean => !restAt.includes(state.at)

/**
 * Sends one transaction, or bundle of calls, at a time under `key`: prepares, simulates, has it signed, waits for the block and for
 * the marketplace to see it, from the wallet `as` if it is given. What is on its way is followed again after a reload and in other tabs, whatever the
 * wallet or the chain did to it meanwhile, and never sent twice.
 */
export const useSend = (key: string, followUp: FollowUp, as?: string) => {
  const { chainId } = useMarketConfig()
  const { session } = useSession()
  const openWallet = useWalletCode()
  const wallet = useWallet(as)
  const [state, setState] = useState<SendState>({ at: 'idle' })
  const running = useRef(false)
  const latest = useRef(followUp)
  latest.current = followUp
  const accounts = as ?? session?.wallets.join(' ') ?? ''

  const follow = useCallback(
    async (pending: Pending, task: FollowUp, signal: AbortSignal) => {
      const { config } = await openWallet()
      const remember = (hash: Hex) => rememberPending(key, { ...pending, hash })
      const { hash, seen } = await followToEnd({ config, pending, remember, indexed: task.indexed, onState: setState, signal })
      forgetPending(key, pending)
      await task.onDone?.(hash)
      setState({ at: 'done', hash, seen })
    },
    [openWallet, key],
  )

  const fail = useCallback((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return
    const hash = error instanceof SendEnded ? error.hash : null
    setState({ at: 'failed', problem: problemOf(error), ...(hash ? { hash } : {}) })
  }, [])

  const send = useCallback(
    async (task: SendTask) => {
      if (running.current) return
      running.current = true
      const stopping = new AbortController()
      try {
        const done = await runOnce(key, async () => {
          setState({ at: 'preparing' })
          const account = await wallet.ready()
          if (!account) return setState({ at: 'idle' })
          const earlier = recallPending(key, chainId, [account])
          if (earlier) return await follow(earlier, task, stopping.signal).catch(endOf(key, earlier))
          const call = await task.prepare(account)
          if (!call) {
            await task.onDone?.(null)
            return setState({ at: 'done', hash: null, seen: true })
          }
          const [{ askWallet }, { config }] = await Promise.all([import('./ask'), openWallet()])
          const { error, pending } = await askWallet({ config, chainId, account }, call, {
            at: (at) => setState({ at }),
            remember: (pending) => rememberPending(key, pending),
            forget: (pending) => forgetPending(key, pending),
          })
          await follow(pending, task, stopping.signal).catch(endOf(key, pending, error))
        })
        if (done === null) setState({ at: 'elsewhere' })
      } catch (error) {
        fail(error)
      } finally {
        running.current = false
      }
    },
    [key, openWallet, chainId, wallet, follow, fail],
  )

  useEffect(() => {
    const stopping = new AbortController()
    const resume = async () => {
      const pending = recallPending(key, chainId, accounts.split(' '))
      if (!pending || running.current) return
      running.current = true
      setState(isSent(pending) ? { at: 'mining', hash: pending.hash, slow: false } : { at: 'asked' })
      await follow(pending, latest.current, stopping.signal)
        .catch(endOf(key, pending))
        .catch(fail)
        .finally(() => {
          running.current = false
        })
    }
    void resume()
    const stopHearing = onPendingElsewhere(() => void resume())
    return () => {
      stopping.abort()
      stopHearing()
    }
  }, [key, chainId, accounts, follow, fail])

  const reset = useCallback(() => setState({ at: 'idle' }), [])
  return { state, send, reset, busy: isBusy(state) }
}

/**
 * An end that is known is forgotten, so that the same can be tried again; what is not known is kept. `why` it was not sent, where the
 * wallet said so.
 */
function endOf(key: string, pending: Pending, why?: unknown): (error: unknown) => never {
  return (error) => {
    if (error instanceof SendEnded) forgetPending(key, pending)
    throw why !== undefined && error instanceof SendEnded && error.end === 'unsent' ? why : error
  }
}
