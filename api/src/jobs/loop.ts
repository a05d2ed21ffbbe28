import type { Logger } from 'pino'

/** Something to do for one item. It must be safe to do twice: a crash may come between doing it and knowing so. */
export interface Job<T> {
  name: string
  /** Items that are due, a bounded number of them. */
  due: () => Promise<readonly T[]>
  idOf: (item: T) => string
  work: (item: T) => Promise<void>
}

const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 10 * 60_000

/** Does what is due. An item that fails is tried again later and later, and does not hold up the others. */
export function createRunner<T>(job: Job<T>, log: Logger): (now: number) => Promise<void> {
  const failures = new Map<string, { count: number; retryAt: number }>()
  return async (now) => {
    for (const item of await job.due()) {
      const id = job.idOf(item)
      const earlier = failures.get(id)
      if (earlier && earlier.retryAt > now) continue
      try {
        await job.work(item)
        failures.delete(id)
        log.info({ job: job.name, id }, 'done')
      } catch (err) {
        const count = (earlier?.count ?? 0) + 1
        failures.set(id, { count, retryAt: now + Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LAST_RETRY_MS) })
        log.warn({ job: job.name, id, count, err }, 'failed; it will be tried again')
      }
    }
  }
}
