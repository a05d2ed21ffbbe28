import { pino } from 'pino'
import { parseEnv } from './env.ts'
import { describeError } from './errors.ts'
import { serveHealth } from './health.ts'
import { runIndexer } from './run.ts'
import { createStatus } from './status.ts'

const FRESH_FOR_POLLS = 10 // a head older than this many polls is not news any more
const FRESH_AT_LEAST_MS = 5_000

const env = parseEnv(process.env)
const log = pino({ level: env.logLevel, base: { process: 'indexer' } })
const status = createStatus({
  now: Date.now,
  staleAfterMs: Math.max(FRESH_AT_LEAST_MS, env.pollMs * FRESH_FOR_POLLS),
})
const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort())

const server = await serveHealth(env.port, status)
try {
  await runIndexer({ env, log, status, clock: () => performance.now() / 1000 }, stop.signal)
  log.info('stopped')
} catch (error) {
  log.fatal({ error: describeError(error) }, 'cannot go on')
  process.exitCode = 1
} finally {
  server.close()
  server.closeAllConnections()
}
