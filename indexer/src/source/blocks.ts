import { isDeepStrictEqual } from 'node:util'
import type { Hex } from 'viem'
import type { Contracts } from '../env.ts'
import { InconsistentNode } from '../errors.ts'
import type { ChainEvent } from '../project/event.ts'
import { type BloomTest, bloomTest, falseRate } from './bloom.ts'
import { decodeLog, knownTopics } from './decode.ts'
import type { Rpc } from './rpc.ts'
import type { Header, RawLog } from './wire.ts'

const MOST_FALSE_ALARMS = 0.05 // for each block: more would cost more questions than they are worth
const BY_HASH_UP_TO = 4 // so few blocks are asked for one by one: a hash binds the answer to the very block

/** A block with the events of our contracts in it, in log order. */
export type Block = { header: Header; events: ChainEvent[] }

/** What reads blocks. Each rejects with InconsistentNode on any contradiction. */
export type BlockReader = {
  /** Consecutive blocks by their heights. */
  range: (from: number, to: number) => Promise<Block[]>
  /** The block of a head, whose header is known already; nothing where the node has another block there by now. */
  one: (header: Header) => Promise<Block[]>
}

/** How little is believed: `bloom` checks logs against headers; `receipts` also demands that the receipts have the same logs. */
export type Check = 'bloom' | 'receipts'

export type BlockReaderOptions = {
  rpc: Rpc
  contracts: Contracts
  /** For ranges; few blocks, as at the head, are always checked against their receipts. */
  check: Check
  /** Told of a block whose logs the node left out of its first answer. */
  onWithheld: (header: Header) => void
  /** Told of a log of our contracts that their ABI does not know. */
  onUnknown: (log: RawLog) => void
}

/**
 * A reader that believes no answer alone: each log must name the hash of the header at its height and be in that
 * header's bloom; a block whose bloom speaks of our contracts or events but that came without such logs is asked for again by
 * hash, and then looked up in its receipts.
 */
export function createBlockReader(options: BlockReaderOptions): BlockReader {
  const { rpc, contracts, check } = options
  const addresses = [contracts.escrow, contracts.reputation]
  const blooms = createBlooms(addresses)

  const settle = async (header: Header, first: RawLog[], receipts: RawLog[] | null): Promise<Block> => {
    const logs = await complete(header, first, receipts)
    for (const log of logs) blooms.check(log, header)
    return { header, events: eventsOf(logs, header, options.onUnknown) }
  }

  const complete = async (header: Header, first: RawLog[], receipts: RawLog[] | null): Promise<RawLog[]> => {
    if (receipts !== null && sameLogs(first, receipts)) return first
    if (receipts === null && !blooms.misses(header, first)) return first
    const again = await rpc.logs(addresses, { blockHash: header.hash })
    const truth = receipts ?? (await ours(header)) ?? again
    if (!sameLogs(again, truth)) {
      throw new InconsistentNode(`block ${header.hash}: ${again.length} logs, but ${truth.length} in its receipts`)
    }
    if (again.length > first.length) options.onWithheld(header)
    return again
  }

  /** Our logs of a block from its receipts, in log order; null where the node has no receipts. */
  const ours = async ({ hash }: Header): Promise<RawLog[] | null> =>
    (await rpc.receiptLogs(hash))?.filter(({ address }) => addresses.includes(address)) ?? null

  const one = async (header: Header): Promise<Block> => {
    const named = blooms.names(header)
    const [logs, receipts] = await Promise.all([
      named ? rpc.logs(addresses, { blockHash: header.hash }) : [],
      named ? ours(header) : null,
    ])
    return settle(header, logs, receipts)
  }

  return {
    one: async (header) => {
      // The header may have come by announcement, which nobody has vouched for, or the chain has moved on: both are no fault of
      // the node's, but the block counts only if the node has the very same.
      const [block, again] = await Promise.allSettled([one(header), rpc.header(header.number)])
      if (again.status === 'rejected') throw again.reason
      if (!isDeepStrictEqual(again.value, header)) return []
      if (block.status === 'rejected') throw block.reason
      return [block.value]
    },
    range: async (from, to) => {
      if (to - from < BY_HASH_UP_TO) return Promise.all((await rpc.headers(from, to)).map(one))
      const [headers, logs] = await Promise.all([rpc.headers(from, to), rpc.logs(addresses, { from, to })])
      const found = groupByHeight(logs)
      const blocks: Block[] = []
      for (const header of headers) {
        const wantsReceipts = check === 'receipts' && blooms.names(header)
        blocks.push(await settle(header, found.get(header.number) ?? [], wantsReceipts ? await ours(header) : null))
        found.delete(header.number)
      }
      if (found.size > 0) throw new InconsistentNode(`logs of blocks that were not asked for: ${[...found.keys()].join()}`)
      return blocks
    },
  }
}

