/**
 * `npm run bench:sign-in`: how long signing in takes with 20 people at once, and what finding out who asks adds to a request. A
 * real api process on a Postgres of its own that writes durably; the visitors are processes beside it. `-- --json` for JSON.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { migrate } from '@fairhold/db/migrate'
import { openRoles } from '@fairhold/db/roles'
import { startServer } from './database.ts'
import { machine } from './page.ts'
import { freePort } from './ports.ts'
import { checkCost, type Spread, spread } from './sign-in/check-cost.ts'

const AT_ONCE = 20
/** What a wallet takes to show a message, be confirmed and sign: a quarter of a second is quicker than any person. */
const WALLET_MS = 250
const MOST_SIGN_IN_MS = 40 // what p95 must not exceed
const MOST_CHECK_MS = 1
const root = join(import.meta.dirname, '../..')

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
})
const server = await startServer()
const dataDir = mkdtempSync(join(tmpdir(), 'fairhold-bench-api-'))
let api: ChildProcess | undefined
try {
  const database = await server.create('signin')
  await migrate(database.adminUrl)
  const { api: databaseUrl } = await openRoles(database.adminUrl, 'bench')
  const url = await startApi(databaseUrl)
  const signIns = await signInTimes(url, WALLET_MS)
  const relentless = await signInTimes(url, 0)
  const check = await checkCost(url)
  report({
    signIns: spread(signIns),
    relentless: spread(relentless),
    perSecond: relentless.length / Number(values.seconds),
    ...check,
  })
} finally {
  api?.kill('SIGTERM')
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function startApi(databaseUrl: string): Promise<string> {
  const port = await freePort()
  const env = {
    API_DATABASE_URL: databaseUrl,
    API_PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    RPC_URL: 'http://127.0.0.1:1',
  }
  api = spawn(process.execPath, [join(root, 'api/src/main.ts')], {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: api.stdout as NodeJS.ReadableStream })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Server listening') && resolve())
    api?.once('exit', (code) => reject(new Error(`the api ended (${code})`)))
  })
  return `http://127.0.0.1:${port}`
}

async function signInTimes(url: string, walletMs: number): Promise<number[]> {
  const load = { API_URL: url, AT_ONCE: String(AT_ONCE), SECONDS: values.seconds, WALLET_MS: String(walletMs) }
  const env = { ...process.env, ...load }
  const client = spawn(process.execPath, [join(import.meta.dirname, 'sign-in/client.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const took = JSON.parse((await text(client.stdout)) || '[]') as number[]
  if (took.length === 0) throw new Error('nobody signed in')
  return took
}

function report(figures: { signIns: Spread; relentless: Spread; perSecond: number; without: Spread; with: Spread }): void {
  const row = (name: string, { p50, p95, p99, count }: Spread) =>
    `| ${name} | ${[p50, p95, p99].map((ms) => ms.toFixed(2)).join(' | ')} | ${count} |`
  const table = [
    `${machine()} At most ${figures.perSecond.toFixed(0)} sign-ins a second.`,
    '',
    '| milliseconds | p50 | p95 | p99 | count |',
    '| --- | ---: | ---: | ---: | ---: |',
    row(`signing in (nonce, check, session), ${AT_ONCE} at once whose wallets take ${WALLET_MS} ms`, figures.signIns),
    row(`the same with wallets that take no time: as fast as it goes`, figures.relentless),
    row('a request of a visitor', figures.without),
    row('the same with a session', figures.with),
  ].join('\n')
  console.log(values.json ? JSON.stringify({ machine: machine(), ...figures }, null, 2) : table)
  const cost = figures.with.p95 - figures.without.p95
  if (figures.signIns.p95 > MOST_SIGN_IN_MS)
    fail(`signing in: p95 is ${figures.signIns.p95.toFixed(1)} ms, not ${MOST_SIGN_IN_MS}`)
  if (cost > MOST_CHECK_MS) fail(`the session check adds ${cost.toFixed(2)} ms at p95, not ${MOST_CHECK_MS}`)
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
