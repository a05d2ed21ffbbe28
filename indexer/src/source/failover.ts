import { contradiction, judgeFinal, type Voter } from './quorum.ts'
import { failureOf, NodeRefused } from './refusal.ts'
import type { Rpc } from './rpc.ts'
import type { Header } from './wire.ts'

const MOST_WAITS = 20 // with growing pauses between them, some minutes

export type FailoverOptions<V extends Voter> = {
  /** The nodes in the order in which to ask them. */
  ranked: () => readonly V[]
  /** The highest head seen of a node that is up. */
  knownHead: () => number
  /** Told of a node that is to be asked first from now on. */
  prefer: (node: V, reason: string) => void
  /** Told of a node that contradicts what was final. */
  caught: (node: V, reason: string) => void
}

/** A node made of several that believes one at a time: the first that has an answer. @throws what `failureOf` says. */
export function createFailover<V extends Voter>(options: FailoverOptions<V>): Rpc {
  const firstOf = async <T>(call: (rpc: Rpc) => Promise<T>): Promise<T> => {
    const { answers } = await inTurn(options, call, async (answer) => answer !== null)
    return answers[0].answer
  }
  const finalized = finalizedBy(options)
  return {
    chainId: () => firstOf((rpc) => rpc.chainId()),
    header: async (at) => {
      if (at === 'finalized') return finalized()
      return at === 'latest' ? latestOf(options) : firstOf((rpc) => rpc.header(at))
    },
    headers: (from, to) => firstOf((rpc) => rpc.headers(from, to)),
    logs: (addresses, query) => firstOf((rpc) => rpc.logs(addresses, query)),
    receiptLogs: receiptsBy(options),
  }
}

/**
 * A node that knows no receipts says so, and another is asked. While one that may know them does not answer, nothing is known:
 * what a third one says of the logs would go unchecked. One that has not answered for long is no longer waited for.
 */
function receiptsBy<V extends Voter>({ ranked }: FailoverOptions<V>): Rpc['receiptLogs'] {
  const silent = new Map<V, number>() // how often in a row each did not answer
  return async (blockHash) => {
    const refusals: NodeRefused[] = []
    let isMissed = false
    for (const node of ranked()) {
      try {
        const logs = await node.rpc.receiptLogs(blockHash)
        silent.set(node, 0)
        if (logs !== null) return logs
      } catch (error) {
        if (!(error instanceof NodeRefused)) throw error
        refusals.push(error)
        const times = (silent.get(node) ?? 0) + 1
        silent.set(node, times)
        isMissed ||= times <= MOST_WAITS
      }
    }
    if (isMissed || refusals.length === ranked().length) throw failureOf('no node gave receipts', refusals)
    return null
  }
}

/** Below what another node has, a head is no news but a node that lags: then the highest that any node gives. */
async function latestOf<V extends Voter>(options: FailoverOptions<V>): Promise<Header | null> {
  const least = options.knownHead()
  const isNews = async (head: Header | null): Promise<boolean> => head !== null && head.number >= least
  const { answers } = await inTurn(options, (rpc) => rpc.header('latest'), isNews)
  const [highest] = answers.toSorted((a, b) => (b.answer?.number ?? -1) - (a.answer?.number ?? -1))
  if (highest?.answer) options.prefer(highest.node, 'its head is the highest')
  return highest?.answer ?? null
}

/** The finalized head never moves back, nor to another branch, unless it came from a node that others caught lying. */
function finalizedBy<V extends Voter>(options: FailoverOptions<V>): () => Promise<Header | null> {
  let last: { header: Header; node: V } | null = null
  return async () => {
    const before = last
    let isContradicted = false
    const follows = async (next: Header | null, node: V): Promise<boolean> => {
      if (next === null) return false
      const verdict = await judgeFinal(next, before?.header ?? null, node.rpc.header)
      if (verdict !== 'contradicts') return verdict === 'follows'
      if (node !== before?.node && before?.node.state() === 'quarantined') return true
      isContradicted = true
      options.caught(node, `it has another block where ${before?.header.number} was final`)
      return false
    }
    const { accepted } = await inTurn(options, (rpc) => rpc.header('finalized'), follows)
    if (accepted?.answer) last = { header: accepted.answer, node: accepted.node }
    else if (isContradicted && before !== null) throw contradiction(before.header)
    return last?.header ?? null
  }
}

type Answer<V, T> = { node: V; answer: T }
type Answers<V, T> = { accepted: Answer<V, T> | null; answers: [Answer<V, T>, ...Answer<V, T>[]] }

/**
 * Asks node after node until an answer is acceptable; `answers` is then that one, else all there were. Once there is
 * an answer, only nodes that are up are asked for a better one.
 */
async function inTurn<V extends Voter, T>(
  { ranked }: FailoverOptions<V>,
  call: (rpc: Rpc) => Promise<T>,
  accept: (answer: T, node: V) => Promise<boolean>,
): Promise<Answers<V, T>> {
  const unwanted: Answer<V, T>[] = []
  const refusals: NodeRefused[] = []
  for (const node of ranked()) {
    if (unwanted.length > 0 && node.state() !== 'up') continue
    try {
      const given = { node, answer: await call(node.rpc) }
      if (await accept(given.answer, node)) return { accepted: given, answers: [given] }
      unwanted.push(given)
    } catch (error) {
      if (!(error instanceof NodeRefused)) throw error
      refusals.push(error)
    }
  }
  const [first, ...more] = unwanted
  if (first === undefined) throw failureOf('every node failed', refusals)
  return { accepted: null, answers: [first, ...more] }
}
