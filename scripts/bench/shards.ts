/**
 * `npm run bench:shards`: plays the path to several servers of docs/operations/scaling.md with ordinary databases as shards. Rows
 * are routed by the hash that a deal's id is, the api's own queries go to one shard or to all and are merged, and every answer
 * has to be the one of a single database. `-- --deals N`, `--keys N`, `--shards N,…`.
 */
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../api/src/context.ts'
import { type DealFilter, type DealRow, findDeal, findReviews, findTimeline, listDeals } from '../../api/src/deals/queries.ts'
import { columnsOf } from '../../indexer/src/store/tables.ts'
import { type BenchServer, startServer } from './database.ts'
import { machine } from './page.ts'
import { markdown, quantile } from './report.ts'
import { accountOf, arbiters, BIG_SELLER, CAIP2, dealIdOf, sellerOf } from './scale/accounts.ts'
import { grow, OPEN_DEALS, plant, settle } from './scale/grow.ts'
import { contextOf } from './scale/queries.ts'

const PAGE = 30
const dealTables = { deal: 'id', event: 'deal_id', review: 'deal_id' } as const

type Shard = { client: pg.Client; context: Context; close: () => Promise<void> }
type Row = { shards: number; smallest: number; largest: number; deal: number[]; list: number[] }

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: { deals: { ...text, default: '50000' }, keys: { ...text, default: '200' }, shards: { ...text, default: '1,2,4,8' } },
})
const [deals, keys] = [Number(values.deals), Number(values.keys)]
const counts = values.shards.split(',').map(Number)
if (![deals, keys, ...counts].every((count) => Number.isInteger(count) && count > 0)) throw new Error('numbers are whole and above 0')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const where = machine()
const server = await startServer()
try {
  const whole = await open(server, 'whole')
  await plant(whole.client)
  await grow(whole.client, 0, deals - OPEN_DEALS)
  await settle(whole.client)
  const rows: Row[] = []
  for (const count of counts) rows.push(await play(whole, count))
  await whole.close()
  console.log(`${where}\n\n${table(rows)}`)
} finally {
  await server.stop()
}

/** Spreads the rows over so many databases, asks, and compares each answer. @throws if one differs. */
async function play(whole: Shard, count: number): Promise<Row> {
  const shards = await Promise.all(Array.from({ length: count }, (_, k) => open(server, `shard_${count}_${k}`)))
  for (const [k, shard] of shards.entries()) await fill(whole, shard, `${k}`, count)
  const sizes = await Promise.all(shards.map(({ client }) => client.query<{ n: number }>('select count(*)::int as n from chain.deal')))
  const held = sizes.map(({ rows }) => rows[0]?.n ?? 0)
  const deal: number[] = []
  const list: number[] = []
  for (let k = 0; k < keys; k += 1) {
    const number = Math.floor(((deals - OPEN_DEALS) * k) / keys)
    deal.push(await compareDeal(whole, shards, dealIdOf(number)))
    const filters: DealFilter[] = [
      { account: accountOf('seller', k % 10 === 0 ? BIG_SELLER : sellerOf(number)), limit: PAGE },
      { account: arbiters[k % arbiters.length], role: 'arbiter', disputed: true, limit: PAGE },
      { limit: PAGE },
    ]
    for (const filter of filters) list.push(await compareList(whole, shards, filter))
  }
  await Promise.all(shards.map(({ close }) => close()))
  return { shards: count, smallest: Math.min(...held), largest: Math.max(...held), deal, list }
}

async function open(from: BenchServer, name: string): Promise<Shard> {
  const database = await from.create(name)
  await migrate(database.adminUrl)
  const urls = await openRoles(database.adminUrl, 'bench')
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const context = contextOf(urls.api)
  const close = async (): Promise<void> => {
    await context.db.$disconnect()
    await client.end()
    await database.drop()
  }
  return { client, context, close }
}

/** Copies the rows that belong on a shard. */
async function fill(whole: Shard, { client }: Shard, remainder: string, count: number): Promise<void> {
  const { rows } = await whole.client.query<{ height: string }>('select max(block_number) as height from chain.event')
  for (let height = 0; height <= Number(rows[0]?.height); height += 1_000_000) {
    await client.query(`select chain.make_event_partition('chain', $1)`, [height])
  }
  for (const [name, key] of Object.entries(dealTables) as [keyof typeof dealTables, string][]) {
    const columns = ['chain', ...columnsOf(name)].join(', ')
    const mine = `chain = '${CAIP2}' and ('x' || substr(${key}, 3, 8))::bit(32)::bigint % ${count} = ${remainder}`
    const source = whole.client.query(copyTo(`copy (select ${columns} from chain.${name} where ${mine}) to stdout`))
    await pipeline(source, client.query(copyFrom(`copy chain.${name} (${columns}) from stdin`)))
  }
  await client.query('analyze')
}

/** A deal, its timeline and its reviews: all on one shard. Returns milliseconds. */
async function compareDeal(whole: Shard, shards: readonly Shard[], id: string): Promise<number> {
  const shard = shards[Number.parseInt(id.slice(2, 10), 16) % shards.length]
  if (shard === undefined) throw new Error('no shard')
  const ask = ({ context }: Shard) => Promise.all([findDeal(context, id), findTimeline(context, id), findReviews(context, id)])
  const began = performance.now()
  const found = await ask(shard)
  const milliseconds = performance.now() - began
  if (found[0] === null || !isDeepStrictEqual(found, await ask(whole))) throw new Error(`deal ${id} is another on its shard`)
  return milliseconds
}

/** A list: every shard's first page, merged in the order of the list. Returns milliseconds. */
async function compareList(whole: Shard, shards: readonly Shard[], filter: DealFilter): Promise<number> {
  const began = performance.now()
  const pages = await Promise.all(shards.map(({ context }) => listDeals(context, filter)))
  const merged = pages.flat().sort(newestFirst).slice(0, filter.limit + 1)
  const milliseconds = performance.now() - began
  if (!isDeepStrictEqual(merged, await listDeals(whole.context, filter))) throw new Error(`another list for ${JSON.stringify(filter)}`)
  return milliseconds
}

function newestFirst(a: DealRow, b: DealRow): number {
  return a.opened_at === b.opened_at ? (a.id < b.id ? 1 : -1) : a.opened_at < b.opened_at ? 1 : -1
}

function table(rows: readonly Row[]): string {
  const ms = (some: readonly number[]): string => `${quantile(some, 0.5).toFixed(2)} (${quantile(some, 0.95).toFixed(2)})`
  const head = ['shards', 'deals on the smallest', 'on the largest', 'a deal, ms p50 (p95)', 'a list, ms p50 (p95)', 'answers compared']
  const lines = rows.map(({ shards, smallest, largest, deal, list }) => {
    return [shards, smallest, largest, ms(deal), ms(list), deal.length + list.length].map(String)
  })
  return markdown(head, lines)
}
