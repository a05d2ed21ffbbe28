import { createHash } from 'node:crypto'
import { InconsistentNode } from '../errors.ts'
import type { NodeState } from './node-health.ts'
import { failureOf, type NodeRefused } from './refusal.ts'
import type { LogQuery, Rpc } from './rpc.ts'
import type { Header, RawLog } from './wire.ts'

const MOST_CONTESTED = 50 // blocks looked up in their receipts to settle one answer

/** A node with a vote. Its `rpc` rejects with NodeRefused. */
export type Voter = { rpc: Rpc; state: () => NodeState }

export type QuorumOptions<V extends Voter> = {
  /** How many nodes must say the same. */
  quorum: number
  /** The nodes in the order in which to ask them. */
  ranked: () => readonly V[]
  /** Told of a node whose answer about a block that cannot change was outvoted. */
  caught: (voter: V, reason: string) => void
}

type Vote<V, T> = { voter: V; answer: T; key: string }

type Ballot<V, T> = {
  about: string
  ask: (rpc: Rpc) => Promise<T>
  keyOf: (answer: T) => string
  /** Whether honest nodes cannot differ: what was asked for is bound by a hash or final. */
  isFixed: boolean
  /** Called where enough nodes answered but not enough agree. */
  settle?: (votes: readonly Vote<V, T>[]) => T | Promise<T>
}

type HeaderAt = (height: number) => Promise<Header | null>

/** How a new finalized head stands to the one before. */
export type Verdict = 'follows' | 'behind' | 'contradicts'

/** Compares a finalized head with the last one; `headerAt` is asked whether the last one is still in the chain. */
export async function judgeFinal(next: Header, last: Header | null, headerAt: HeaderAt): Promise<Verdict> {
  if (last === null) return 'follows'
  if (next.number < last.number) return 'behind'
  const same = next.number === last.number ? next : await headerAt(last.number)
  if (same === null) return 'behind'
  return same.hash === last.hash ? 'follows' : 'contradicts'
}

/** What is thrown, and logged, where nobody stands by a block that was final. */
export function contradiction({ number, hash }: Header): InconsistentNode {
  return new InconsistentNode(`block ${number} was final as ${hash}, and now no node says so`)
}

/**
 * A node made of several: it answers what `quorum` of them say alike. As many as could decide are asked at once, the
 * others only where those fail or differ.
 * @throws NodesFailed where too few answer, InconsistentNode where too few agree.
 */
export function createQuorum<V extends Voter>(options: QuorumOptions<V>): Rpc {
  let latest = Infinity // the first time every node that is up is asked
  const final: Final = { header: null }
  const isFinal = (height: number): boolean => final.header !== null && height <= final.header.number

  const header = async (at: number): Promise<Header | null> => {
    const about = `the block at height ${at}`
    const ballot = {
      about,
      ask: (rpc: Rpc) => rpc.header(at),
      keyOf: headerKey,
      isFixed: isFinal(at),
      settle: theOneOrNone(about),
    }
    return agree(ballot, options)
  }
  const receiptLogs = async (blockHash: string): Promise<RawLog[] | null> => {
    const about = `the receipts of block ${blockHash}`
    const ballot = {
      about,
      ask: (rpc: Rpc) => rpc.receiptLogs(blockHash),
      keyOf: logsKey,
      isFixed: true,
      settle: theOneOrNone(about),
    }
    return agree(ballot, options)
  }
  return {
    chainId: () => agree({ about: 'the chain id', ask: (rpc) => rpc.chainId(), keyOf: String, isFixed: false }, options),
    header: async (at) => {
      if (at === 'finalized') return nextFinal(final, header, options)
      if (at !== 'latest') return header(at)
      const head = await agreedHead('latest', latest, options)
      latest = head?.number ?? latest
      return head
    },
    headers: (from, to) => {
      const keyOf = (headers: readonly Header[]): string => digest(headers.map(headerKey))
      return agree(
        { about: `blocks ${from} to ${to}`, ask: (rpc) => rpc.headers(from, to), keyOf, isFixed: isFinal(to) },
        options,
      )
    },
    logs: (addresses, query) => {
      const isFixed = 'blockHash' in query || isFinal(query.to)
      const settle = (votes: readonly Vote<V, RawLog[]>[]) =>
        byReceipts(votes, { addresses, query, isFixed, receiptLogs }, options)
      return agree({ about: nameOf(query), ask: (rpc) => rpc.logs(addresses, query), keyOf: logsKey, isFixed, settle }, options)
    },
    receiptLogs,
  }
}

