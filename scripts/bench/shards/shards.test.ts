import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import type { Context } from '../../../api/src/context.ts'
import { type BenchServer, startServer } from '../database.ts'
import { dealIdOf } from '../scale/accounts.ts'
import { grow, OPEN_DEALS, plant } from '../scale/grow.ts'
import { contextOf } from '../scale/queries.ts'
import { type Cluster, createCluster } from './cluster.ts'
import { askCluster, askSingle } from './measure.ts'
import { shardQueries } from './queries.ts'
import { shardOf, shardSql } from './route.ts'

const DEALS = OPEN_DEALS + 2_000
const KEYS = 12
const TEMPLATES = 40

let server: BenchServer
let client: pg.Client
let context: Context
let cluster: Cluster

before(async () => {
  server = await startServer()
  const { adminUrl } = await server.create('single')
  await migrate(adminUrl)
  context = contextOf((await openRoles(adminUrl, 'bench')).api)
  client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await plant(client)
  await grow(client, 0, DEALS - OPEN_DEALS)
  cluster = await createCluster(server, adminUrl, 3)
})
after(async () => {
  await cluster?.stop()
  await context?.db.$disconnect()
  await client?.end()
  await server?.stop()
})

test('script and Postgres agree on the shard of every key, and every shard gets some', async () => {
  const keys = [`0x${'0'.repeat(64)}`, `0x${'f'.repeat(64)}`, ...Array.from({ length: 200 }, (_, k) => dealIdOf(k))]
  for (const count of [1, 3, 8]) {
    const { rows } = await client.query(`select ${shardSql('key', count)}::int as shard from unnest($1::text[]) as key`, [keys])
    const shards = keys.map((key) => shardOf(key, count))
    assert.deepEqual(
      rows.map(({ shard }) => shard),
      shards,
    )
    assert.equal(new Set(shards).size, count)
  }
})

test('every row of a deal is in one shard, and a deal is copied to each of its two parties', async () => {
  const sum = (rows: number[]): number => rows.reduce((total, value) => total + value, 0)
  assert.equal(sum(cluster.byDeal.map(({ rows }) => rows.deal)), DEALS + TEMPLATES)
  const copies = sum(cluster.byAccount.map(({ rows }) => rows.deal))
  assert.ok(copies > DEALS && copies < 2 * DEALS, `${copies}: both parties, once where they have the same shard`)
})

test('shards answer every question as the one database does', async () => {
  const { asked } = await askSingle(context, { deals: DEALS, keys: KEYS })
  const isEmpty = (answer: unknown): boolean => JSON.stringify(answer, (_, value) => String(value)) === '[]'
  for (const [k, questions] of asked.entries()) {
    assert.ok(!questions.every(({ answer }) => isEmpty(answer)), `${shardQueries[k]?.name}: nothing to compare`)
  }
  const { compared } = await askCluster(cluster, asked)
  assert.equal(compared, shardQueries.length * KEYS)
})

test('a shard that lacks rows is found out', async () => {
  const { asked } = await askSingle(context, { deals: DEALS, keys: 1 })
  const [first, ...others] = cluster.byDeal
  assert.ok(first)
  await assert.rejects(
    askCluster({ ...cluster, byDeal: [first, first, ...others.slice(1)] }, asked),
    /the shards answer otherwise/,
  )
})
