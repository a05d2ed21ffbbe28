import { type Hex, type PublicClient, pad, type TransactionReceipt } from 'viem'
import type { PendingBundle } from './pending'
import { type Found, MOST_BLOCKS, type Outcome, receiptOf, type TrackOptions, watch } from './track.ts'

/** What a node is asked to find a bundle on the chain. */
export type BundleReader = Pick<PublicClient, 'getTransactionReceipt' | 'getBlockNumber' | 'request'>

/** What a wallet says of a bundle: a status of EIP-5792, and the transaction that it went in. */
export interface WalletWord {
  status: number
  hash: Hex | null
}

/** Asks the wallet. Null: it knows no such bundle. Rejects where the wallet cannot be asked, or another account is in it. */
export type AskWallet = (id: string) => Promise<WalletWord | null>

const SILENT_MS = 600_000 // a wallet that says nothing, and a chain without a trace of it, for so long: it is not waited for

/**
 * Follows a bundle until it is known what became of it. The wallet says where it stands, and the chain has the last word: what went
 * well is a receipt in which the deal moved and this account paid or allowed it, whoever sent the transaction and whatever else is in it.
 */
export function trackBundle(
  reader: BundleReader,
  askWallet: AskWallet,
  pending: PendingBundle,
  options: TrackOptions & { silentMs?: number },
): Promise<Outcome> {
  const { silentMs = SILENT_MS, ...rest } = options
  const watched = { hash: pending.hash, sentAt: pending.sentAt, accepted: pending.bundle.accepted }
  return watch(watched, (hash) => look(reader, askWallet, { ...pending, hash }, silentMs), rest)
}

async function look(reader: BundleReader, askWallet: AskWallet, pending: PendingBundle, silentMs: number): Promise<Found> {
  const before = pending.hash && (await judged(reader, pending, pending.hash))
  if (before) return { outcome: before, known: true }
  const word = await askWallet(pending.bundle.id).catch(() => 'silent' as const)
  if (word !== 'silent' && word !== null && word.status < 200) return { known: true }
  const said = word !== 'silent' && word?.hash ? await judged(reader, pending, word.hash) : null
  if (said?.end === 'mined' && said.status === 'success') return { outcome: said, known: true }
  const found = await findByDeal(reader, pending)
  if (found) return { outcome: { end: 'mined', hash: found, status: 'success' }, known: true }
  if (word === 'silent') return { known: Date.now() - pending.sentAt < silentMs }
  if (word === null) return { known: false }
  if (word.status >= 300) return { outcome: failureOf(word), known: true }
  // Done, says the wallet. Without a receipt the node may be behind it, or what it gave is the hash of something else.
  return said ? { outcome: said, known: true } : { known: true }
}

/** Not on the chain and never to be (400), undone as a whole (500), or done in part (600), which nobody was asked to do. */
function failureOf({ status, hash }: WalletWord): Outcome {
  if (status < 500) return { end: 'unsent' }
  return { end: status < 600 ? 'reverted' : 'partial', hash }
}

/** What became of the bundle, by the transaction that it is said to have gone in; null while that is in no block. */
async function judged(reader: BundleReader, pending: PendingBundle, hash: Hex): Promise<Outcome | null> {
  const receipt = await receiptOf(reader, hash)
  if (!receipt) return null
  // A bundler's transaction is a success also when the bundle in it was undone.
  const went = receipt.status === 'success' && movesDeal(receipt, pending) && isPaidBy(receipt, pending)
  return { end: 'mined', hash, status: went ? 'success' : 'reverted' }
}

/** The transaction in which this account paid for the deal since the wallet was asked; null if there is none. */
async function findByDeal(reader: BundleReader, pending: PendingBundle): Promise<Hex | null> {
  const first = BigInt(pending.block)
  const head = await reader.getBlockNumber({ cacheTime: 0 })
  const last = head - first > MOST_BLOCKS ? first + MOST_BLOCKS : head
  const filter = { address: pending.to, topics: [null, pending.bundle.dealId], fromBlock: hex(first), toBlock: hex(last) }
  const logs = await reader.request({ method: 'eth_getLogs', params: [filter] })
  for (const hash of new Set(logs.map(({ transactionHash }) => transactionHash))) {
    const receipt = hash && (await receiptOf(reader, hash))
    if (receipt && isPaidBy(receipt, pending)) return hash
  }
  return null
}

const hex = (height: bigint): Hex => `0x${height.toString(16)}`

const isSame = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase()

/** Whether the contract logged something of the deal. */
const movesDeal = ({ logs }: TransactionReceipt, { to, bundle }: PendingBundle): boolean =>
  logs.some(({ address, topics }) => isSame(address, to) && isSame(topics[1], bundle.dealId))

/** Whether a token logged something from the account to the contract: Approval and Transfer both name them in this order. */
const isPaidBy = ({ logs }: TransactionReceipt, { account, to }: PendingBundle): boolean =>
  logs.some(({ topics }) => isSame(topics[1], pad(account)) && isSame(topics[2], pad(to)))
