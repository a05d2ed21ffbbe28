import { createPublicClient, http } from 'viem'
import { InconsistentNode } from '../errors.ts'
import { type Header, parseHeader, parseLogs, parseReceiptLogs, quantity, type RawLog } from './wire.ts'

const REQUEST_TIMEOUT_MS = 15_000 // a range of logs may take a public node several seconds
const HEADERS_PER_REQUEST = 100 // public nodes refuse JSON-RPC batches much larger than this

/**
 * Which logs to ask for: a span of heights, of some topics only (null: any) if wanted, or one block by its hash (an unknown hash
 * is an error, not empty).
 */
export type LogQuery = { from: number; to: number; topics?: readonly (string | null)[] } | { blockHash: string }

/** The node, as far as the indexer asks it. Every call ends within a time limit and rejects on failure. */
export type Rpc = {
  chainId: () => Promise<number>
  /** The header at a height or tag; null where the chain does not reach that far. */
  header: (at: number | 'latest' | 'finalized') => Promise<Header | null>
  headers: (from: number, to: number) => Promise<Header[]>
  logs: (addresses: readonly string[], query: LogQuery) => Promise<RawLog[]>
  /** Every log of a block from its receipts; null where the node does not know `eth_getBlockReceipts`. */
  receiptLogs: (blockHash: string) => Promise<RawLog[] | null>
}

/** Connects to a node over HTTP. `onRequest` is told each call, for the metrics. */
export function createRpc(url: string, onRequest: (method: string) => void = () => {}): Rpc {
  const transport = http(url, { batch: { batchSize: HEADERS_PER_REQUEST }, timeout: REQUEST_TIMEOUT_MS, retryCount: 0 })
  const client = createPublicClient({ transport })
  // viem types each method by its own schema; answers are checked by wire.ts instead, so `unknown` is enough.
  const request = client.request as (call: { method: string; params?: unknown[] }) => Promise<unknown>
  const ask = (method: string, ...params: unknown[]): Promise<unknown> => {
    onRequest(method)
    return request({ method, params })
  }
  const header = async (at: number | 'latest' | 'finalized'): Promise<Header | null> => {
    const answer = await ask('eth_getBlockByNumber', typeof at === 'number' ? toQuantity(at) : at, false)
    if (answer === null || answer === undefined) return null
    const found = parseHeader(answer)
    if (typeof at === 'number' && found.number !== at) throw new InconsistentNode(`block ${found.number} was given for ${at}`)
    return found
  }
  return {
    chainId: async () => quantity(await ask('eth_chainId'), 'chain id'),
    header,
    headers: (from, to) => headersBetween(header, from, to),
    logs: async (addresses, query) => parseLogs(await ask('eth_getLogs', { address: addresses, ...filterOf(query) })),
    receiptLogs: async (blockHash) => {
      const answer = await ask('eth_getBlockReceipts', blockHash).catch(nullIfUnknownMethod)
      return answer === null ? null : parseReceiptLogs(answer)
    },
  }
}

async function headersBetween(header: Rpc['header'], from: number, to: number): Promise<Header[]> {
  const found: Header[] = []
  for (let start = from; start <= to; start += HEADERS_PER_REQUEST) {
    const size = Math.min(HEADERS_PER_REQUEST, to - start + 1)
    const part = await Promise.all(Array.from({ length: size }, (_, k) => header(start + k)))
    for (const [k, one] of part.entries()) {
      if (one === null || one.number !== start + k) throw new InconsistentNode(`no header at height ${start + k}`)
      found.push(one)
    }
  }
  return found
}

function filterOf(query: LogQuery): object {
  if ('blockHash' in query) return { blockHash: query.blockHash }
  return { fromBlock: toQuantity(query.from), toBlock: toQuantity(query.to), topics: query.topics }
}

function toQuantity(value: number): string {
  return `0x${value.toString(16)}`
}

function nullIfUnknownMethod(error: unknown): null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === -32601 || code === -32004) return null // method not found; method not supported
  throw error
}
