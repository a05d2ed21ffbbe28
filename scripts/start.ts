/**
 * `npm start`: all of Fairhold on this machine: Postgres, a local chain, the contracts, indexer, api, worker, dApp and a demo
 * market. `--reset` begins anew, `--dev` serves the dApp with hot reload. Ctrl-C stops everything.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './start/browser.ts'
import { claimData } from './start/claim.ts'
import { Launcher } from './start/launcher.ts'
import { choosePorts } from './start/ports.ts'
import { forgetEverything } from './start/reset.ts'

const PARENT_CHECK_MS = 500
const started = performance.now()
const root = resolve(import.meta.dirname, '..')
const dataDir = resolve(root, process.env.DATA_DIR ?? '.data')
let launcher: Launcher | undefined
let release: (() => void) | undefined
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
process.on('exit', () => {
  launcher?.kill()
  release?.()
})
const parent = process.ppid // a terminal or an npm that is killed does not tell us
setInterval(() => process.ppid !== parent && stop(0), PARENT_CHECK_MS).unref()

try {
  await start()
} catch (error) {
  await stop(1, error instanceof Error ? error.message : String(error))
}

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { reset: { type: 'boolean' }, dev: { type: 'boolean' } } })
  const databaseUrl = process.env.DATABASE_URL
  const ports = await choosePorts(process.env)
  release = claimData(dataDir)
  if (values.reset) await forgetEverything(dataDir, databaseUrl)
  const onDeath = (message: string) => void stop(1, message)
  launcher = new Launcher({ root, dataDir, ports, databaseUrl, dev: values.dev ?? false, say, onDeath })
  await launcher.start()
  announce(launcher.origin)
  openBrowser(launcher.origin)
}

function say(line: string): void {
  if (!stopping) console.log(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`)
}

function announce(origin: string): void {
  const line = `Fairhold is ready: ${origin}`
  const bar = '─'.repeat(line.length + 4)
  console.log(`\n┌${bar}┐\n│  ${line}  │\n└${bar}┘\n`)
  console.log(`Sign in as one of the local people. Ctrl-C stops everything; logs are in ${join(dataDir, 'logs')}.\n`)
}

async function stop(code: number, message?: string): Promise<void> {
  if (stopping) return
  stopping = true
  console[message ? 'error' : 'log'](message ? `\nFairhold stopped: ${message}\n` : '\nstopping …')
  await launcher?.stop()
  process.exit(code)
}