type Final = { header: Header | null }

async function nextFinal<V extends Voter>(final: Final, headerAt: HeaderAt, options: QuorumOptions<V>): Promise<Header | null> {
  const last = final.header
  const next = await agreedHead('finalized', last?.number ?? 0, options)
  const verdict = next === null ? 'behind' : await judgeFinal(next, last, headerAt)
  if (verdict === 'contradicts' && last !== null) throw contradiction(last)
  if (verdict === 'follows') final.header = next
  return final.header
}

async function agree<V extends Voter, T>(ballot: Ballot<V, T>, options: QuorumOptions<V>): Promise<T> {
  const votes: Vote<V, T>[] = []
  const refusals: NodeRefused[] = []
  const queue = [...options.ranked()]
  for (;;) {
    const groups = [...Map.groupBy(votes, ({ key }) => key).values()]
    const largest = groups.reduce((most, group) => (group.length > most.length ? group : most), [] as Vote<V, T>[])
    const [winner] = largest
    if (winner !== undefined && largest.length >= options.quorum) {
      if (ballot.isFixed) catchLiars(votes, winner.key, ballot.about, options)
      return winner.answer
    }
    const asked = queue.splice(0, options.quorum - largest.length)
    if (asked.length === 0) break
    await askAll(asked, ballot.ask, (voter, answer) => votes.push({ voter, answer, key: ballot.keyOf(answer) }), refusals)
  }
  if (votes.length < options.quorum) throw tooFew(votes.length, options.quorum, refusals)
  if (ballot.settle === undefined) throw disagreement(ballot.about)
  return ballot.settle(votes)
}

/** The highest block that `quorum` nodes have. One below `atLeast` is believed only after every node that is up was asked. */
async function agreedHead<V extends Voter>(
  tag: 'latest' | 'finalized',
  atLeast: number,
  options: QuorumOptions<V>,
): Promise<Header | null> {
  const heads: Head[] = []
  const refusals: NodeRefused[] = []
  let without = 0
  let queue = [...options.ranked()]
  while (queue.length > 0) {
    const asked = queue.splice(0, Math.max(1, options.quorum - heads.length - without))
    const add = ({ rpc }: V, header: Header | null): void => {
      if (header === null) without += 1
      else heads.push({ rpc, header })
    }
    await askAll(asked, (rpc) => rpc.header(tag), add, refusals)
    if (heads.length + without < options.quorum) continue
    const shared = await sharedAt(topOf(heads, options.quorum), heads, options.quorum)
    if (shared !== null && shared.number >= atLeast) return shared
    queue = queue.filter((voter) => voter.state() === 'up') // for a second opinion nobody waits for a dead node
  }
  if (heads.length + without < options.quorum) throw tooFew(heads.length + without, options.quorum, refusals)
  if (heads.length < options.quorum) return null
  const shared = await highestShared(heads, options.quorum)
  if (shared === null) throw disagreement(`any block up to the ${tag}`)
  return shared
}

type Head = { rpc: Rpc; header: Header }

/** The greatest height that `quorum` of the nodes have reached. */
function topOf(heads: readonly Head[], quorum: number): number {
  const heights = heads.map(({ header }) => header.number).toSorted((a, b) => b - a)
  return heights[quorum - 1] ?? -1
}

async function sharedAt(height: number, heads: readonly Head[], quorum: number): Promise<Header | null> {
  const asked = heads.filter(({ header }) => header.number >= height)
  const found = await Promise.all(
    asked.map(({ rpc, header }) => (header.number === height ? header : rpc.header(height).catch(() => null))),
  )
  const groups = Map.groupBy(
    found.filter((header) => header !== null),
    headerKey,
  )
  return [...groups.values()].find((group) => group.length >= quorum)?.[0] ?? null
}

/** Down in growing strides until enough nodes share a block, then up again by halves: they share all that is below. */
async function highestShared(heads: readonly Head[], quorum: number): Promise<Header | null> {
  let high = topOf(heads, quorum)
  let shared = await sharedAt(high, heads, quorum)
  if (shared !== null) return shared
  for (let stride = 1; shared === null && high > 0; stride *= 2) {
    const at = Math.max(0, high - stride)
    shared = await sharedAt(at, heads, quorum)
    if (shared === null) high = at
  }
  while (shared !== null && high - shared.number > 1) {
    const middle = Math.floor((high + shared.number) / 2)
    const found = await sharedAt(middle, heads, quorum)
    if (found === null) high = middle
    else shared = found
  }
  return shared
}

