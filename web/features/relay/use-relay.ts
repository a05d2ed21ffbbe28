'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Address, Hex } from 'viem'
import { runOnce, waitUntilIndexed } from '@/features/deals/once'
import { problemOf, SendEnded } from '@/features/deals/problem'
import { isBusy, type SendState } from '@/features/deals/use-send'
import { useWallet } from '@/features/deals/use-wallet'
import { useSession } from '@/features/identity/session'
import { ApiError } from '@/lib/api/client'
import { type Relay, relay } from '@/lib/api/relay'
import { adviceFor } from '@/lib/problem-words'

const LOOK_MS = 700
const LOOK_AGAIN_MS = 5_000

export interface RelayTask {
  /** Signs what is to be sent and hands it in. Null: it cannot be done this way. */
  handIn: (account: Address, key: string) => Promise<Relay | null>
  indexed: (hash: Hex | null) => Promise<boolean>
  onDone?: (hash: Hex | null) => void | Promise<void>
}

/**
 * Has something about a deal or a listing sent by the marketplace, and follows it to its end. What was handed in is kept by the marketplace, so
 * a page that is loaded anew goes on with it, and the same is never sent twice. `find` asks for the newest request about it. `key`: as in `useSend`, so that the two do not
 * act at once.
 */
export function useRelay(
  key: string,
  { id, find = relay.ofDeal }: { id: string; find?: (id: string) => Promise<Relay | null> },
  followUp: Pick<RelayTask, 'indexed' | 'onDone'>,
  as?: string,
) {
  const { session } = useSession()
  const wallet = useWallet(as)
  const [state, setState] = useState<SendState>({ at: 'idle' })
  const running = useRef(false)
  const latest = useRef(followUp)
  latest.current = followUp

  const follow = useCallback(async (first: Relay, task: Pick<RelayTask, 'indexed' | 'onDone'>, signal: AbortSignal) => {
    let current = first
    while (current.status === 'queued' || current.status === 'sending') {
      setState(current.hash ? { at: 'relayed', hash: current.hash as Hex } : { at: 'relaying' })
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      signal.throwIfAborted()
      current = await relay.get(first.id).catch(() => current) // the market is away: it goes on without this page
    }
    const hash = current.hash as Hex | null
    if (current.status === 'failed') throw new RelayFailed(current.problem)
    if (hash) setState({ at: 'indexing', hash })
    const seen = await waitUntilIndexed(() => task.indexed(hash))
    await task.onDone?.(hash)
    setState({ at: 'done', hash, seen })
  }, [])

  const fail = useCallback((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return
    const problem = problemOf(error)
    const why = error instanceof RelayFailed ? error.problem : null
    const told = why ? { ...problem, detail: `${adviceFor(why.code, { title: why.title, whatToDo: '' }).title}.` } : problem
    setState({ at: 'failed', problem: told })
  }, [])

  const send = useCallback(
    async (task: RelayTask) => {
      if (running.current) return
      running.current = true
      try {
        const done = await runOnce(key, async () => {
          setState({ at: 'preparing' })
          const account = await wallet.ready()
          if (!account) return setState({ at: 'idle' })
          setState({ at: 'signing' })
          const handed = await task.handIn(account, crypto.randomUUID())
          if (!handed) throw new RelayFailed(null)
          await follow(handed, task, new AbortController().signal)
        })
        if (done === null) setState({ at: 'elsewhere' })
      } catch (error) {
        fail(error)
      } finally {
        running.current = false
      }
    },
    [key, wallet, follow, fail],
  )

  const isSignedIn = session !== null
  useEffect(() => {
    if (!isSignedIn) return
    const stopping = new AbortController()
    const resume = async () => {
      const earlier = await untilAnswered(() => find(id), stopping.signal)
      if (!earlier || running.current || (earlier.status !== 'queued' && earlier.status !== 'sending')) return
      running.current = true
      await follow(earlier, latest.current, stopping.signal).finally(() => {
        running.current = false
      })
    }
    resume().catch(fail)
    return () => stopping.abort()
  }, [id, find, isSignedIn, follow, fail])

  const reset = useCallback(() => setState({ at: 'idle' }), [])
  return { state, send, reset, busy: isBusy(state) }
}

/** Nobody has done anything yet that could have failed: while the market is away it is asked again, and where it refuses there is nothing to follow. */
async function untilAnswered<T>(look: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  for (;;) {
    try {
      return await look()
    } catch (error) {
      const isAway = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
      if (!isAway) return null
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      signal.throwIfAborted()
    }
  }
}

/** The relayer gave up, and why; nothing was sent, or what was sent did nothing. */
class RelayFailed extends SendEnded {
  readonly problem: Relay['problem']

  constructor(problem: Relay['problem']) {
    super('relayFailed', null)
    this.problem = problem
  }
}
