/**
 * The least that an indexer can do: logs of a range, decoded, written by COPY together with a cursor. No headers, no hashes to
 * check, no way back. A process of its own; it is told everything by environment and runs until it is ended.
 */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { Writable } from 'node:stream'
import pg from 'pg'
import { createBatchRpc } from '../rpc.ts'
import { type FloorLog, handDecode, viemDecode } from './decode.ts'
import { dealLine, eventLine, type FloorDeal, foldDeal } from './rows.ts'
import { FLOOR_TABLES, UPSERT_DEALS } from './tables.ts'

const RANGE = 25
const IN_FLIGHT = 4

const { DATABASE_URL, RPC_URL = '', DECODER, COPY_STREAMS = '', FIRST_BLOCK, ESCROW, REPUTATION } = process.env
const { from: copyFrom } = createRequire(import.meta.url)(COPY_STREAMS) as { from: (sql: string) => pg.Submittable & Writable }
const decode = DECODER === 'hand' ? handDecode : viemDecode
const { call } = createBatchRpc(RPC_URL)
const client = new pg.Client({ connectionString: DATABASE_URL })
const openDeals = new Map<string, FloorDeal>()

await client.connect()
await client.query(FLOOR_TABLES)
await client.query('create temporary table incoming (like deal) on commit delete rows')
const head = Number(await call('eth_blockNumber'))
const coming: { logs: Promise<FloorLog[]>; to: number }[] = []
let next = Number(FIRST_BLOCK)
for (;;) {
  while (coming.length < IN_FLIGHT && next <= head) {
    const to = Math.min(head, next + RANGE - 1)
    coming.push({ logs: logsBetween(next, to), to })
    next = to + 1
  }
  const range = coming.shift()
  if (range === undefined) break
  await write(await range.logs, range.to)
}
await new Promise((resolve) => process.once('SIGTERM', resolve)) // so that what was used can still be read
await client.end()

async function logsBetween(from: number, to: number): Promise<FloorLog[]> {
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` }
  return (await call('eth_getLogs', { address: [ESCROW, REPUTATION], ...range })) as FloorLog[]
}

async function write(logs: readonly FloorLog[], to: number): Promise<void> {
  const events: string[] = []
  const touched = new Set<FloorDeal>()
  for (const log of logs) {
    const decoded = decode(log)
    events.push(eventLine(log, decoded))
    const deal = foldDeal(openDeals, decoded, Number(log.blockNumber))
    if (deal !== null) touched.add(deal)
  }
  await client.query('begin')
  await copy('event', events.join(''))
  await copy('incoming', [...touched].map(dealLine).join(''))
  await client.query(UPSERT_DEALS)
  await client.query('update cursor set block_number = $1', [to])
  await client.query('commit')
}

async function copy(table: string, text: string): Promise<void> {
  if (text === '') return
  const stream = client.query(copyFrom(`copy ${table} from stdin`))
  stream.end(text)
  await once(stream, 'finish')
}
