/**
 * The quickest way from a block to a row: an announced head, its logs by its hash, one transaction in one round trip. Nothing is
 * checked. A process of its own, told everything by environment; it runs until it is ended.
 */
import pg from 'pg'
import { createBatchRpc } from '../rpc.ts'
import { type FloorLog, handDecode } from './decode.ts'
import { type FloorDeal, foldDeal, insertEvent, upsertDeal } from './rows.ts'
import { FLOOR_TABLES } from './tables.ts'

const { DATABASE_URL, RPC_URL = '', RPC_WS_URL = '', FIRST_BLOCK, ESCROW, REPUTATION } = process.env
const { call } = createBatchRpc(RPC_URL)
const client = new pg.Client({ connectionString: DATABASE_URL })
const deals = new Map<string, FloorDeal>()

await client.connect()
await client.query(FLOOR_TABLES)
let stored = Number(FIRST_BLOCK) - 1
let following = Promise.resolve() // what is announced meanwhile waits in line
const socket = new WebSocket(RPC_WS_URL)
socket.onopen = () => {
  socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }))
}
socket.onmessage = ({ data }) => {
  const { params } = JSON.parse(String(data)) as { params?: { result: { number: string; hash: string } } }
  if (params === undefined) return // the answer to the subscription
  const { number, hash } = params.result
  following = following.then(() => follow(Number(number), hash))
}
process.once('SIGTERM', () => process.exit(0))

/** Stores an announced block, and before it those that were mined before the first announcement. */
async function follow(height: number, blockHash: string): Promise<void> {
  for (let at = stored + 1; at < height; at += 1) {
    const number = `0x${at.toString(16)}`
    await store({ fromBlock: number, toBlock: number }, at)
  }
  await store({ blockHash }, height)
  stored = height
}

async function store(place: Record<string, string>, height: number): Promise<void> {
  const logs = (await call('eth_getLogs', { address: [ESCROW, REPUTATION], ...place })) as FloorLog[]
  const statements = logs.flatMap((log) => {
    const decoded = handDecode(log)
    const deal = foldDeal(deals, decoded, height)
    return [insertEvent(log, decoded), ...(deal === null ? [] : [upsertDeal(deal)])]
  })
  await client.query(['begin', ...statements, `update cursor set block_number = ${height}`, 'commit'].join(';'))
}
