import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { createContext } from './context.ts'
import { keeperJob } from './deals/keeper.ts'
import { rulingJob } from './disputes/relayer.ts'
import { readEnv } from './env.ts'
import { LIVE_CHANNEL } from './http/notify.ts'
import { createChainWriter } from './jobs/chain-writer.ts'
import { createRunner } from './jobs/loop.ts'
import { revealJob } from './reputation/revealer.ts'

/** Keeper, relayer and revealer in one process: they act when something changes, and every few seconds for what time makes due. */
const TICK_MS = 3_000

const env = readEnv(process.env)
const log = pino({ level: env.logLevel, name: 'worker' })
if (!env.relayerKey) throw new Error('environment: RELAYER_KEY is missing: the key that pays for the gas of the worker')
const context = createContext(env)
const writer = createChainWriter(context, env.relayerKey)
const runners = [
  createRunner(keeperJob(context, writer), log),
  createRunner(rulingJob(context, writer), log),
  createRunner(revealJob(context, writer), log),
]
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

let wake = new AbortController()
await listen()
log.info({ account: writer.account.address }, 'keeping')
while (!stopping.signal.aborted) {
  wake = new AbortController()
  for (const run of runners) await run(Date.now()).catch((err: unknown) => log.error({ err }, 'cannot find out what is due'))
  await sleep(TICK_MS, undefined, { signal: AbortSignal.any([wake.signal, stopping.signal]) }).catch(() => undefined)
}
await context.db.$disconnect()
process.exit(0)

/** A change on chain wakes the loop at once; without this connection the clock alone does. */
async function listen(): Promise<void> {
  const client = new pg.Client({ connectionString: env.databaseUrl })
  client.on('notification', () => wake.abort())
  client.on('error', (err) => log.warn({ err }, 'no word of changes; looking every few seconds'))
  client.on('end', () => stopping.signal.aborted || setTimeout(() => listen().catch(() => undefined), TICK_MS))
  await client.connect()
  await client.query(`LISTEN ${LIVE_CHANNEL}`)
}
