import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'

const HOUR_MS = 3_600_000
/** Rows deleted in one transaction. */
const SLICE = 1_000

/**
 * Deletes events that are old and that every known consumer has passed, the oldest first. The newest event always stays: its
 * position is where pages that are open go on from. A consumer that holds this up for good is named in the log.
 */
export function pruneJob({ db, env }: Context, log: Logger, now: () => number): Job<string> {
  let next = 0
  return {
    name: 'prune',
    due: async () => (now() < next ? [] : ['outbox']),
    idOf: (what) => what,
    work: async () => {
      next = now() + HOUR_MS
      const oldest = new Date(now() - env.eventKeepDays * 24 * HOUR_MS)
      const [bound] = await db.$queryRaw<{ old: bigint | null; passed: bigint | null; slowest: string | null }[]>`
        SELECT least(
            (SELECT position FROM bus.outbox WHERE created_at >= ${oldest} ORDER BY position LIMIT 1),
            (SELECT max(position) FROM bus.outbox)) - 1 AS old,
          (SELECT min(position) FROM bus.consumer) AS passed,
          (SELECT name FROM bus.consumer ORDER BY position LIMIT 1) AS slowest`
      if (!bound || bound.old === null) return
      const upTo = bound.passed !== null && bound.passed < bound.old ? bound.passed : bound.old
      if (upTo < bound.old) {
        const say = { consumer: bound.slowest, position: Number(upTo), couldBe: Number(bound.old) }
        log.warn(say, 'old events are kept for a consumer that has not come so far; if it is no more, delete its row')
      }
      for (let deleted = SLICE; deleted === SLICE; ) {
        deleted = await db.$executeRaw`
          DELETE FROM bus.outbox
          WHERE position IN (SELECT position FROM bus.outbox WHERE position <= ${upTo} ORDER BY position LIMIT ${SLICE})`
      }
    },
  }
}
