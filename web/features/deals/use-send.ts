'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Address, Hex } from 'viem'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { runOnce, waitUntilIndexed } from './once'
import { forgetPending, recallPending, rememberPending } from './pending'
import { type Problem, problemOf, RevertedInBlock } from './problem'
import type { ContractCall } from './send'
import { useWallet } from './use-wallet'

/** Where a write stands. `done` and `failed` are final. */
export type SendState =
  | { at: 'idle' }
  | { at: 'preparing' | 'checking' | 'signing' }
  | { at: 'mining' | 'indexing'; hash: Hex }
  | { at: 'done'; hash: Hex | null; seen: boolean }
  | { at: 'failed'; problem: Problem; hash?: Hex }

export type SendTask = {
  /** Makes the call; may itself ask for signatures or talk to the API. Null: nothing is left to send. */
  prepare: (account: Address) => Promise<ContractCall | null>
  /** Whether the marketplace has seen the transaction. */
  indexed: (hash: Hex) => Promise<boolean>
  onDone?: () => void | Promise<void>
}

const busyAt: readonly SendState['at'][] = ['preparing', 'checking', 'signing', 'mining', 'indexing']

/** Whether a write is under way. */
export const isBusy = (state: SendState): boolean => busyAt.includes(state.at)

/**
 * Sends one transaction at a time under `key`: prepares, simulates, has it signed, waits for the block and for the
 * marketplace to see it, from the wallet `as` if it is given. A transaction already sent is followed again after a reload, and never sent twice.
 */
export const useSend = (key: string, followUp: Pick<SendTask, 'indexed' | 'onDone'>, as?: string) => {
  const { chainId } = useMarketConfig()
  const openWallet = useWalletCode()
  const wallet = useWallet(as)
  const [state, setState] = useState<SendState>({ at: 'idle' })
  const running = useRef(false)
  const latest = useRef(followUp)
  latest.current = followUp

  const follow = useCallback(
    async (hash: Hex, task: Pick<SendTask, 'indexed' | 'onDone'>) => {
      setState({ at: 'mining', hash })
      const [{ waitForReceipt }, { config }] = await Promise.all([import('./send'), openWallet()])
      const receipt = await waitForReceipt({ config, chainId }, hash)
      if (receipt.status !== 'success') throw new RevertedInBlock(hash)
      setState({ at: 'indexing', hash })
      const seen = await waitUntilIndexed(() => task.indexed(hash))
      forgetPending(key)
      await task.onDone?.()
      setState({ at: 'done', hash, seen })
    },
    [openWallet, chainId, key],
  )

  const fail = useCallback(
    (error: unknown) => {
      const reverted = error instanceof RevertedInBlock
      if (reverted) forgetPending(key)
      setState({ at: 'failed', problem: problemOf(error), hash: reverted ? error.hash : undefined })
    },
    [key],
  )

  const send = useCallback(
    async (task: SendTask) => {
      if (running.current) return
      running.current = true
      try {
        await runOnce(key, async () => {
          setState({ at: 'preparing' })
          const account = await wallet.ready()
          if (!account) return setState({ at: 'idle' })
          const call = await task.prepare(account)
          if (!call) {
            await task.onDone?.()
            return setState({ at: 'done', hash: null, seen: true })
          }
          const [{ sendCall, simulateCall }, { config }] = await Promise.all([import('./send'), openWallet()])
          setState({ at: 'checking' })
          await simulateCall({ config, chainId, account }, call)
          setState({ at: 'signing' })
          const hash = await sendCall({ config, chainId, account }, call)
          rememberPending(key, { hash, chainId, sentAt: Date.now() })
          await follow(hash, task)
        })
      } catch (error) {
        fail(error)
      } finally {
        running.current = false
      }
    },
    [key, openWallet, chainId, wallet, follow, fail],
  )

  useEffect(() => {
    const pending = recallPending(key)
    if (!pending || running.current) return
    if (pending.chainId !== chainId) return forgetPending(key)
    running.current = true
    const resume = async () => {
      const [{ isKnown }, { config }] = await Promise.all([import('./send'), openWallet()])
      if (!(await isKnown({ config, chainId }, pending.hash))) return forgetPending(key)
      await follow(pending.hash, latest.current)
    }
    resume()
      .catch(fail)
      .finally(() => {
        running.current = false
      })
  }, [key, openWallet, chainId, follow, fail])

  const reset = useCallback(() => setState({ at: 'idle' }), [])
  return { state, send, reset, busy: isBusy(state) }
}
