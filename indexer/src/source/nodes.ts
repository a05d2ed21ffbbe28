import { createFailover } from './failover.ts'
import { createHealth, type Health, LONGEST_WAIT_MS } from './node-health.ts'
import { createQuorum, type Voter } from './quorum.ts'
import { NodeRefused, type RefusalKind, refusalOf } from './refusal.ts'
import type { Rpc } from './rpc.ts'
import type { Header } from './wire.ts'

const STALL_MS = 30_000 // a head that stands still so long may be a node that stands still: the others are looked at
const MUCH_BETTER = 2 // how many times better another node must be to leave one that works
const NOT_WORTH_MS = 50 // differences below this are noise
const BLAME_WINDOW_MS = 30_000 // an answer older than this has no part in a contradiction found now

/** Something about a node that an operator may want to see in the log. Never has more of the URL than its host. */
export type NodeNotice = { host: string; what: 'failed' | 'limited' | 'lied' | 'preferred'; reason: string; pauseMs: number }

/** How a node is doing. `failures` are those in a row; `limits` and `lies` count since the start. */
export type NodeSnapshot = { host: string } & ReturnType<Health['figures']>

/** Several nodes of one chain, asked as if they were one. */
export type Nodes = Rpc & {
  /** Says that the last answers contradicted each other: whose they were is quarantined, and others are asked from now on. */
  blame: (reason: string) => void
  snapshot: () => NodeSnapshot[]
}

export type NodesOptions = {
  /** In order of preference; they may hold secrets, which go nowhere but to `connect`. */
  urls: readonly string[]
  /** A node of any other chain is never believed: its blocks would look like a reorganisation of everything. */
  chainId: number
  /** How many nodes must say the same; 1 believes the best node. */
  quorum: number
  connect: (url: string) => Rpc
  /** Milliseconds from any fixed point. */
  now: () => number
  /** Waits so many milliseconds; used for the pause that a node asks for, if no other node is left. */
  sleep: (ms: number) => Promise<unknown>
  onNode?: (notice: NodeNotice) => void
}

type Node = Voter & { host: string; health: Health }
type Pool = ReturnType<typeof createPool>

/**
 * Connects to the nodes of a chain. One of them is asked as long as it answers; where it fails, the others are asked at
 * once, the best first, and a call rejects only if all of them fail: with NodesFailed, or with InconsistentNode if that
 * was wrong with each.
 */
export function createNodes(options: NodesOptions): Nodes {
  const { urls, quorum, now } = options
  if (quorum < 1 || quorum > urls.length) throw new RangeError(`a quorum of ${quorum} among ${urls.length} nodes`)
  const pool = createPool(options)
  const rpc = quorum > 1 ? createQuorum({ quorum, ranked: pool.ranked, caught: pool.caught }) : createFailover(pool)
  let given: string | undefined
  let lookedAt = now()
  const latest = async (): Promise<Header | null> => {
    if (now() - lookedAt >= STALL_MS) {
      lookedAt = now()
      pool.lookAround()
    }
    pool.reconsider()
    const head = await rpc.header('latest')
    if (head?.hash !== given) lookedAt = now()
    given = head?.hash
    return head
  }
  return {
    ...rpc,
    header: (at) => (at === 'latest' ? latest() : rpc.header(at)),
    blame: (reason) => blame(pool, reason, now() - BLAME_WINDOW_MS),
    snapshot: () => pool.nodes.map(({ host, health }) => ({ host, ...health.figures() })),
  }
}

function createPool(options: NodesOptions) {
  const { onNode = () => {} } = options
  const nodes = connectAll(options, () => {
    const [next] = ranked()
    if (!isUp(current) && next !== undefined) prefer(next, 'the one before does not answer')
  })
  let current = nodes[0]
  const prefer = (node: Node, reason: string): void => {
    if (node === current) return
    current = node
    onNode({ host: node.host, what: 'preferred', reason, pauseMs: 0 })
  }
  const ranked = (): Node[] => {
    const place = (node: Node): number[] => [group(node), node === current ? 0 : 1, node.health.score()]
    return nodes.toSorted((a, b) => compareEach(place(a), place(b)))
  }
  return {
    nodes,
    prefer,
    /** The nodes that are up, the present one first; then those that rest, and last those that lied. */
    ranked,
    knownHead: () => highestOf(nodes),
    caught: ({ host, health }: Node, reason: string): void => onNode({ host, what: 'lied', reason, pauseMs: health.lied() }),
    /** Changes to another node if that is much better. Only between questions that belong together. */
    reconsider: (): void => {
      const [best] = nodes.filter(isUp).toSorted((a, b) => a.health.score() - b.health.score())
      if (best === undefined || !isUp(current)) return
      if (current.health.score() > MUCH_BETTER * best.health.score() + NOT_WORTH_MS) prefer(best, 'it is better')
    },
    /** Asks every node that is up for its head, for later; whoever fails is noted. */
    lookAround: (): void => {
      for (const { rpc } of nodes.filter((node) => node !== current && isUp(node))) rpc.header('latest').catch(() => {})
    },
  }
}

