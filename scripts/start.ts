/**
 * `npm start`: all of Fairhold on this machine: Postgres, a local chain, the contracts, indexer, api, worker, dApp and a demo market.
 * `--reset` begins anew, `--dev` serves the dApp with hot reload. Ctrl-C stops everything.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { openBrowser } from './start/browser.ts'
import { buildWeb } from './start/build-web.ts'
import { prepareChain } from './start/chain.ts'
import { Children } from './start/children.ts'
import { startDatabase } from './start/database.ts'
import { choosePorts, type Ports } from './start/ports.ts'
import { waitForHttp, waitForNode } from './start/wait.ts'

const root = resolve(import.meta.dirname, '..')
const options = new Set(process.argv.slice(2))
const dataDir = resolve(root, process.env.DATA_DIR ?? '.data')
const started = performance.now()
const say = (line: string): void => console.log(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`)
const stopping = new AbortController()
const ends: (() => Promise<void>)[] = []
const children = new Children(join(dataDir, 'logs'), (message) => stop(1, message))

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
process.on('exit', () => children.kill())

try {
  if (options.has('--reset')) rmSync(dataDir, { recursive: true, force: true })
  const ports = await choosePorts(process.env)
  await startAll(ports)
} catch (error) {
  await stop(1, error instanceof Error ? error.message : String(error))
}

async function startAll(ports: Ports): Promise<void> {
  const { signal } = stopping
  const origin = `http://localhost:${ports.web}`
  const rpcUrl = `http://127.0.0.1:${ports.node}`
  const built = options.has('--dev') ? Promise.resolve() : buildWeb(root, say)
  built.catch(() => undefined) // waited for below; it must not be an unhandled rejection meanwhile
  say('starting Postgres and the local chain')
  const hardhat = join(root, 'node_modules/hardhat/dist/src/cli.js')
  children.start({
    name: 'node',
    args: [hardhat, 'node', '--hostname', '127.0.0.1', '--port', String(ports.node)],
    env: {},
    cwd: root,
  })
  const database = await startDatabase({ dataDir, port: ports.postgres, databaseUrl: process.env.DATABASE_URL })
  ends.push(database.stop)
  await waitForNode(rpcUrl, { timeoutMs: 60_000, signal })
  ends.push(await prepareChain({ root, rpcUrl, journal: join(dataDir, 'chain.jsonl'), say }))

  const env = environment(ports, { origin, rpcUrl, database: database.urls })
  children.start({ name: 'indexer', args: ['indexer/src/main.ts'], env, cwd: root })
  children.start({ name: 'api', args: ['api/src/main.ts'], env, cwd: root })
  await waitForHttp(`http://127.0.0.1:${ports.api}/health`, { what: 'the api', timeoutMs: 30_000, signal })
  await waitForHttp(`http://127.0.0.1:${ports.indexer}/ready`, { what: 'the indexer', timeoutMs: 60_000, signal })
  children.start({ name: 'worker', args: ['api/src/worker.ts'], env, cwd: root })
  say('chain, indexer and api are up; filling the market')
  await seed(env)
  await built
  const next = join(root, 'node_modules/next/dist/bin/next')
  const command = options.has('--dev') ? 'dev' : 'start'
  children.start({
    name: 'web',
    args: [next, command, '--hostname', 'localhost', '--port', String(ports.web)],
    env,
    cwd: join(root, 'web'),
  })
  await waitForHttp(origin, { what: 'the dApp', timeoutMs: 60_000, signal })
  announce(origin)
}

function environment(
  ports: Ports,
  { origin, rpcUrl, database }: { origin: string; rpcUrl: string; database: { indexer: string; api: string } },
) {
  const relayer = devAccounts.find(({ role }) => role === 'relayer')
  return {
    NODE_ENV: options.has('--dev') ? 'development' : 'production',
    CHAIN_ID: '31337',
    RPC_URL: rpcUrl,
    RPC_WS_URL: rpcUrl.replace('http', 'ws'),
    INDEXER_DATABASE_URL: database.indexer,
    INDEXER_PORT: String(ports.indexer),
    API_DATABASE_URL: database.api,
    API_PORT: String(ports.api),
    API_URL: `http://127.0.0.1:${ports.api}`,
    PUBLIC_ORIGIN: `${origin},http://127.0.0.1:${ports.web}`,
    DATA_DIR: dataDir,
    RELAYER_KEY: relayer?.privateKey,
  }
}

async function seed(env: Record<string, string | undefined>): Promise<void> {
  Object.assign(process.env, env)
  const { seedMarket } = await import('./seed.ts')
  await seedMarket({
    apiUrl: String(env.API_URL),
    rpcUrl: String(env.RPC_URL),
    origin: String(env.PUBLIC_ORIGIN).split(',')[0] ?? '',
    say,
  })
}

function announce(origin: string): void {
  const line = `Fairhold is ready: ${origin}`
  const bar = '─'.repeat(line.length + 4)
  console.log(
    `\n┌${bar}┐\n│  ${line}  │\n└${bar}┘\n\nSign in as one of the local people. Ctrl-C stops everything; logs are in ${join(dataDir, 'logs')}.\n`,
  )
  openBrowser(origin)
}

async function stop(code: number, message?: string): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  if (message) console.error(`\nFairhold stopped: ${message}\n`)
  else console.log('\nstopping …')
  await children.stop()
  for (const end of ends.toReversed()) await end().catch(() => undefined)
  process.exit(code)
}
