import type { Hex } from 'viem'
import type { Contracts } from '../env.ts'
import { InconsistentNode } from '../errors.ts'
import type { ChainEvent } from '../project/event.ts'
import { type BloomTest, bloomTest } from './bloom.ts'
import { decodeLog, knownTopics } from './decode.ts'
import type { Header, RawLog, Rpc } from './rpc.ts'

const BY_HASH_UP_TO = 4 // so few blocks are asked for one by one: a hash binds the answer to the very block

/** A block with the events of our contracts in it, in log order. */
export type Block = { header: Header; events: ChainEvent[] }

/** Reads the events of consecutive blocks whose headers are known. @throws InconsistentNode on any contradiction. */
export type BlockReader = (headers: readonly Header[]) => Promise<Block[]>

export type BlockReaderOptions = {
  rpc: Rpc
  contracts: Contracts
  /** Told of a block whose logs the node left out of its first answer. */
  onWithheld: (header: Header) => void
  /** Told of a log of our contracts that their ABI does not know. */
  onUnknown: (log: RawLog) => void
}

/**
 * A reader that believes no answer alone: each log must name the hash of the header at its height and be in that
 * header's bloom; a block whose bloom speaks of our contracts but that came without logs is asked for again by hash,
 * and then looked up in its receipts.
 */
export function createBlockReader({ rpc, contracts, onWithheld, onUnknown }: BlockReaderOptions): BlockReader {
  const addresses = [contracts.escrow, contracts.reputation]
  const blooms = new Map(addresses.map((address) => [address, bloomTest(address as Hex)])) // checked by env.ts
  const topicBlooms = new Map(knownTopics.map((topic) => [topic as string, bloomTest(topic)]))

  const expectsLogs = (header: Header, have: readonly RawLog[]): boolean => {
    const missing = addresses.filter((one) => !have.some((log) => log.address === one))
    const named = missing.some((one) => blooms.get(one)?.(header.logsBloom))
    return named && [...topicBlooms.values()].some((test) => test(header.logsBloom))
  }

  const askAgain = async (header: Header, have: RawLog[]): Promise<RawLog[]> => {
    const again = await rpc.logs(addresses, { blockHash: header.hash })
    const receipts = await rpc.receiptLogs(header.hash)
    const expected = receipts?.filter((log) => addresses.includes(log.address)).length ?? again.length
    if (again.length !== expected) {
      throw new InconsistentNode(`block ${header.hash}: ${again.length} logs, but ${expected} in its receipts`)
    }
    if (again.length > have.length) onWithheld(header)
    return again
  }

  return async (headers) => {
    const found = groupByHeight(await logsFor(rpc, addresses, headers))
    const blocks: Block[] = []
    for (const header of headers) {
      const first = found.get(header.number) ?? []
      const logs = expectsLogs(header, first) ? await askAgain(header, first) : first
      for (const log of logs) checkAgainstHeader(log, header, [blooms.get(log.address), topicBlooms.get(log.topics[0] ?? '')])
      blocks.push({ header, events: eventsOf(logs, header, onUnknown) })
      found.delete(header.number)
    }
    if (found.size > 0) throw new InconsistentNode(`logs of blocks that were not asked for: ${[...found.keys()].join()}`)
    return blocks
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

async function logsFor(rpc: Rpc, addresses: string[], headers: readonly Header[]): Promise<RawLog[]> {
  if (headers.length <= BY_HASH_UP_TO) {
    return (await Promise.all(headers.map(({ hash }) => rpc.logs(addresses, { blockHash: hash })))).flat()
  }
  const from = headers[0]?.number ?? 0
  return rpc.logs(addresses, { from, to: from + headers.length - 1 })
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

function checkAgainstHeader(log: RawLog, header: Header, tests: readonly (BloomTest | undefined)[]): void {
  if (log.blockHash !== header.hash) {
    throw new InconsistentNode(`a log of block ${log.blockHash} was given for ${header.hash} at ${header.number}`)
  }
  if (!tests.every((test) => test === undefined || test(header.logsBloom))) {
    throw new InconsistentNode(`a log that is not in the bloom of block ${header.hash}`)
  }
}

function eventsOf(logs: readonly RawLog[], header: Header, onUnknown: (log: RawLog) => void): ChainEvent[] {
  const events: ChainEvent[] = []
  for (const log of logs.toSorted((a, b) => a.logIndex - b.logIndex)) {
    const event = decodeLog(log, header.timestamp)
    if (event === null) onUnknown(log)
    else events.push(event)
  }
  return events
}