function connectAll(options: NodesOptions, onAnswer: () => void): [Node, ...Node[]] {
  const nodes: Node[] = []
  const hosts = hostsOf(options.urls)
  for (const [index, url] of options.urls.entries()) {
    const health = createHealth(options.now)
    const host = hosts[index] ?? ''
    const tell: WatchOptions['tell'] = (what, reason, pauseMs) => options.onNode?.({ host, what, reason, pauseMs })
    const watch = { ...options, url, host, health, tell, onAnswer, knownHead: () => highestOf(nodes) }
    nodes.push({ host, health, state: health.state, rpc: watched(options.connect(url), watch) })
  }
  const [first, ...more] = nodes
  if (first === undefined) throw new RangeError('no node is configured')
  return [first, ...more]
}

type WatchOptions = NodesOptions & {
  url: string
  host: string
  health: Health
  knownHead: () => number
  tell: (what: NodeNotice['what'], reason: string, pauseMs: number) => void
  onAnswer: () => void
}

/** The node's own Rpc, except that it is asked for its chain first, waits where told to, and that each outcome is noted. */
function watched(rpc: Rpc, options: WatchOptions): Rpc {
  const { url, host, health, chainId, now, tell } = options
  const assertChain = chainCheck(rpc, options)
  const ask = async <T>(call: () => Promise<T>, isTimed: boolean): Promise<T> => {
    const wait = health.waitMs()
    if (wait > LONGEST_WAIT_MS) throw new NodeRefused(host, `rate limited for ${Math.ceil(wait / 1000)} s`, { kind: 'limited' })
    if (wait > 0) await options.sleep(wait)
    const begun = health.began()
    try {
      await assertChain(begun)
      const began = now()
      const answer = await call()
      health.succeeded(begun, isTimed ? now() - began : null)
      options.onAnswer()
      return answer
    } catch (error) {
      const refusal = error instanceof NodeRefused ? error : refusalOf(error, host, url)
      const pause = health.failed(begun, refusal)
      if (pause !== null) tell(noticeOf[refusal.kind], refusal.message, pause)
      throw refusal
    }
  }
  return {
    chainId: () => ask(async () => chainId, false), // it was checked to be this one
    header: async (at) => {
      const header = await ask(() => rpc.header(at), true)
      if (at === 'latest' && header !== null) health.sawHead(header, options.knownHead())
      return header
    },
    headers: (from, to) => ask(() => rpc.headers(from, to), false),
    logs: (addresses, query) => ask(() => rpc.logs(addresses, query), 'blockHash' in query),
    receiptLogs: (blockHash) => ask(() => rpc.receiptLogs(blockHash), false),
  }
}

const noticeOf = {
  fault: 'failed',
  inconsistent: 'failed',
  tooLarge: 'failed',
  limited: 'limited',
  wrongChain: 'lied',
} as const satisfies Record<RefusalKind, NodeNotice['what']>

/** Asks a node for its chain before the first question, and again after each failure: another node may have come back. */
function chainCheck(rpc: Rpc, { host, chainId }: WatchOptions): (era: number) => Promise<void> {
  let known: { era: number; id: Promise<number> } | null = null
  return async (era) => {
    if (known?.era !== era) known = { era, id: rpc.chainId() }
    const found = await known.id.catch((error: unknown) => {
      known = null
      throw error
    })
    if (found !== chainId) throw new NodeRefused(host, `it serves chain ${found}, not ${chainId}`, { kind: 'wrongChain' })
  }
}

/**
 * Of the nodes that answered lately, the one with most lies is blamed. Where several are alike, none is: one of them is
 * asked from now on, and the next contradiction is its own.
 */
function blame(pool: Pool, reason: string, since: number): void {
  const suspects = pool.nodes.filter(({ health }) => health.answeredAt() >= since)
  const most = Math.max(...suspects.map(({ health }) => health.lies()))
  const [first, ...others] = suspects.filter(({ health }) => health.lies() === most)
  if (first !== undefined && others.length === 0) pool.caught(first, reason)
  for (const { health } of suspects) health.forgetAnswers()
}

function isUp({ state }: Node): boolean {
  return state() === 'up'
}

function highestOf(nodes: readonly Node[]): number {
  return Math.max(0, ...nodes.filter(isUp).map(({ health }) => health.head()?.number ?? 0))
}

function group({ health }: Node): number {
  if (health.state() === 'quarantined') return 3 + health.lies()
  if (health.waitMs() > 0) return 2
  return health.state() === 'resting' ? 1 : 0
}

function compareEach(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Host names, numbered where several URLs share one. */
function hostsOf(urls: readonly string[]): string[] {
  const hosts = urls.map((url) => new URL(url).host)
  return hosts.map((host, index) => {
    const before = hosts.slice(0, index).filter((other) => other === host).length
    return before === 0 ? host : `${host}#${before + 1}`
  })
}
