/**
 * `npm run bench:market`: searches on markets of 10,000, 100,000 and 1,000,000 generated listings (`-- --sizes 10000,100000` for
 * others), by 50 visitors at once, against one api process in production mode and a Postgres that writes durably, all on this
 * machine; and the same SQL by pgbench, which nothing can be faster than. `--json` for JSON, `--seconds N` for each measurement.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { roleUrls } from '@fairhold/db/roles'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { query, startServer } from './database.ts'
import { startApi } from './market/api-process.ts'
import { startEscrowChain } from './market/chain.ts'
import { measureFloor } from './market/floor.ts'
import { loadListings } from './market/load.ts'
import { figuresOf, growth, type Publishing, publishingFigures, publishingTable, type Size, table } from './market/report.ts'
import { machine } from './page.ts'
import { usageOf } from './usage.ts'

/** Milliseconds that p95 must not exceed for people who look at what they found. Asked without a pause, the floor itself may be above it. */
const LIMITS: Readonly<Record<number, number>> = { 100000: 60, 1000000: 200 }
const MOST_OVER_FLOOR = 2
const VISITORS = 50
const RATE = 200 // listings a second
const MOST_STALE_MS = 1_000
const MB = 1_000_000
/** For a machine with memory for its database and a disk that seeks in no time; Postgres comes set up for one of 1998. */
const SETTINGS = [
  'shared_buffers=4GB',
  'effective_cache_size=8GB',
  'random_page_cost=1.1',
  'jit=off',
  'max_wal_size=8GB',
  'maintenance_work_mem=512MB',
]

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})
const sizes = values.sizes.split(',').map(Number)
if (sizes.some((size, at) => !Number.isInteger(size) || size <= (sizes[at - 1] ?? 0))) {
  console.error('--sizes takes numbers of listings, each more than the one before: --sizes 10000,100000')
  process.exit(1)
}
const seconds = Number(values.seconds)
const say = (line: string) => console.error(line)
const dollar = deploymentOf(31_337).tokens[1]?.address ?? ''
const before = machine()
const chain = await startEscrowChain()
const server = await startServer(SETTINGS)
const measured: Size[] = []
try {
  const database = await server.create('market')
  await database.migrated()
  await query(
    database.adminUrl,
    `INSERT INTO app.rate (asset, worth, as_of, source) VALUES ($1, 3000000000000000, now(), 'fixed'), ($2, 1000000000000, now(), 'fixed')`,
    [`0x${'0'.repeat(40)}`, dollar],
  )
  const databaseUrl = roleUrls(database.adminUrl, 'bench').api
  let from = 1
  for (const listings of sizes) {
    const began = performance.now()
    await loadListings(databaseUrl, {
      from,
      to: listings + 1,
      dollar,
      progress: (done) => done % 50_000 < 5_000 && say(`${done - 1} listings`),
    })
    const loadSeconds = (performance.now() - began) / 1_000
    await query(database.adminUrl, 'VACUUM ANALYZE')
    await query(database.adminUrl, 'CHECKPOINT')
    say(`${listings} listings after ${loadSeconds.toFixed(0)} s; searching`)
    const api = await startApi(databaseUrl, { RPC_URL: chain.url })
    const relentless = await visit(api.url, 0)
    const people = await visit(api.url, 1_000)
    const publishing = await publish(api.url, listings)
    const apiMb = usageOf(api.pid).peakBytes / MB
    await api.stop()
    const floor = await measureFloor(databaseUrl, seconds)
    measured.push({
      listings,
      relentless,
      people,
      floor: floor && { times: floor.times, seconds },
      loadSeconds,
      publishing,
      databaseMb: (await database.sizeBytes()) / MB,
      apiMb,
    })
    from = listings + 1
  }
} finally {
  await server.stop()
  await chain.stop()
}
report()

async function visit(url: string, thinkMs: number) {
  const settings = { API_URL: url, VISITORS: String(VISITORS), SECONDS: values.seconds, THINK_MS: String(thinkMs) }
  const env = { ...process.env, ...settings }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'market/visitors.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const times = JSON.parse((await text(child.stdout)) || '[]') as number[]
  if (times.length === 0) throw new Error('no search was answered')
  return { times, seconds }
}

/** New listings at a steady rate, with a visitor who looks for them. */
async function publish(url: string, first: number): Promise<Publishing> {
  const env = { ...process.env, API_URL: url, RATE: String(RATE), SECONDS: values.seconds, FIRST: String(first) }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'market/sellers.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const result = JSON.parse((await text(child.stdout)) || 'null') as Publishing | null
  if (result === null) throw new Error('nothing was published')
  return result
}

function report(): void {
  if (values.json) {
    const rows = measured.map(({ relentless, people, floor, ...size }) => ({
      ...size,
      relentless: figuresOf(relentless),
      people: figuresOf(people),
      floor: floor && figuresOf(floor),
    }))
    console.log(JSON.stringify({ machine: before, sizes: rows }, null, 2))
  } else {
    console.log(`${before}\n\n${table(measured)}\n\n${growth(measured)}\n\n${publishingTable(measured, RATE)}\n`)
    for (const { listings, loadSeconds, databaseMb, apiMb } of measured) {
      console.log(
        `${listings.toLocaleString('en')}: loaded in ${loadSeconds.toFixed(0)} s, database ${databaseMb.toFixed(0)} MB, api ${apiMb.toFixed(0)} MB`,
      )
    }
  }
  for (const { listings, relentless, people, floor, publishing } of measured) {
    const { staleMax, refused } = publishingFigures(publishing)
    if (refused > 0) fail(`${listings} listings: ${refused} new ones were refused`)
    if (staleMax > MOST_STALE_MS) fail(`${listings} listings: a new one was found only after ${staleMax.toFixed(0)} ms`)
    const [limit, { p95 }] = [LIMITS[listings], figuresOf(people)]
    if (limit !== undefined && p95 > limit) fail(`${listings} listings: p95 is ${p95.toFixed(1)} ms, not ${limit}`)
    if (floor && figuresOf(relentless).p95 > MOST_OVER_FLOOR * figuresOf(floor).p95)
      fail(`${listings} listings: p95 is more than ${MOST_OVER_FLOOR}× that of pgbench`)
  }
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
