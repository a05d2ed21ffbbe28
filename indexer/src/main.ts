import './heap.ts'
import { once } from 'node:events'
import { type Logger, pino } from 'pino'
import { type ChainConfig, parseEnv } from './env.ts'
import { describeError } from './errors.ts'
import { serveHealth } from './health.ts'
import { createProgress } from './progress.ts'
import { runChain } from './run.ts'
import { createStatus, type Status } from './status.ts'

const FRESH_FOR_POLLS = 10 // a head older than this many polls is not news any more
const FRESH_AT_LEAST_MS = 5_000
const PROGRESS_MS = { terminal: 250, log: 5_000 }

const env = parseEnv(process.env)
const log = pino({ level: env.logLevel, base: { process: 'indexer' } })
const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort())

const chains = env.chains.map((chain) => ({ chain, status: statusOf(chain) }))
const server = await serveHealth(
  env.port,
  chains.map(({ status }) => status),
)
const stopProgress = showProgress(
  chains.map(({ status }) => status),
  log,
)
await Promise.all(chains.map(({ chain, status }) => run(chain, status)))
// Where it gave up, it stays to say so on /ready and /metrics until somebody ends it.
if (!stop.signal.aborted) await once(stop.signal, 'abort')
stopProgress()
server.close()
server.closeAllConnections()

function statusOf({ caip2, pollMs }: ChainConfig): Status {
  return createStatus({ chain: caip2, now: Date.now, staleAfterMs: Math.max(FRESH_AT_LEAST_MS, pollMs * FRESH_FOR_POLLS) })
}

/** Runs a chain to its end. One that cannot go on does not stop the others: /ready and the metrics say so. */
async function run(chain: ChainConfig, status: Status): Promise<void> {
  const ours = log.child({ chain: chain.caip2 })
  try {
    await runChain({ databaseUrl: env.databaseUrl, schema: 'chain', chain, log: ours, status }, stop.signal)
    ours.info('stopped')
  } catch (error) {
    ours.fatal({ error: describeError(error) }, 'cannot go on')
    process.exitCode = 1
  }
}

/** Draws a bar on a terminal, or writes a line now and then to a log, as long as a chain is far behind. */
function showProgress(statuses: readonly Status[], log: Logger): () => void {
  const bars = statuses.map((status) => createProgress(status, Date.now))
  const isTerminal = process.stderr.isTTY
  const show = (): void => {
    for (const bar of bars) {
      const line = bar()
      if (line === null) continue
      if (isTerminal) process.stderr.write(`\r\u001B[2K${line}`)
      else log.info(line)
    }
  }
  const timer = setInterval(show, isTerminal ? PROGRESS_MS.terminal : PROGRESS_MS.log)
  return () => clearInterval(timer)
}
