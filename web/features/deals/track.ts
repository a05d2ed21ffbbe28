import {
  type Hex,
  type PublicClient,
  TransactionNotFoundError,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import type { PendingTransaction } from './pending'

/** What a node is asked to find out what became of a transaction. */
export type Reader = Pick<
  PublicClient,
  'getTransactionReceipt' | 'getTransaction' | 'getTransactionCount' | 'getBlock' | 'getBlockNumber'
>

/** On its way: waiting for a block, perhaps for long; or nobody can say, because the node does not answer. */
export type Progress = { at: 'waiting'; hash: Hex | null; slow: boolean } | { at: 'away' }

export type Outcome =
  | { end: 'mined'; hash: Hex; status: 'success' | 'reverted' }
  /** Its nonce went to one that does nothing, or something else. */
  | { end: 'cancelled' | 'replaced'; hash: Hex | null }
  /** The network does not have it, and its nonce is free. */
  | { end: 'dropped' }
  /** The wallet was asked before a reload, and nothing came of it. */
  | { end: 'unsent' }
  /** A bundle of which nothing was done; or, against what was asked for, a part. */
  | { end: 'reverted' | 'partial'; hash: Hex | null }

export interface TrackOptions {
  onProgress: (progress: Progress) => void
  /** Hears of the hash under which it really went, where a wallet sped it up. */
  onHash?: (hash: Hex) => void
  signal: AbortSignal
  pollMs?: number
  /** After so long it counts as slow; unknown to the node for so long, as dropped; asked for so long, as not sent. */
  slowMs?: number
  dropMs?: number
  askedMs?: number
}

export const MOST_BLOCKS = 400n // what took its place is looked for in so many blocks at most
const defaults = { pollMs: 800, slowMs: 30_000, dropMs: 60_000, askedMs: 20_000 }

/** Follows a transaction until it is known what became of it, whatever the wallet, the network or the page did meanwhile. */
export function trackTransaction(reader: Reader, pending: PendingTransaction, options: TrackOptions): Promise<Outcome> {
  return watch(pending, (hash) => look(reader, { ...pending, hash }), options)
}

interface Watched {
  hash: Hex | null
  sentAt: number
  /** The wallet has said that it sends it, though not under which hash. */
  accepted?: boolean
}

/**
 * Looks again and again, until there is an outcome. A node that is away is asked again for as long as it takes: nothing is
 * concluded from silence. Rejects only when `signal` aborts.
 */
export async function watch(
  pending: Watched,
  look: (hash: Hex | null) => Promise<Found>,
  options: TrackOptions,
): Promise<Outcome> {
  const { pollMs, ...limits } = { ...defaults, ...options }
  let { hash } = pending
  let missingSince: number | null = null
  for (;;) {
    options.signal.throwIfAborted()
    try {
      const found = await look(hash)
      if (found.outcome) {
        if (found.outcome.end === 'mined' && found.outcome.hash !== hash) options.onHash?.(found.outcome.hash)
        return found.outcome
      }
      if (found.hash && found.hash !== hash) {
        hash = found.hash
        options.onHash?.(hash)
      }
      missingSince = found.known ? null : (missingSince ?? Date.now())
      const missing = missingSince === null ? 0 : Date.now() - missingSince
      const isSent = hash !== null || pending.accepted === true
      if (!isSent && missing > limits.askedMs) return { end: 'unsent' }
      if (isSent && missing > limits.dropMs) return { end: 'dropped' }
      options.onProgress({ at: 'waiting', hash, slow: Date.now() - pending.sentAt > limits.slowMs })
    } catch {
      options.onProgress({ at: 'away' })
    }
    await pause(pollMs, options.signal)
  }
}

export interface Found {
  outcome?: Outcome
  known: boolean
  hash?: Hex
}

/** Where it stands now. The receipt first, then the nonce: once that is used up, something of this account used it. */
async function look(reader: Reader, pending: PendingTransaction): Promise<Found> {
  const { account, hash, nonce } = pending
  if (hash) {
    const status = await statusOf(reader, hash)
    if (status) return { outcome: { end: 'mined', hash, status }, known: true }
  }
  const next = await reader.getTransactionCount({ address: account, blockTag: 'latest' })
  if (next > nonce) return { outcome: await whoTookNonce(reader, pending), known: true }
  if (hash) return { known: await isKnown(reader, hash) }
  const waiting = await inPool(reader, pending)
  return waiting ? { known: true, hash: waiting } : { known: false }
}

/** Whether a mined transaction is still in the chain: a block may have been taken back. */
export async function statusOf(reader: ReceiptReader, hash: Hex): Promise<'success' | 'reverted' | null> {
  return (await receiptOf(reader, hash))?.status ?? null
}

export type ReceiptReader = Pick<PublicClient, 'getTransactionReceipt'>

export async function receiptOf(reader: ReceiptReader, hash: Hex): Promise<TransactionReceipt | null> {
  try {
    return await reader.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null
    throw error
  }
}

async function isKnown(reader: Reader, hash: Hex): Promise<boolean> {
  try {
    await reader.getTransaction({ hash })
    return true
  } catch (error) {
    if (error instanceof TransactionNotFoundError) return false
    throw error
  }
}

type Candidate = { from: string; nonce: number; to: string | null; input: Hex; value: bigint; hash: Hex }

const isOf = ({ account, nonce }: PendingTransaction, transaction: Candidate): boolean =>
  transaction.from.toLowerCase() === account.toLowerCase() && transaction.nonce === nonce

/** The transaction that waits with this nonce, where the node shows its pool. */
async function inPool(reader: Reader, pending: PendingTransaction): Promise<Hex | null> {
  const block = await reader.getBlock({ blockTag: 'pending', includeTransactions: true }).catch(() => null)
  const found = (block?.transactions as Candidate[] | undefined)?.find((one) => isOf(pending, one))
  return found && isSame(pending, found) ? found.hash : null
}

const isSame = ({ to, data }: PendingTransaction, transaction: Candidate): boolean =>
  transaction.to?.toLowerCase() === to.toLowerCase() && transaction.input.toLowerCase() === data.toLowerCase()

/** Which transaction used the nonce: the same call (sped up), nothing (cancelled), or something else. */
async function whoTookNonce(reader: Reader, pending: PendingTransaction): Promise<Outcome> {
  const head = await reader.getBlockNumber({ cacheTime: 0 })
  const first = BigInt(pending.block)
  const last = head - first > MOST_BLOCKS ? first + MOST_BLOCKS : head
  for (let blockNumber = first; blockNumber <= last; blockNumber++) {
    const block = await reader.getBlock({ blockNumber, includeTransactions: true })
    const found = (block.transactions as Candidate[]).find((one) => isOf(pending, one))
    if (!found) continue
    const { hash } = found
    if (isSame(pending, found)) return { end: 'mined', hash, status: (await statusOf(reader, hash)) ?? 'success' }
    if (pending.hash === null) return { end: 'unsent' }
    const isNothing = found.input === '0x' && found.value === 0n && found.to?.toLowerCase() === pending.account.toLowerCase()
    return { end: isNothing ? 'cancelled' : 'replaced', hash }
  }
  return pending.hash === null ? { end: 'unsent' } : { end: 'replaced', hash: null }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms)
    function done() {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    function stop() {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}
