import type { BlockRef } from './source/fork.ts'
import type { NodeSnapshot } from './source/nodes.ts'
import type { Header } from './source/wire.ts'

/** What the process is doing with a chain: waiting for another instance to end, following it, or unable to go on. */
export type Role = 'starting' | 'standby' | 'writer' | 'stopped' | 'failed'

/** The named points of a step, in their order; the time between them is in the metrics. `retracted` is for reorganisations. */
export const points = ['planned', 'fetched', 'began', 'retracted', 'events', 'rows', 'outbox', 'committing', 'committed'] as const
export type Point = (typeof points)[number]

/** What is known of a chain at a moment, for /ready, /metrics and tests. */
export type Snapshot = {
  chain: string
  role: Role
  ready: boolean
  indexed: BlockRef | null
  head: BlockRef | null
  /** Height below which nothing changes any more; 0 where nothing is final. */
  finalized: number
  /** Blocks between the last head seen and what is indexed; null before a head was seen. */
  lagBlocks: number | null
  /** The same in seconds of chain time. */
  lagSeconds: number | null
  /** Seconds since a node last answered with a head. */
  headAgeSeconds: number | null
  webSocket: boolean
  nodes: readonly NodeSnapshot[]
  haltedDeals: { dealId: string; reason: string }[]
  lastError: string | null
}

export const counterNames = [
  'events',
  'steps',
  'blocks',
  'reorgs',
  'reorgBlocks',
  'withheldLogs',
  'unknownLogs',
  'failures',
] as const
export type CounterName = (typeof counterNames)[number]

/** What the parts of the process report to about one chain, and what the health server reads. */
export type Status = ReturnType<typeof createStatus>

export type StatusOptions = {
  /** CAIP-2 id of the chain. */
  chain: string
  /** Milliseconds now. */
  now: () => number
  /** How long a head counts as fresh. */
  staleAfterMs: number
}

/** A status that has seen nothing yet. */
export function createStatus({ chain, now, staleAfterMs }: StatusOptions) {
  let role: Role = 'starting'
  let indexed: (BlockRef & { timestamp: number | null }) | null = null
  let head: Header | null = null
  let headSeenAt = 0
  let finalized = 0
  let lastError: string | null = null
  let isConnected = (): boolean => false
  let nodeStates = (): readonly NodeSnapshot[] => []
  const halted = new Map<string, string>()
  const counters = new Map<CounterName, number>(counterNames.map((name) => [name, 0]))
  const requests = new Map<string, number>()
  const phases = createPhases(now)

  const snapshot = (): Snapshot => {
    const age = head === null ? null : now() - headSeenAt
    const atHead = head !== null && indexed?.hash === head.hash
    const fresh = age !== null && age <= staleAfterMs
    return {
      chain,
      role,
      ready: role === 'writer' && atHead && fresh && lastError === null,
      indexed: indexed && { number: indexed.number, hash: indexed.hash },
      head: head && { number: head.number, hash: head.hash },
      finalized,
      lagBlocks: head && Math.max(0, head.number - (indexed?.number ?? -1)),
      lagSeconds: head && indexed?.timestamp != null ? Math.max(0, head.timestamp - indexed.timestamp) : null,
      headAgeSeconds: age === null ? null : age / 1000,
      webSocket: isConnected(),
      nodes: nodeStates(),
      haltedDeals: [...halted].map(([dealId, reason]) => ({ dealId, reason })),
      lastError,
    }
  }

  return {
    snapshot,
    counters: counters as ReadonlyMap<CounterName, number>,
    requests: requests as ReadonlyMap<string, number>,
    /** Seconds up to each point from the one before, and how often. */
    phases: phases.sums,
    /** A step has come to a point. */
    mark: phases.mark,
    setRole: (to: Role): void => {
      role = to
    },
    watch: (connections: { isConnected: () => boolean; nodes: () => readonly NodeSnapshot[] }): void => {
      isConnected = connections.isConnected
      nodeStates = connections.nodes
    },
    sawHead: (header: Header): void => {
      head = header
      headSeenAt = now()
      phases.begin()
      if (indexed?.hash === header.hash) lastError = null
    },
    /** The tables now end at `tip`; `timestamp` is its block's, null where only its hash is known. */
    sawIndexed: (tip: BlockRef | null, timestamp: number | null, final: number): void => {
      indexed = tip && { ...tip, timestamp }
      finalized = final
      lastError = null
    },
    sawFailure: (message: string): void => {
      lastError = message
    },
    sawRequest: (method: string): void => {
      requests.set(method, (requests.get(method) ?? 0) + 1)
    },
    count: (name: CounterName, by = 1): void => {
      counters.set(name, (counters.get(name) ?? 0) + by)
    },
    /** The deals that the tables say are halted: what was known before may be from blocks that are gone. */
    sawHalted: (deals: readonly { deal_id: string; reason: string }[]): void => {
      halted.clear()
      for (const { deal_id, reason } of deals) halted.set(deal_id, reason)
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

function createPhases(now: () => number) {
  const sums = new Map<Point, { seconds: number; count: number }>(points.map((point) => [point, { seconds: 0, count: 0 }]))
  let last = now()
  return {
    sums: sums as ReadonlyMap<Point, Readonly<{ seconds: number; count: number }>>,
    /** What came before is waiting for something to do. */
    begin: (): void => {
      last = now()
    },
    mark: (point: Point): void => {
      const phase = sums.get(point)
      const at = now()
      if (phase !== undefined) {
        phase.seconds += (at - last) / 1000
        phase.count += 1
      }
      last = at
    },
  }
}
