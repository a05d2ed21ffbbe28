import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@fairhold/db/client'
import type { Logger } from 'pino'
import { BATCH, deliver } from './deliver.ts'
import type { Consumer, EventSource, Feed, Outcome } from './source.ts'

export interface RunConsumerOptions extends Consumer {
  source: EventSource
  db: Database
  log: Logger
  /** After the first failure; it doubles with each that follows, in milliseconds. */
  firstPauseMs?: number
  longestPauseMs?: number
  /** How long one event may take, in milliseconds. */
  handleMs?: number
}

/** After so many failures of one event in a row somebody has to look. */
const POISON = 5
const STANDBY_MS = 1_000
const STUCK_CHARACTERS = 500

/**
 * Hands events to a consumer until the signal aborts, however often Postgres or the broker go away. Its position is kept in
 * bus.consumer and moves in the transaction that `handle` writes in. No event is skipped: one that fails comes again with
 * growing pauses and holds up this consumer and nobody else; bus.consumer says so in `stuck`.
 */
export async function runConsumer(options: RunConsumerOptions, signal: AbortSignal): Promise<void> {
  const pauses = createPauses(options)
  while (!signal.aborted) {
    let feed: Feed | null = null
    try {
      await register(options)
      feed = await options.source.open(options)
      await drain(feed, pauses, options, signal)
    } catch (err) {
      if (signal.aborted) break
      const failures = pauses.failed(null)
      options.log.warn({ consumer: options.name, failures, err }, 'the consumer begins anew')
      await noteStuck(options, `cannot begin, tried ${failures} times: ${describe(err)}`)
      await pauses.wait(signal)
    } finally {
      await feed?.close().catch(() => undefined) // what is closed is often what failed
    }
  }
}

async function drain(feed: Feed, pauses: Pauses, options: RunConsumerOptions, signal: AbortSignal): Promise<void> {
  const { db, handleMs = 30_000 } = options
  while (!signal.aborted) {
    const load = await feed.next(signal)
    if (load === null) return
    const outcome = await deliver({ db, consumer: options, load, limit: pauses.limit(), handleMs, signal })
    feed.settle(outcome)
    if (outcome.failure) await report(outcome.failure, outcome.position === null, pauses, options, signal)
    else if (outcome.position !== null) pauses.succeeded(outcome.position)
    else {
      await register(options) // unless the row is gone, another instance has it
      await sleep(STANDBY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

async function report(
  { event, error }: NonNullable<Outcome['failure']>,
  isAllUndone: boolean,
  pauses: Pauses,
  options: RunConsumerOptions,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return // it was told to come to an end
  const failures = pauses.failed(event.position, isAllUndone)
  const { name: consumer, log } = options
  const { position, kind } = event
  const say = { consumer, position, kind, failures, err: error }
  if (failures < POISON) log.warn(say, 'an event failed; it comes again')
  else log.error(say, 'an event fails again and again; this consumer is stuck')
  await noteStuck(options, `event ${position} (${kind}) failed ${failures} times: ${describe(error)}`)
  await pauses.wait(signal)
}

/** A new name gets its row; one that is known keeps its position. */
async function register({ db, name, startAt }: RunConsumerOptions): Promise<void> {
  if (startAt === 'oldest') await db.$executeRaw`INSERT INTO bus.consumer VALUES (${name}, 0) ON CONFLICT DO NOTHING`
  else
    await db.$executeRaw`
      INSERT INTO bus.consumer SELECT ${name}, coalesce(max(position), 0) FROM bus.outbox ON CONFLICT DO NOTHING`
}

async function noteStuck({ db, log, name }: RunConsumerOptions, why: string): Promise<void> {
  const text = why.replaceAll('\0', '').slice(0, STUCK_CHARACTERS)
  await db.$executeRaw`UPDATE bus.consumer SET stuck = ${text} WHERE name = ${name}`.catch((err: unknown) =>
    log.warn({ consumer: name, err }, 'cannot note that the consumer is stuck'),
  )
}

interface Pauses {
  /** Counts failures of one event in a row, or of whatever `null` stands for. */
  failed: (position: number | null, isAllUndone?: boolean) => number
  succeeded: (position: number) => void
  wait: (signal: AbortSignal) => Promise<void>
  /** One at a time after a failure that took the events before it along, so that they are stored. */
  limit: () => number
}

function createPauses({ firstPauseMs = 500, longestPauseMs = 30_000 }: RunConsumerOptions): Pauses {
  let failures = 0
  let at: number | null | undefined
  let limit = BATCH
  return {
    failed: (position, isAllUndone = false) => {
      failures = position === at ? failures + 1 : 1
      at = position
      if (isAllUndone || position === null) limit = 1
      return failures
    },
    succeeded: (position) => {
      if (typeof at === 'number' && position < at) return // what failed is still to come
      failures = 0
      limit = BATCH
      at = undefined
    },
    wait: async (signal) => {
      const ms = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs)
      await sleep(ms, undefined, { signal }).catch(() => undefined)
    },
    limit: () => limit,
  }
}

/** One line, whatever was thrown. */
function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll(/\s+/g, ' ').trim()
}
