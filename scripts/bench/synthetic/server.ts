/**
 * A node that never stores a block: `node server.ts EVENTS` prints its port and serves JSON-RPC on 127.0.0.1 until it is ended.
 * For chains that are too long for anvil's memory.
 */
import { createServer } from 'node:http'
import { createBlocks } from './blocks.ts'

type Request = { id?: unknown; method?: string; params?: unknown[] }
type Filter = { fromBlock?: string; toBlock?: string; blockHash?: string }

const FINAL_AFTER = 64
const CHAIN_ID = '0x7a69'

const blocks = createBlocks(Number(process.argv[2]))
const methods: Record<string, (params: unknown[]) => string> = {
  eth_chainId: () => `"${CHAIN_ID}"`,
  net_version: () => `"${Number(CHAIN_ID)}"`,
  eth_blockNumber: () => `"0x${blocks.head.toString(16)}"`,
  eth_getBlockByNumber: ([at]) => headerAt(heightOf(String(at))),
  eth_getBlockByHash: ([hash]) => headerAt(blocks.heightOf(String(hash)) ?? -1),
  eth_getLogs: ([filter]) => logsIn(filter as Filter),
  eth_getBlockReceipts: ([at]) => {
    const height = blocks.heightOf(String(at)) ?? heightOf(String(at))
    return isThere(height) ? blocks.receiptsJson(height) : 'null'
  },
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.from(answer(Buffer.concat(parts).toString()))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(address?.port)
})

function answer(text: string): string {
  const body = JSON.parse(text) as Request | Request[]
  return Array.isArray(body) ? `[${body.map(answerOne).join(',')}]` : answerOne(body)
}

function answerOne({ id = null, method = '', params = [] }: Request): string {
  const start = `{"jsonrpc":"2.0","id":${JSON.stringify(id)}`
  const known = methods[method]
  if (known === undefined) return `${start},"error":{"code":-32601,"message":"the method ${method} does not exist"}}`
  try {
    return `${start},"result":${known(params)}}`
  } catch (error) {
    return `${start},"error":{"code":-32000,"message":${JSON.stringify(String(error))}}}`
  }
}

/** Every log of the chain is of our two contracts, so that address and topics need not be looked at. */
function logsIn({ fromBlock = 'latest', toBlock = 'latest', blockHash }: Filter): string {
  if (blockHash !== undefined) {
    const height = blocks.heightOf(blockHash)
    if (height === null) throw new Error('unknown block')
    return `[${blocks.logsJson(height)}]`
  }
  const parts: string[] = []
  for (let height = heightOf(fromBlock); height <= Math.min(heightOf(toBlock), blocks.head); height += 1) {
    const logs = blocks.logsJson(height)
    if (logs !== '') parts.push(logs)
  }
  return `[${parts.join(',')}]`
}

function headerAt(height: number): string {
  return isThere(height) ? blocks.headerJson(height) : 'null'
}

function heightOf(at: string): number {
  if (at === 'latest' || at === 'pending') return blocks.head
  if (at === 'finalized' || at === 'safe') return Math.max(0, blocks.head - FINAL_AFTER)
  return at === 'earliest' ? 0 : Number(at)
}

function isThere(height: number): boolean {
  return height >= 0 && height <= blocks.head
}
