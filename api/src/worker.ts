import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { createContext } from './context.ts'
import { collectorJob } from './deals/collector.ts'
import { keeperJob } from './deals/keeper.ts'
import { rulingJob } from './disputes/relayer.ts'
import { readEnv } from './env.ts'
import { listen } from './http/listen.ts'
import { createChainWriter } from './jobs/chain-writer.ts'
import { createRunner } from './jobs/loop.ts'
import { sweepJob } from './jobs/sweeper.ts'
import { commitJob, publishJob } from './reputation/publisher.ts'
import { revealJob } from './reputation/revealer.ts'

/** Keeper, relayer, collector and the publisher of reviews in one process: they act when something changes, and every few seconds for what time makes due. */
const TICK_MS = 3_000

const env = readEnv(process.env)
const log = pino({ level: env.logLevel, name: 'worker' })
if (!env.relayerKey) throw new Error('environment: RELAYER_KEY is missing: the key that pays for the gas of the worker')
const context = createContext(env)
const writer = createChainWriter(context, env.relayerKey)
const runners = [
  createRunner(keeperJob(context, writer), log),
  createRunner(rulingJob(context, writer), log),
  createRunner(publishJob(context, writer), log),
  createRunner(commitJob(context, writer), log),
  createRunner(revealJob(context, writer), log),
  createRunner(collectorJob(context, writer), log),
  createRunner(sweepJob(context, Date.now), log),
]
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

let wake = new AbortController()
const listening = await listen({
  databaseUrl: env.databaseUrl,
  onNotice: () => wake.abort(),
  onReconnect: () => wake.abort(),
  onBreak: (err) => log.warn({ err }, 'no word of changes; looking every few seconds'),
})
log.info({ account: writer.account.address }, 'keeping')
while (!stopping.signal.aborted) {
  wake = new AbortController()
  for (const run of runners) await run(Date.now()).catch((err: unknown) => log.error({ err }, 'cannot find out what is due'))
  await sleep(TICK_MS, undefined, { signal: AbortSignal.any([wake.signal, stopping.signal]) }).catch(() => undefined)
}
await listening.close()
await context.db.$disconnect()
process.exit(0)
