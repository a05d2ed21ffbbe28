import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  createPublicClient,
  type Hash,
  type Hex,
  http,
  numberToHex,
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
  for (const entry of readJournal(file)) {
    const hash = await replayBlock(rpc, entry)
    replay.blocks++
    replay.transactions += entry.transactions.length
    replay.identical &&= hash === entry.hash
  }
  return replay
}

async function replayBlock(rpc: Rpc, entry: Entry): Promise<Hash> {
  try {
    await rpc('evm_setAutomine', [false])
    for (const transaction of entry.transactions) await rpc('eth_sendRawTransaction', [transaction])
    await rpc('evm_mine', [numberToHex(entry.timestamp)])
    const block = await rpc<{ hash: Hash; transactions: unknown[] }>('eth_getBlockByNumber', [numberToHex(entry.number), false])
    if (block?.transactions.length !== entry.transactions.length) throw new Error('not all of its transactions were mined')
    return block.hash
  } catch (cause) {
    throw new Error(`the saved local chain cannot be replayed beyond block ${entry.number - 1}; begin anew with --reset`, {
      cause,
    })
  } finally {
    await rpc('evm_setAutomine', [true])
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
  const client = createPublicClient({ chain: hardhat, transport: http(rpcUrl) })
  const last = [...readJournal(file)].at(-1)
  let next = (last?.number ?? 0) + 1
  let stopped = false
  const writeNew = async () => {
    const head = Number(await client.getBlockNumber({ cacheTime: 0 }))
    for (; next <= head; next++) {
      const block = await client.getBlock({ blockNumber: BigInt(next), includeTransactions: true })
      const transactions = block.transactions.map(serialise)
      const entry: Entry = { number: next, timestamp: Number(block.timestamp), hash: block.hash, transactions }
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { flush: true })
    }
  }
  let timer: NodeJS.Timeout
  let running = Promise.resolve()
  const tick = () => {
    running = writeNew().catch(() => undefined) // the node is going down, or back in a moment
    void running.then(() => {
      if (!stopped) timer = setTimeout(tick, POLL_MS)
    })
  }
  timer = setTimeout(tick, 0)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
    await writeNew().catch(() => undefined)
  }
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