type Contest = { addresses: readonly string[]; query: LogQuery; isFixed: boolean; receiptLogs: Rpc['receiptLogs'] }

/** Where nodes differ about a block's logs, its receipts decide: whoever agrees with them in every such block is believed. */
async function byReceipts<V extends Voter>(
  votes: readonly Vote<V, RawLog[]>[],
  { addresses, query, isFixed, receiptLogs }: Contest,
  options: QuorumOptions<V>,
): Promise<RawLog[]> {
  const perBlock = votes.map(({ answer }) => Map.groupBy(answer, ({ blockHash }) => blockHash))
  const hashes = [...new Set(perBlock.flatMap((blocks) => [...blocks.keys()]))]
  const contested = hashes.filter((hash) => new Set(perBlock.map((blocks) => logsKey(blocks.get(hash) ?? []))).size > 1)
  if (contested.length > MOST_CONTESTED) throw disagreement(nameOf(query))
  let believed = votes.map((vote, index) => ({ vote, blocks: perBlock[index] }))
  for (const hash of contested) {
    const receipts = await receiptLogs(hash).catch(() => null) // a block of another branch: then nothing can be settled
    if (receipts === null) throw disagreement(nameOf(query))
    const truth = logsKey(receipts.filter(({ address }) => addresses.includes(address)))
    believed = believed.filter(({ blocks }) => logsKey(blocks?.get(hash) ?? []) === truth)
  }
  const [winner] = believed
  if (winner === undefined) throw disagreement(nameOf(query))
  if (isFixed) catchLiars(votes, winner.vote.key, nameOf(query), options)
  return winner.vote.answer
}

function catchLiars<V extends Voter, T>(
  votes: readonly Vote<V, T>[],
  truth: string,
  about: string,
  options: QuorumOptions<V>,
): void {
  for (const { voter, answer, key } of votes) {
    if (key !== truth && answer !== null) options.caught(voter, `outvoted about ${about}`)
  }
}

/** Null, if the answers differ only in that some nodes have none. */
function theOneOrNone(about: string): <V, T>(votes: readonly Vote<V, T | null>[]) => null {
  return (votes) => {
    const different = new Set(votes.filter(({ answer }) => answer !== null).map(({ key }) => key))
    if (different.size > 1) throw disagreement(about)
    return null
  }
}

async function askAll<V extends Voter, T>(
  voters: readonly V[],
  ask: (rpc: Rpc) => Promise<T>,
  onAnswer: (voter: V, answer: T) => void,
  refusals: NodeRefused[],
): Promise<void> {
  const answers = await Promise.allSettled(voters.map(({ rpc }) => ask(rpc)))
  for (const [index, answer] of answers.entries()) {
    const voter = voters[index]
    if (answer.status === 'rejected') refusals.push(answer.reason)
    else if (voter !== undefined) onAnswer(voter, answer.value)
  }
}

/** Equal for equal headers, in every field: a liar may give the right hash with another bloom. */
function headerKey(header: Header | null): string {
  if (header === null) return 'none'
  return [header.number, header.hash, header.parentHash, header.timestamp, header.logsBloom].join()
}

/** Equal for the same logs in whatever order; a log given twice makes a difference. */
function logsKey(logs: readonly RawLog[] | null): string {
  if (logs === null) return 'none'
  const lines = logs.map((log) => {
    return [log.blockHash, log.logIndex, log.blockNumber, log.transactionHash, log.address, ...log.topics, log.data].join()
  })
  return `${logs.length}:${digest(lines.toSorted())}`
}

function digest(lines: readonly string[]): string {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(line).update('\n')
  return hash.digest('hex')
}

function nameOf(query: LogQuery): string {
  return 'blockHash' in query ? `the logs of block ${query.blockHash}` : `the logs of blocks ${query.from} to ${query.to}`
}

function disagreement(about: string): InconsistentNode {
  return new InconsistentNode(`the nodes disagree about ${about}`)
}

function tooFew(answered: number, quorum: number, refusals: readonly NodeRefused[]): Error {
  return failureOf(`${answered} nodes answered where ${quorum} must agree`, refusals)
}
