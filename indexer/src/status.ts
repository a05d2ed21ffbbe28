import type { BlockRef } from './source/fork.ts'
import type { Header } from './source/rpc.ts'

/** What the process is doing: waiting for another instance to end, or following the chain. */
export type Role = 'starting' | 'standby' | 'writer' | 'stopped'

/** What is known at a moment, for /ready, /metrics and tests. */
export type Snapshot = {
  role: Role
  ready: boolean
  indexed: BlockRef | null
  head: BlockRef | null
  /** Blocks between the last head seen and what is indexed; null before a head was seen. */
  lagBlocks: number | null
  /** The same in seconds of chain time. */
  lagSeconds: number | null
  /** Seconds since the node last answered with a head. */
  headAgeSeconds: number | null
  webSocket: boolean
  haltedDeals: { dealId: string; reason: string }[]
  lastError: string | null
}

export const counterNames = ['events', 'steps', 'reorgs', 'reorgBlocks', 'withheldLogs', 'unknownLogs', 'failures'] as const
export type CounterName = (typeof counterNames)[number]

/** What the parts of the process report to, and what the health server reads. */
export type Status = ReturnType<typeof createStatus>

export type StatusOptions = {
  /** Milliseconds now. */
  now: () => number
  /** How long a head counts as fresh. */
  staleAfterMs: number
}

/** A status that has seen nothing yet. */
export function createStatus({ now, staleAfterMs }: StatusOptions) {
  let role: Role = 'starting'
  let indexed: (BlockRef & { timestamp: number | null }) | null = null
  let head: Header | null = null
  let headSeenAt = 0
  let lastError: string | null = null
  let isConnected = (): boolean => false
  const halted = new Map<string, string>()
  const counters = new Map<CounterName, number>(counterNames.map((name) => [name, 0]))
  const requests = new Map<string, number>()
  const commitSeconds = { sum: 0, count: 0 }

  const snapshot = (): Snapshot => {
    const age = head === null ? null : now() - headSeenAt
    const atHead = head !== null && indexed?.hash === head.hash
    const fresh = age !== null && age <= staleAfterMs
    return {
      role,
      ready: role === 'writer' && atHead && fresh && lastError === null,
      indexed: indexed && { number: indexed.number, hash: indexed.hash },
      head: head && { number: head.number, hash: head.hash },
      lagBlocks: head && Math.max(0, head.number - (indexed?.number ?? -1)),
      lagSeconds: head && indexed?.timestamp != null ? Math.max(0, head.timestamp - indexed.timestamp) : null,
      headAgeSeconds: age === null ? null : age / 1000,
      webSocket: isConnected(),
      haltedDeals: [...halted].map(([dealId, reason]) => ({ dealId, reason })),
      lastError,
    }
  }

  return {
    snapshot,
    counters: counters as ReadonlyMap<CounterName, number>,
    requests: requests as ReadonlyMap<string, number>,
    commitSeconds: commitSeconds as Readonly<typeof commitSeconds>,
    setRole: (to: Role): void => {
      role = to
    },
    watchSocket: (connected: () => boolean): void => {
      isConnected = connected
    },
    sawHead: (header: Header): void => {
      head = header
      headSeenAt = now()
      if (indexed?.hash === header.hash) lastError = null
    },
    /** The tables now end at `tip`; `timestamp` is its block's, null where only its hash is known. */
    sawIndexed: (tip: BlockRef | null, timestamp: number | null): void => {
      indexed = tip && { ...tip, timestamp }
      lastError = null
    },
    sawFailure: (message: string): void => {
      lastError = message
    },
    sawRequest: (method: string): void => {
      requests.set(method, (requests.get(method) ?? 0) + 1)
    },
    sawCommit: (seconds: number): void => {
      commitSeconds.sum += seconds
      commitSeconds.count += 1
    },
    count: (name: CounterName, by = 1): void => {
      counters.set(name, (counters.get(name) ?? 0) + by)
    },
    /** A deal whose events contradict the machine, or null once it no longer does. Returns whether that is news. */
    setHalted: (dealId: string, reason: string | null): boolean => {
      if (reason === null) return halted.delete(dealId)
      const isNews = halted.get(dealId) !== reason
      halted.set(dealId, reason)
      return isNews
    },
  }
}
