import type { Logger } from 'pino'
import { listen } from '../http/listen.ts'
import { BATCH } from './deliver.ts'
import { eventOf, matches } from './event.ts'
import { createLatch, type Latch } from './latch.ts'
import type { Consumer, EventSource, Feed, Loader } from './source.ts'

export interface PostgresSourceOptions {
  databaseUrl: string
  log: Logger
  /** How often to look where no notice comes, in milliseconds. */
  pollMs: number
}

/** Rows read at once: more than are handled, as most may be of kinds that the consumer does not want. */
const READ = BATCH * 4

/**
 * Events straight from bus.outbox, with nothing but Postgres: a notice wakes the consumers of this process, and every few
 * seconds they look without one. Rejects if Postgres cannot be reached.
 */
export async function createPostgresSource(
  options: PostgresSourceOptions,
): Promise<EventSource & { close: () => Promise<void> }> {
  const { databaseUrl, log, pollMs } = options
  const latches = new Set<Latch>()
  const wake = () => {
    for (const latch of latches) latch.open()
  }
  const listening = await listen({
    databaseUrl,
    onNotice: wake,
    onReconnect: wake,
    onBreak: (err) => log.warn({ err }, 'no word of events; looking every few seconds'),
  })
  return {
    open: async (consumer) => {
      const latch = createLatch(true)
      latches.add(latch)
      return feedOf(consumer, latch, pollMs, () => latches.delete(latch))
    },
    close: () => listening.close(),
  }
}

function feedOf({ kinds }: Consumer, latch: Latch, pollMs: number, leave: () => void): Feed {
  const load: Loader = async (tx, position) => {
    const where = { position: { gt: BigInt(position) } }
    const rows = await tx.busOutbox.findMany({ where, orderBy: { position: 'asc' }, take: READ })
    const events = rows.filter(({ kind }) => matches(kinds, kind)).map(eventOf)
    return { events, upTo: Number(rows.at(-1)?.position ?? position) }
  }
  return {
    next: async (signal) => {
      await latch.wait(pollMs, signal)
      return signal.aborted ? null : load
    },
    settle: ({ position, more, failure }) => {
      if (position === null || more || failure) latch.open()
    },
    close: async () => leave(),
  }
}
