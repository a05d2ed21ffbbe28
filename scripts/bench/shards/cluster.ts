import { pipeline } from 'node:stream/promises'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Context } from '../../../api/src/context.ts'
import { makePartitions } from '../../../indexer/src/store/events.ts'
import { columnsOf, type TableName } from '../../../indexer/src/store/tables.ts'
import type { BenchServer } from '../database.ts'
import { TIP } from '../scale/grow.ts'
import { contextOf } from '../scale/queries.ts'
import { shardSql } from './route.ts'

/** A database of a cluster, as the api reads it. */
export type Shard = { context: Context; rows: Rows }
export type Rows = { deal: number; event: number; review: number }

/** Ordinary databases that hold the same rows as one database. */
export type Cluster = {
  /** Each deal with its events and reviews is in one of these. */
  byDeal: Shard[]
  /** Second copies: a deal's row is with its seller and with its buyer, a review with whom it is about. */
  byAccount: Shard[]
  stop: () => Promise<void>
}

type Place = Partial<Record<keyof Rows, (count: number) => string>>

/** The shard, as SQL, that a row of each table belongs to. */
const byDeal: Place = {
  deal: (count) => shardSql('id', count),
  event: (count) => shardSql('deal_id', count),
  review: (count) => shardSql('deal_id', count),
}
const byAccount: Place = {
  deal: (count) => `any (array[${shardSql('seller', count)}, ${shardSql('buyer', count)}])`,
  review: (count) => shardSql('subject', count),
}

/** Makes `count` shards and as many second copies from the rows of `source`, an administrator's URL. */
export async function createCluster(server: BenchServer, source: string, count: number): Promise<Cluster> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0)) await end()
  }
  const make = async (name: string, place: Place): Promise<Shard[]> => {
    const shards: Shard[] = []
    for (let k = 0; k < count; k += 1) {
      const database = await server.create(`${name}_${k}`)
      stops.push(database.drop)
      await migrate(database.adminUrl)
      const { api } = await openRoles(database.adminUrl, 'bench')
      const rows = await fill(database.adminUrl, source, { place, count, k })
      const context = contextOf(api)
      stops.push(() => context.db.$disconnect())
      shards.push({ context, rows })
    }
    return shards
  }
  try {
    return { byDeal: await make('by_deal', byDeal), byAccount: await make('by_account', byAccount), stop: async () => stop() }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(url: string, source: string, options: { place: Place; count: number; k: number }): Promise<Rows> {
  const [from, to] = [source, url].map((connectionString) => new pg.Client({ connectionString })) as [pg.Client, pg.Client]
  await Promise.all([from.connect(), to.connect()])
  try {
    await makePartitions(to, { schema: 'chain', from: 0, to: TIP + 1_000_000 })
    const rows: Rows = { deal: 0, event: 0, review: 0 }
    for (const table of Object.keys(rows) as (keyof Rows)[]) rows[table] = await copyPart(from, to, { table, ...options })
    await to.query('vacuum (analyze) chain.deal, chain.event, chain.review')
    return rows
  } finally {
    await Promise.all([from.end(), to.end()])
  }
}

async function copyPart(
  from: pg.Client,
  to: pg.Client,
  { table, place, count, k }: { table: keyof Rows & TableName; place: Place; count: number; k: number },
): Promise<number> {
  const where = place[table]?.(count)
  if (where === undefined) return 0
  const columns = ['chain', ...columnsOf(table)].join(', ')
  const into = to.query(copyFrom(`copy chain.${table} (${columns}) from stdin`))
  await pipeline(from.query(copyTo(`copy (select ${columns} from chain.${table} where ${k} = ${where}) to stdout`)), into)
  return into.rowCount
}
