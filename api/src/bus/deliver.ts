import type { Database } from '@fairhold/db/client'
import type { BusEvent } from './event.ts'
import type { Consumer, Loader, Outcome, Transaction } from './source.ts'

/** Events in one transaction: few enough that doing them again after a crash costs little. */
export const BATCH = 50
/** A load that takes longer is stored as far as it came, in milliseconds. */
const BATCH_MS = 5_000
const FLUSH_MS = 20_000
const WAIT_MS = 10_000

export interface DeliverOptions {
  db: Database
  consumer: Consumer
  load: Loader
  /** At most so many events. */
  limit: number
  /** An event that takes longer has failed, in milliseconds. */
  handleMs: number
  signal: AbortSignal
}

/**
 * Hands a consumer what comes next, in one transaction with its position: both are stored or neither is. An event that
 * fails is undone, and those before it are kept. Throws, and nothing is stored, if the transaction itself fails.
 */
export async function deliver(options: DeliverOptions): Promise<Outcome> {
  const at: { event: BusEvent | null } = { event: null }
  const work = async (tx: Transaction): Promise<Outcome> => {
    const before = await lock(tx, options.consumer.name)
    if (before === null) return { position: null, more: false, failure: null }
    const { events, upTo } = await options.load(tx, before.position)
    const began = performance.now()
    let position = before.position
    let failure: Outcome['failure'] = null
    let done = 0
    for (const event of events) {
      if (done >= options.limit || options.signal.aborted || performance.now() - began > BATCH_MS) break
      at.event = event
      const error = await handleOne(tx, event, options)
      if (error !== null) {
        failure = { event, error: error.cause }
        break
      }
      at.event = null
      position = event.position
      done += 1
    }
    if (done === events.length) position = Math.max(position, upTo)
    const flush = async (signal: AbortSignal) => options.consumer.flush?.(signal)
    if (done > 0 || failure) await inTime({ ms: FLUSH_MS, what: 'to flush', stop: options.signal }, flush)
    const stuckNoMore = before.isStuck && failure === null
    if (position > before.position || stuckNoMore) await move(tx, options.consumer.name, position)
    return { position, more: position > before.position, failure }
  }
  const timeout = BATCH_MS + options.handleMs + FLUSH_MS + WAIT_MS
  try {
    return await options.db.$transaction(work, { timeout, maxWait: WAIT_MS })
  } catch (error) {
    if (at.event === null) throw error
    return { position: null, more: false, failure: { event: at.event, error } }
  }
}

/** Null if it went well; else what it threw, and the event's writes are undone. Throws if they cannot be. */
async function handleOne(tx: Transaction, event: BusEvent, options: DeliverOptions): Promise<{ cause: unknown } | null> {
  await tx.$executeRaw`SAVEPOINT event`
  const limits = { ms: options.handleMs, what: `event ${event.position}`, stop: options.signal }
  try {
    await inTime(limits, (signal) => options.consumer.handle(event, tx, signal))
    return null
  } catch (cause) {
    // It may still be at work in this transaction: nothing that follows in it could be trusted.
    if (cause instanceof Overdue) throw cause
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT event`
    return { cause }
  }
}

/** Takes the consumer's row for this transaction; null while another instance has it. */
async function lock(tx: Transaction, name: string): Promise<{ position: number; isStuck: boolean } | null> {
  const [row] = await tx.$queryRaw<{ position: bigint; stuck: string | null }[]>`
    SELECT position, stuck FROM bus.consumer WHERE name = ${name} FOR UPDATE SKIP LOCKED`
  return row ? { position: Number(row.position), isStuck: row.stuck !== null } : null
}

async function move(tx: Transaction, name: string, position: number): Promise<void> {
  await tx.$executeRaw`UPDATE bus.consumer SET position = ${position}, stuck = NULL, updated_at = now() WHERE name = ${name}`
}

class Overdue extends Error {
  override readonly name = 'Overdue'
}

interface Limits {
  ms: number
  what: string
  /** Tells the work to come to an end. */
  stop: AbortSignal
}

async function inTime({ ms, what, stop }: Limits, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const hurry = new AbortController()
  const abort = () => hurry.abort()
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      abort()
      reject(new Overdue(`${what} took longer than ${ms} ms`))
    }, ms)
  })
  stop.addEventListener('abort', abort, { once: true })
  await Promise.race([work(hurry.signal), overdue]).finally(() => {
    clearTimeout(timer)
    stop.removeEventListener('abort', abort)
  })
}
