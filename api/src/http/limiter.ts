import type { Limit, LimitStore, Slice } from './limit-store.ts'

export interface Verdict {
  allowed: boolean
  /** When to come again, in whole seconds. */
  retryAfter: number
}

export interface Limiter {
  /** Counts one. At once, without a promise, where this process still has something of the allowance, or knows that it is used up. */
  spend: (limit: Limit, who: string) => Verdict | Promise<Verdict>
}

export interface LimiterOptions {
  store: LimitStore
  /** Milliseconds that only grow. */
  clock: () => number
  /** In how many parts a process takes an allowance; 1 takes single requests, exactly and slowly. */
  parts: number
  /** Hears, now and then, that Postgres does not count. */
  onAway: (error: unknown) => void
}

interface Lease {
  left: number
  /** What was given to this process in this window, `left` included. */
  given: number
  /** Until when what is left counts, and until when nothing more is given, by `clock`. */
  until: number
  usedUp: boolean
  pending: Promise<void> | null
}

/** After a failure one request in so long asks whether Postgres is back; all others go on without it. */
const AWAY_MS = 5_000
const MOST_LEASES = 50_000

/**
 * Limits over several processes. Each takes a part of a visitor's allowance from Postgres and spends it by itself: most requests
 * are counted without asking. Together the processes never allow more than the limit says. While Postgres is away each counts
 * for itself: a marketplace that cannot count stays open.
 */
export function createLimiter({ store, clock, parts, onAway }: LimiterOptions): Limiter {
  const leases = new Map<string, Lease>()
  let awayUntil = Number.NEGATIVE_INFINITY

  const verdictOf = (lease: Lease, now: number): Verdict | null => {
    if (lease.until <= now) return null
    if (lease.left > 0) {
      lease.left--
      return { allowed: true, retryAfter: 0 }
    }
    return lease.usedUp ? { allowed: false, retryAfter: Math.max(Math.ceil((lease.until - now) / 1000), 1) } : null
  }

  const take = async (limit: Limit, who: string, lease: Lease): Promise<void> => {
    const asked = clock() // the window ends no earlier than so long after this moment: we let it end no later
    const slice = await askOrCountHere(limit, who, lease, asked)
    if (lease.until <= asked) lease.given = 0
    lease.given += slice.granted
    lease.until = asked + slice.resetsInMs
    lease.left = slice.granted
    lease.usedUp = slice.granted === 0
  }

  const askOrCountHere = async (limit: Limit, who: string, lease: Lease, now: number): Promise<Slice> => {
    if (now >= awayUntil) {
      if (awayUntil > Number.NEGATIVE_INFINITY) awayUntil = now + AWAY_MS
      try {
        const slice = await store.take(who, limit, parts)
        awayUntil = Number.NEGATIVE_INFINITY
        return slice
      } catch (error) {
        awayUntil = clock() + AWAY_MS
        onAway(error)
      }
    }
    const isOver = lease.until <= now
    return isOver
      ? { granted: limit.max, resetsInMs: limit.windowMs }
      : { granted: limit.max - lease.given, resetsInMs: lease.until - now }
  }

  const refill = async (limit: Limit, who: string, lease: Lease): Promise<Verdict> => {
    for (;;) {
      lease.pending ??= take(limit, who, lease).finally(() => {
        lease.pending = null
      })
      await lease.pending
      const verdict = verdictOf(lease, clock())
      if (verdict) return verdict
    }
  }

  return {
    spend: (limit, who) => {
      const key = `${limit.name} ${who}`
      const now = clock()
      if (leases.size >= MOST_LEASES && !leases.has(key)) forgetOver(leases, now)
      const known = leases.get(key)
      const lease = known ?? { left: 0, given: 0, until: Number.NEGATIVE_INFINITY, usedUp: false, pending: null }
      if (!known) leases.set(key, lease)
      return verdictOf(lease, now) ?? refill(limit, who, lease)
    },
  }
}

/** Makes room: what is over, and if that is not enough the oldest, whose allowance is then taken anew from what Postgres has left. */
function forgetOver(leases: Map<string, Lease>, now: number): void {
  for (const [key, { until, pending }] of leases) if (until <= now && !pending) leases.delete(key)
  for (const key of leases.keys()) {
    if (leases.size < MOST_LEASES / 2) return
    leases.delete(key)
  }
}
