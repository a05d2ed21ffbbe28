import type { Hex } from 'viem'
import type { Config } from 'wagmi'
import { waitUntilIndexed } from './once'
import { isSent, type Pending } from './pending'
import { SendEnded } from './problem'
import type { Outcome, Progress, TrackOptions } from './track'
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
  const { readerOf, statusOf } = await import('./send')
  const reader = readerOf({ config, chainId: pending.chainId })
  for (let current = pending; ; ) {
    const heard = { onHash: remember, onProgress: (progress: Progress) => onState(stateOf(progress, current)), signal }
    const outcome = await track(config, current, heard)
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

async function track(config: Config, pending: Pending, options: TrackOptions): Promise<Outcome> {
  const { readerOf, trackTransaction } = await import('./send')
  const reader = readerOf({ config, chainId: pending.chainId })
  if (!('bundle' in pending)) return trackTransaction(reader, pending, options)
  const { trackBundle, walletOf } = await import('./bundle')
  return trackBundle(reader, walletOf(config, pending), pending, options)
}

function stateOf(progress: Progress, pending: Pending): SendState {
  if (progress.at === 'away') return { at: 'away' }
  if (progress.hash === null && !isSent(pending)) return { at: 'asked' }
  return { at: 'mining', hash: progress.hash, slow: progress.slow }
}
