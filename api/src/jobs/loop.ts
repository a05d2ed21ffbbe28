import type { Logger } from 'pino'

/** Something to do for one item. It must be safe to do twice: a crash may come between doing it and knowing so. */
export interface Job<T> {
  name: string
  /** Items that are due, a bounded number of them. */
  due: () => Promise<readonly T[]>
  idOf: (item: T) => string
  /** Says in how many milliseconds to look again where the item waits for something that may come at any time. */
  work: (item: T) => Promise<void> | Promise<Waiting | undefined>
}

export interface Waiting {
  againIn: number
}

const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 10 * 60_000
/** Until the indexer has seen what was done, the item still looks due. */
const SETTLE_MS = 30_000

interface Pause {
  failures: number
  until: number
}

/**
 * Does what is due. An item that fails is tried again later and later, and does not hold up the others. Returns in how many
 * milliseconds something wants to be looked at again; infinity if nothing does.
 */
export function createRunner<T>(job: Job<T>, log: Logger): (now: number) => Promise<number> {
  const pauses = new Map<string, Pause>()
  return async (now) => {
    let again = Number.POSITIVE_INFINITY
    for (const [id, { until }] of pauses) if (until + LAST_RETRY_MS < now) pauses.delete(id)
    for (const item of await job.due()) {
      const id = job.idOf(item)
      const earlier = pauses.get(id)
      if (earlier && earlier.until > now) continue
      try {
        const waiting = await job.work(item)
        if (waiting) again = Math.min(again, waiting.againIn)
        pauses.set(id, { failures: 0, until: waiting ? now : now + SETTLE_MS })
        if (!waiting) log.info({ job: job.name, id }, 'done')
      } catch (err) {
        const failures = (earlier?.failures ?? 0) + 1
        pauses.set(id, { failures, until: now + Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS) })
        log.warn({ job: job.name, id, failures, err }, 'failed; it will be tried again')
      }
    }
    return again
  }
}
