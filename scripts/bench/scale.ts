/**
 * `npm run bench:scale`: what the api's queries, and storing another event, cost as the tables grow. `-- --help` lists the
 * switches; docs/benchmarks/scale.md says how to read the figures.
 */
import { parseArgs } from 'node:util'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import { type BenchDatabase, startServer } from './database.ts'
import { machine, writeSection } from './page.ts'
import { grow, OPEN_DEALS, plant, settle } from './scale/grow.ts'
import { EVENTS_PER_BLOCK, indexMore } from './scale/index-more.ts'
import { contextOf, timeQueries } from './scale/queries.ts'
import { type Figures, scaleTables, summariseStage } from './scale/report.ts'
import { sizesOf } from './scale/sizes.ts'

const HELP = `npm run bench:scale [-- switches]
  --deals N,…     sizes, ascending (10000,100000,1000000)
  --keys N        random keys for each query (200)
  --json          print the figures as JSON
  --write         put them into docs/benchmarks/scale.md too`

const PAGE = 'docs/benchmarks/scale.md'
const BUDGET_MS = 5_000 // for a query that turns out to be slow, instead of all its keys
const MORE_EVENTS = 1_000

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    deals: { type: 'string', default: '10000,100000,1000000' },
    keys: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) console.log(HELP)
else await run(values.deals.split(',').map(Number), Number(values.keys))

async function run(sizes: readonly number[], keys: number): Promise<void> {
  const isValid = sizes.every((size, k) => Number.isInteger(size) && size > (sizes[k - 1] ?? 2 * OPEN_DEALS - 1))
  if (!isValid || !(keys > 0)) throw new Error(`sizes ascend from ${2 * OPEN_DEALS} on, and keys are 1 at least\n${HELP}`)
  const where = machine()
  const server = await startServer()
  try {
    const database = await server.create('scale')
    const stages = await measure(database, sizes, keys)
    const tables = `${where}\n\n${scaleTables(stages)}`
    if (values.write) writeSection('scale', tables, PAGE)
    console.log(values.json ? JSON.stringify({ machine: where, stages }, null, 2) : tables)
  } finally {
    await server.stop()
  }
}

async function measure(database: BenchDatabase, sizes: readonly number[], keys: number): Promise<Figures[]> {
  await migrate(database.adminUrl)
  const urls = await openRoles(database.adminUrl, 'bench')
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const context = contextOf(urls.api)
  try {
    await plant(client)
    const stages: Figures[] = []
    for (const [round, deals] of sizes.entries()) {
      const started = performance.now()
      await grow(client, round === 0 ? 0 : (sizes[round - 1] ?? 0) - OPEN_DEALS, deals - OPEN_DEALS)
      await settle(client)
      const fillSeconds = (performance.now() - started) / 1_000
      console.error(`${deals} deals, ${fillSeconds.toFixed(1)} s`)
      const timings = await timeQueries(context, { deals, keys, budgetMs: BUDGET_MS })
      const tableSizes = await sizesOf(client)
      const blocks = await indexMore(urls.indexer, { deals, blocks: MORE_EVENTS / EVENTS_PER_BLOCK, round })
      const events = tableSizes.find(({ table }) => table === 'event')?.rows ?? 0
      stages.push(summariseStage({ deals, events, fillSeconds, timings, blocks, sizes: tableSizes }))
    }
    return stages
  } finally {
    await context.db.$disconnect()
    await client.end()
  }
}
