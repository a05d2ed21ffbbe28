import { pino } from 'pino'
import { anchorJob } from './audit/anchor-job.ts'
import { runSealer } from './audit/sealer.ts'
import { takenBidJob } from './bids/taken-job.ts'
import { createLatch } from './bus/latch.ts'
import { pruneJob } from './bus/pruner.ts'
import { runBus } from './bus/run-bus.ts'
import { closeContext, createContext } from './context.ts'
import { collectorJob } from './deals/collector.ts'
import { keeperJob } from './deals/keeper.ts'
import { announceJob, matchingJob } from './discovery/matching.ts'
import { rulingJob } from './disputes/relayer.ts'
import { readEnv } from './env.ts'
import { listen } from './http/listen.ts'
import { isOffChain } from './http/notify.ts'
import { createChainWriter } from './jobs/chain-writer.ts'
import { createRunner } from './jobs/loop.ts'
import { oneAtATime } from './jobs/one-at-a-time.ts'
import { runLoop } from './jobs/run-loop.ts'
import { sweepJob } from './jobs/sweeper.ts'
import { sealJob } from './keys/seal-job.ts'
import { checkKeys } from './keys/start-check.ts'
import { searchJob } from './listings/search/index-job.ts'
import { logCrashes, logOptions } from './log/options.ts'
import { erasureJob } from './privacy/erasure-job.ts'
import { ratesJob } from './rates/job.ts'
import { rateSources } from './rates/settings.ts'
import { relayJob } from './relay/job.ts'
import { commitJob, publishJob } from './reputation/publisher.ts'
import { revealJob } from './reputation/revealer.ts'

/**
 * Keeper, relayer, collector, the sealer of the audit log and the publishers of reviews and of events in one process. They act when the bus brings an event,
 * when something is written off chain, and every few seconds for what time makes due.
 */
const TICK_MS = 3_000

const env = readEnv(process.env)
const log = pino({ ...logOptions(env.logLevel), name: 'worker' })
logCrashes(log)
if (!env.relayerKey) throw new Error('environment: RELAYER_KEY is missing: the key that pays for the gas of the worker')
const context = createContext(env)
const nonces = oneAtATime()
const writer = createChainWriter(context, env.relayerKey, nonces)
/** In a loop of its own: what it sent is looked for while the others wait for their own blocks. */
const relayRunners = [createRunner(relayJob(context, env.relayerKey, nonces), log)]
const runners = [
  createRunner(takenBidJob(context), log),
  createRunner(keeperJob(context, writer), log),
  createRunner(rulingJob(context, writer), log),
  createRunner(publishJob(context, writer), log),
  createRunner(commitJob(context, writer), log),
  createRunner(revealJob(context, writer), log),
  createRunner(collectorJob(context, writer), log),
  createRunner(sweepJob(context, Date.now), log),
  createRunner(searchJob(context, Date.now), log),
  createRunner(sealJob(context, Date.now), log),
  createRunner(anchorJob(context, writer, Date.now), log),
  createRunner(erasureJob(context, Date.now), log),
  createRunner(pruneJob(context, log, Date.now), log),
]
/** What must not wait for a transaction of the others: people are told within a second. */
const quickRunners = [
  createRunner(matchingJob(context, Date.now), log),
  createRunner(announceJob(context), log),
  createRunner(ratesJob(context, rateSources(context, Date.now), Date.now), log),
]
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

const [due, quick, relaying] = [createLatch(false), createLatch(false), createLatch(false)]
const openAll = (): void => {
  for (const latch of [due, quick, relaying]) latch.open()
}
const consumers = [{ name: 'worker', kinds: ['deal.*', 'review.*'], startAt: 'now' as const, handle: async () => due.open() }]
const bus = runBus({ context, consumers, log, signal: stopping.signal })
const listening = await listen({
  databaseUrl: env.databaseUrl,
  onNotice: (notice) => isOffChain(notice) && openAll(),
  onReconnect: () => openAll(),
  onBreak: (err) => log.warn({ err }, 'no word of what is written off chain; looking every few seconds'),
})
const sealing = runSealer(context, log, stopping.signal)
log.info({ account: writer.account.address }, 'keeping')
await checkKeys(context, log)
const loop = { tickMs: TICK_MS, log, signal: stopping.signal }
await Promise.all([
  runLoop({ ...loop, runners, latch: due }),
  runLoop({ ...loop, runners: quickRunners, latch: quick }),
  runLoop({ ...loop, runners: relayRunners, latch: relaying }),
])
await bus
await sealing
await listening.close()
await closeContext(context)
process.exit(0)