/** Throws unless each header follows on the one before. */
export function assertLinked(headers: readonly Header[], parentHash: string | null): void {
  let expected = parentHash
  for (const header of headers) {
    if (expected !== null && header.parentHash !== expected) {
      throw new InconsistentNode(`block ${header.number} does not follow on ${expected}: the chain moved meanwhile`)
    }
    expected = header.hash
  }
}

/** What headers' blooms say about our contracts and events; their bits are computed once. */
function createBlooms(addresses: readonly string[]) {
  const ofAddress = addresses.map((address) => ({ value: address, test: bloomTest(address as Hex) })) // checked by env.ts
  const ofTopic = knownTopics.map((topic) => ({ value: topic as string, test: bloomTest(topic) }))
  const tests = new Map<string, BloomTest>([...ofAddress, ...ofTopic].map(({ value, test }) => [value, test]))
  const names = ({ logsBloom }: Header): boolean =>
    ofAddress.some(({ test }) => test(logsBloom)) && ofTopic.some(({ test }) => test(logsBloom))
  return {
    /** Whether the block may hold logs of ours. */
    names,
    /** Whether the bloom speaks of a contract or an event of ours that is not among the logs. */
    misses: (header: Header, have: readonly RawLog[]): boolean => {
      if (!names(header)) return false
      const isThere = (value: string): boolean => have.some((log) => log.address === value || log.topics[0] === value)
      // Where our contract has logs, an event of ours that the bloom names must be there. In a full bloom it may be chance, and
      // so it may where the block has no log of ours.
      const isTelling = have.length > 0 && falseRate(header.logsBloom) * ofTopic.length < MOST_FALSE_ALARMS
      const topics = isTelling ? ofTopic : []
      return [...ofAddress, ...topics].some(({ value, test }) => test(header.logsBloom) && !isThere(value))
    },
    check: (log: RawLog, header: Header): void => {
      if (!addresses.includes(log.address)) throw new InconsistentNode(`a log of ${log.address}, which was not asked for`)
      if (log.blockHash !== header.hash || log.blockNumber !== header.number) {
        throw new InconsistentNode(`a log of block ${log.blockHash} was given for ${header.hash} at ${header.number}`)
      }
      const wanted = [tests.get(log.address), tests.get(log.topics[0] ?? '')]
      if (!wanted.every((test) => test === undefined || test(header.logsBloom))) {
        throw new InconsistentNode(`a log that is not in the bloom of block ${header.hash}`)
      }
    },
  }
}

function groupByHeight(logs: readonly RawLog[]): Map<number, RawLog[]> {
  const groups = new Map<number, RawLog[]>()
  for (const log of logs) {
    const group = groups.get(log.blockNumber)
    if (group === undefined) groups.set(log.blockNumber, [log])
    else group.push(log)
  }
  return groups
}

/** Whether two answers hold the same logs, in whatever order, none of them twice. */
function sameLogs(some: readonly RawLog[], others: readonly RawLog[]): boolean {
  if (some.length !== others.length) return false
  const key = ({ logIndex, blockNumber, transactionHash, address, topics, data }: RawLog): string =>
    `${logIndex} ${blockNumber} ${transactionHash} ${address} ${topics.join()} ${data}`
  const keys = new Set(some.map(key))
  return keys.size === some.length && others.every((log) => keys.has(key(log)))
}

function eventsOf(logs: readonly RawLog[], header: Header, onUnknown: (log: RawLog) => void): ChainEvent[] {
  const events: ChainEvent[] = []
  let last = -1
  for (const log of isInOrder(logs) ? logs : logs.toSorted((a, b) => a.logIndex - b.logIndex)) {
    if (log.logIndex === last) throw new InconsistentNode(`log ${last} of block ${header.hash} was given twice`)
    last = log.logIndex
    const event = decodeLog(log, header.timestamp)
    if (event === null) onUnknown(log)
    else events.push(event)
  }
  return events
}

function isInOrder(logs: readonly RawLog[]): boolean {
  return logs.every((log, k) => k === 0 || (logs[k - 1]?.logIndex ?? 0) < log.logIndex)
}
