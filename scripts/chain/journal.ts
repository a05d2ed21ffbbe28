import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createPublicClient,
  type Hash,
  type Hex,
  http,
  numberToHex,
  type PublicClient,
  serializeTransaction,
  type Transaction,
  type TransactionSerializable,
} from 'viem'
import { hardhat } from 'viem/chains'
import { createRpc, type Rpc } from './json-rpc.ts'

/** One block of a local chain: enough to make the same block again. */
interface Entry {
  number: number
  /** Seconds. */
  timestamp: number
  hash: Hash
  /** Signed, serialised transactions in their order. */
  transactions: Hex[]
}

export interface Replay {
  blocks: number
  transactions: number
  /** Whether every block came out with the hash it had. */
  identical: boolean
}

const POLL_MS = 500

/** Replays the journal into a fresh node, block by block. Throws, naming the block, if the node refuses one. */
export async function replayJournal(file: string, rpcUrl: string): Promise<Replay> {
  const rpc = createRpc(rpcUrl)
  const replay: Replay = { blocks: 0, transactions: 0, identical: true }
  await rpc('evm_setAutomine', [false])
  try {
    for (const entry of readJournal(file)) {
      const hash = await replayBlock(rpc, entry)
      replay.blocks++
      replay.transactions += entry.transactions.length
      replay.identical &&= hash === entry.hash
    }
  } finally {
    await rpc('evm_setAutomine', [true])
  }
  return replay
}

async function replayBlock(rpc: Rpc, entry: Entry): Promise<Hash> {
  try {
    for (const transaction of entry.transactions) await rpc('eth_sendRawTransaction', [transaction])
    await rpc('evm_mine', [numberToHex(entry.timestamp)])
    const block = await rpc<{ hash: Hash; transactions: unknown[] }>('eth_getBlockByNumber', [numberToHex(entry.number), false])
    if (block?.transactions.length !== entry.transactions.length) throw new Error('not all of its transactions were mined')
    return block.hash
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `the saved local chain cannot be replayed: block ${entry.number}: ${reason}. Begin anew with: npm start -- --reset`,
      {
        cause,
      },
    )
  }
}

/**
 * Brings a node whose clock began at a fixed date to the present, unless the chain is ahead already (somebody skipped time):
 * then it goes on from there.
 */
export async function catchUpClock(rpcUrl: string, nowSeconds: number): Promise<void> {
  const rpc = createRpc(rpcUrl)
  const pending = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['pending', false])
  if (Number(pending.timestamp) < nowSeconds) await rpc('evm_mine', [numberToHex(nowSeconds)])
}

/** Follows the node and writes down each new block. Returns a function that writes what is left and stops. */
export function keepJournal(file: string, rpcUrl: string): () => Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const journal = new Journal(file, createPublicClient({ chain: hardhat, transport: http(rpcUrl) }))
  const stopping = new AbortController()
  const follow = async () => {
    while (!stopping.signal.aborted) {
      await journal.writeNew().catch(() => undefined) // the node is going down, or back in a moment
      await sleep(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const following = follow()
  return async () => {
    stopping.abort()
    await following
    await journal.writeNew().catch(() => undefined)
  }
}

/** The file, and what is in it. */
class Journal {
  readonly #file: string
  readonly #client: PublicClient
  /** Of each block written: its number, its hash, and where in the file it begins. */
  readonly #written: { number: number; hash: Hash; offset: number }[] = []
  #size = 0

  constructor(file: string, client: PublicClient) {
    this.#file = file
    this.#client = client
    for (const entry of readJournal(file)) this.#note(entry, lineOf(entry))
  }

  /** Writes every block of the node that is not in the file, and takes back those the node has taken back. */
  async writeNew(): Promise<void> {
    const { number: head, hash } = await this.#head()
    for (let last = this.#written.at(-1); last && last.number >= head && last.hash !== hash; last = this.#written.at(-1)) {
      this.#takeBack()
    }
    for (let last = this.#written.at(-1); (last?.number ?? 0) < head; last = this.#written.at(-1)) {
      const number = (last?.number ?? 0) + 1
      const block = await this.#client.getBlock({ blockNumber: BigInt(number), includeTransactions: true })
      if (last && block.parentHash !== last.hash) this.#takeBack()
      else
        this.#append({
          number,
          timestamp: Number(block.timestamp),
          hash: block.hash,
          transactions: block.transactions.map(serialise),
        })
    }
  }

  async #head(): Promise<{ number: number; hash: Hash }> {
    const { number, hash } = await this.#client.getBlock()
    return { number: Number(number), hash }
  }

  #append(entry: Entry): void {
    const line = lineOf(entry)
    appendFileSync(this.#file, line, { flush: true })
    this.#note(entry, line)
  }

  #note({ number, hash }: Entry, line: string): void {
    this.#written.push({ number, hash, offset: this.#size })
    this.#size += line.length
  }

  /** Somebody undid the last block (evm_revert). */
  #takeBack(): void {
    const last = this.#written.pop()
    if (!last) return
    truncateSync(this.#file, last.offset)
    this.#size = last.offset
  }
}

function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`
}

function* readJournal(file: string): Generator<Entry> {
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  const whole = text.lastIndexOf('\n') + 1
  if (whole < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, whole))) // a line cut off by a crash
  for (const line of text.slice(0, whole).split('\n')) if (line) yield JSON.parse(line) as Entry
}

/** The transaction as it was signed and sent. */
function serialise(transaction: Transaction): Hex {
  const { r, s, yParity, input, type, ...fields } = transaction
  const legacy = type === 'legacy'
  // A mined transaction also carries the price it paid; what was signed names only the caps.
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas, ...rest } = fields
  const fees = legacy || type === 'eip2930' ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas }
  const unsigned = { ...rest, ...fees, data: input, type } as TransactionSerializable
  return serializeTransaction(unsigned, legacy ? { r, s, v: transaction.v } : { r, s, yParity: yParity ?? 0 })
}
