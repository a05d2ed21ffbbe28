import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { type PackedTerms, unpackTerms } from '@fairhold/protocol/deal/packed'
import { type AbiEvent, decodeEventLog, type Hex, toEventSelector } from 'viem'
import type { ChainEvent } from '../project/event.ts'
import type { RawLog } from './rpc.ts'

const knownEvents: readonly AbiEvent[] = [...escrowAbi, ...reputationAbi].filter((item) => item.type === 'event')
// One ABI item per first topic: viem then need not search the ABI for each log.
const eventOfTopic = new Map(knownEvents.map((item) => [toEventSelector(item), item]))

/** First topics of all events that are indexed. */
export const knownTopics: readonly Hex[] = [...eventOfTopic.keys()]

/**
 * Reads a log of one of our contracts, at its block's time in seconds; null for an event that the ABI does not know.
 * Addresses and hashes come out in lower case, amounts as decimal strings, packed terms by their names.
 * @throws viem's decoding errors where the log is not what its first topic promises.
 */
export function decodeLog(log: RawLog, timestamp: number): ChainEvent | null {
  const [topic] = log.topics
  const item = eventOfTopic.get(topic as Hex) // RawLog's topics are checked to be 0x and 64 digits
  if (item === undefined) return null
  const decoded = decodeEventLog({
    abi: [item],
    topics: log.topics as [Hex, ...Hex[]], // there is a first one, it was just looked up
    data: log.data as Hex,
  })
  const args = toJsonForm(withNamedTerms(decoded.args)) as { dealId?: string }
  return {
    name: item.name,
    args,
    block_hash: log.blockHash,
    log_index: log.logIndex,
    block_number: log.blockNumber,
    tx_hash: log.transactionHash,
    address: log.address,
    deal_id: args.dealId ?? null,
    timestamp,
  } as ChainEvent // viem decoded `args` by the ABI item of that name, from which ChainEvent is derived
}

/** Events carry the small numbers of the terms in one word; rows and people have them by name. */
function withNamedTerms(args: unknown): unknown {
  if (typeof args !== 'object' || args === null || !('terms' in args)) return args
  return { ...args, terms: unpackTerms(args.terms as PackedTerms) } // the ABI has this name for this type alone
}

function toJsonForm(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return value.toLowerCase() // only addresses and bytes32: no event carries text
  if (Array.isArray(value)) return value.map(toJsonForm)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJsonForm(member)]))
}
