/**
 * `npm run bench:shards`: the api's queries on several ordinary databases as Citus would ask its shards, compared with those of one
 * database. `-- --help` lists the switches; docs/operations/scaling.md says what it shows and what it cannot.
 */
import { parseArgs } from 'node:util'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import { type BenchServer, startServer } from './database.ts'
import { machine, writeSection } from './page.ts'
import { grow, OPEN_DEALS, plant, settle } from './scale/grow.ts'
import { contextOf } from './scale/queries.ts'
import { createCluster } from './shards/cluster.ts'
import { askCluster, askSingle } from './shards/measure.ts'
import { type Layout, shardTables, type Timed } from './shards/report.ts'

const HELP = `npm run bench:shards [-- switches]
  --deals N       how many there are (50000)
  --shards N,…    over how many databases (1,2,4,8)
  --keys N        random keys for each query (100)
  --json          print the figures as JSON
  --write         put them into docs/operations/scaling.md too`

const PAGE = 'docs/operations/scaling.md'

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    deals: { type: 'string', default: '50000' },
    shards: { type: 'string', default: '1,2,4,8' },
    keys: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) console.log(HELP)
else await run({ deals: Number(values.deals), keys: Number(values.keys), counts: values.shards.split(',').map(Number) })

type Options = { deals: number; keys: number; counts: readonly number[] }

async function run(options: Options): Promise<void> {
  const { deals, keys, counts } = options
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
  if (!(deals >= 2 * OPEN_DEALS && [deals, keys, ...counts].every(isCount))) throw new Error(`numbers above 0, please\n${HELP}`)
  const where = machine()
  const server = await startServer()
  try {
    const { single, layouts } = await measure(server, options)
    const tables = `${where} ${deals} deals.\n\n${shardTables(single, layouts)}`
    if (values.write) writeSection('shards', tables, PAGE)
    console.log(values.json ? JSON.stringify({ machine: where, deals, single, layouts }, null, 2) : tables)
  } finally {
    await server.stop()
  }
}

async function measure(server: BenchServer, { deals, keys, counts }: Options): Promise<{ single: Timed[]; layouts: Layout[] }> {
  const database = await server.create('single')
  await migrate(database.adminUrl)
  const { api } = await openRoles(database.adminUrl, 'bench')
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const context = contextOf(api)
  try {
    await plant(client)
    await grow(client, 0, deals - OPEN_DEALS)
    await settle(client)
    const { timed: single, asked } = await askSingle(context, { deals, keys })
    const layouts: Layout[] = []
    for (const shards of counts) {
      const cluster = await createCluster(server, database.adminUrl, shards)
      const [byDeal, byAccount] = [cluster.byDeal, cluster.byAccount].map((some) => some.map(({ rows }) => rows))
      const answered = await askCluster(cluster, asked).finally(cluster.stop)
      layouts.push({ shards, byDeal: byDeal ?? [], byAccount: byAccount ?? [], ...answered })
      console.error(`${shards} shards: ${answered.compared} answers are equal`)
    }
    return { single, layouts }
  } finally {
    await context.db.$disconnect()
    await client.end()
  }
}
