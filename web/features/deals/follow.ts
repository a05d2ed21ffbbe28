import type { Hex } from 'viem'
import type { Config } from 'wagmi'
import { waitUntilIndexed } from './once'
import type { Pending } from './pending'
import { SendEnded } from './problem'
import type { SendState } from './use-send'

export interface FollowOptions {
  config: Config
  pending: Pending
  /** Hears the hash under which it really goes. */
  remember: (hash: Hex) => void
  /** Whether the marketplace has seen the transaction. */
  indexed: (hash: Hex) => Promise<boolean>
  onState: (state: SendState) => void
  signal: AbortSignal
}

/**
 * Follows a transaction until the marketplace shows it. One whose block was taken back is followed into another block.
 * @throws SendEnded where it came to nothing.
 */
export async function followToEnd(options: FollowOptions): Promise<{ hash: Hex; seen: boolean }> {
  const { config, indexed, onState, pending, remember, signal } = options
  const { readerOf, statusOf, trackTransaction } = await import('./send')
  const reader = readerOf({ config, chainId: pending.chainId })
  for (let current = pending; ; ) {
    const outcome = await trackTransaction(reader, current, {
      onHash: remember,
      onProgress: (progress) => onState(stateOf(progress, current)),
      signal,
    })
    if (outcome.end !== 'mined') throw new SendEnded(outcome.end, 'hash' in outcome ? outcome.hash : null)
    const { hash } = outcome
    if (outcome.status === 'reverted') throw new SendEnded('reverted', hash)
    onState({ at: 'indexing', hash })
    const seen = await waitUntilIndexed(() => indexed(hash))
    if (seen || (await statusOf(reader, hash).catch(() => 'unknown')) !== null) return { hash, seen }
    onState({ at: 'reorged' })
    current = { ...current, hash }
  }
}

type Progress = { at: 'waiting'; hash: Hex | null; slow: boolean } | { at: 'away' }

function stateOf(progress: Progress, { hash }: Pending): SendState {
  if (progress.at === 'away') return { at: 'away' }
  if (progress.hash === null && hash === null) return { at: 'asked' }
  return { at: 'mining', hash: progress.hash, slow: progress.slow }
}
