import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Rpc } from '../../src/source/rpc.ts'
import type { Header, RawLog } from '../../src/source/wire.ts'

export const CONTRACT = `0x${'c0'.repeat(20)}`
export const CHAIN_ID = 7

/** Where a chain ends, and from which height on it is another branch than the true one. */
export type Branch = { length: number; finalized?: number; name?: number; forkAt?: number }

/** The block at a height; of the branch's own making from `forkAt` on. */
export function blockAt(height: number, { name = 0, forkAt = Infinity }: Omit<Branch, 'length'> = {}): Header {
  const hashAt = (at: number): string => `0x${(at >= forkAt ? name : 0).toString(16)}${at.toString(16).padStart(63, '0')}`
  const logsBloom = `0x${'00'.repeat(256)}`
  return { number: height, hash: hashAt(height), parentHash: hashAt(Math.max(0, height - 1)), timestamp: height * 2, logsBloom }
}

/** Two logs in every block of even height, none in the others. */
export function logsAt({ number, hash }: Header): RawLog[] {
  if (number % 2 === 1) return []
  const topic = `0x${'ee'.repeat(32)}`
  const log = { address: CONTRACT, topics: [topic], data: `0x${number.toString(16).padStart(64, '0')}`, transactionHash: hash }
  return [0, 1].map((logIndex) => ({ ...log, blockNumber: number, blockHash: hash, logIndex }))
}

/** A well-behaved node on a branch; the branch may be changed while it runs. */
export function nodeOn(branch: Branch): Rpc {
  const header: Rpc['header'] = async (at) => {
    const height = at === 'latest' ? branch.length : at === 'finalized' ? (branch.finalized ?? 0) : at
    return height <= branch.length ? blockAt(height, branch) : null
  }
  const byHash = (hash: string): Header => {
    const found = blockAt(Number(`0x${hash.slice(3)}`), branch)
    if (found.hash !== hash || found.number > branch.length) throw new Error('unknown block')
    return found
  }
  const range = (from: number, to: number): Header[] => {
    const last = Math.min(to, branch.length)
    return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => blockAt(from + index, branch))
  }
  return {
    chainId: async () => CHAIN_ID,
    header,
    headers: async (from, to) => {
      if (to > branch.length) throw new Error(`no header at height ${branch.length + 1}`)
      return range(from, to)
    },
    logs: async (_, query) => {
      return 'blockHash' in query ? logsAt(byHash(query.blockHash)) : range(query.from, query.to).flatMap(logsAt)
    },
    receiptLogs: async (blockHash) => logsAt(byHash(blockHash)),
  }
}

/** A node of which every call but the one for its chain goes through `through`. */
export function mapCalls(rpc: Rpc, through: <T>(call: () => Promise<T>) => Promise<T>): Rpc {
  return {
    chainId: rpc.chainId,
    header: (at) => through(() => rpc.header(at)),
    headers: (from, to) => through(() => rpc.headers(from, to)),
    logs: (addresses, query) => through(() => rpc.logs(addresses, query)),
    receiptLogs: (blockHash) => through(() => rpc.receiptLogs(blockHash)),
  }
}

type Call = { id: number; method: string; params: unknown[] }

/** Serves what `rpc` answers as JSON-RPC over HTTP. `misbehave` may answer a request itself and return true. */
export async function serveNode(rpc: Rpc) {
  const calls: string[] = []
  let misbehave: (response: ServerResponse, methods: string[]) => boolean = () => false
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // a request without encoding yields Buffers
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Call | Call[]
    const methods = [asked].flat().map(({ method }) => method)
    calls.push(...methods)
    response.setHeader('content-type', 'application/json')
    if (misbehave(response, methods)) return
    const answers = await Promise.all([asked].flat().map((call) => answerTo(rpc, call)))
    response.end(JSON.stringify(Array.isArray(asked) ? answers : answers[0]))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    calls,
    behave: (how: typeof misbehave): void => {
      misbehave = how
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function answerTo(rpc: Rpc, { id, method, params }: Call): Promise<object> {
  const reply = (result: unknown): object => ({ jsonrpc: '2.0', id, result })
  try {
    if (method === 'eth_chainId') return reply(toHex(await rpc.chainId()))
    if (method === 'eth_getBlockByNumber') return reply(headerJson(await rpc.header(heightOf(params[0]))))
    if (method === 'eth_getBlockReceipts') return reply([{ logs: (await rpc.receiptLogs(String(params[0])))?.map(logJson) }])
    const { blockHash, fromBlock, toBlock } = params[0] as Record<string, string> // eth_getLogs has one filter
    const query = blockHash === undefined ? { from: Number(fromBlock), to: Number(toBlock) } : { blockHash }
    return reply((await rpc.logs([CONTRACT], query)).map(logJson))
  } catch (error) {
    return { jsonrpc: '2.0', id, error: { code: -32000, message: String(error), ...(error as object) } } // only errors are thrown
  }
}

function heightOf(tag: unknown): number | 'latest' | 'finalized' {
  return tag === 'latest' || tag === 'finalized' ? tag : Number(tag)
}

/** A header as nodes write it in JSON. */
export function headerJson(header: Header | null): object | null {
  return header && { ...header, number: toHex(header.number), timestamp: toHex(header.timestamp) }
}

function logJson(log: RawLog): object {
  return { ...log, blockNumber: toHex(log.blockNumber), logIndex: toHex(log.logIndex) }
}

function toHex(value: number): string {
  return `0x${value.toString(16)}`
}
