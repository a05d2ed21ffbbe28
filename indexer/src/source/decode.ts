import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { type AbiEvent, type Hex, toEventSelector } from 'viem'
import type { ChainEvent } from '../project/event.ts'
import { compileEvent, type ReadEvent } from './layout.ts'
import type { RawLog } from './wire.ts'

const knownEvents: readonly AbiEvent[] = [...escrowAbi, ...reputationAbi].filter((item) => item.type === 'event')
const readers = new Map<string, { name: string; read: ReadEvent }>(
  knownEvents.map((item) => [toEventSelector(item), { name: item.name, read: compileEvent(item) }]),
)

/** First topics of all events that are indexed. */
export const knownTopics: readonly Hex[] = [...readers.keys()] as Hex[] // selectors, made just above

/**
 * Reads a log of one of our contracts, at its block's time in seconds; null for an event that the ABI does not know.
 * Addresses and hashes come out in lower case, amounts as decimal strings, packed terms by their names.
 * @throws InconsistentNode where the log is not what its first topic promises.
 */
export function decodeLog(log: RawLog, timestamp: number): ChainEvent | null {
  const reader = readers.get(log.topics[0] ?? '')
  if (reader === undefined) return null
  const args = reader.read(log.topics, log.data) as { dealId?: string }
  return {
    name: reader.name,
    args,
    block_hash: log.blockHash,
    log_index: log.logIndex,
    block_number: log.blockNumber,
    tx_hash: log.transactionHash,
    address: log.address,
    deal_id: args.dealId ?? null,
    timestamp,
  } as ChainEvent // `args` was read by the ABI item of that name, from which ChainEvent is derived
}
