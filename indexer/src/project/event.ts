import type { escrowAbi } from '@fairhold/protocol/abi/escrow'
import type { reputationAbi } from '@fairhold/protocol/abi/reputation'
import type { PackedTerms } from '@fairhold/protocol/deal/packed'
import type { TermsJson } from '@fairhold/protocol/deal/terms'
import type { Abi, ContractEventArgsFromTopics, ContractEventName } from 'viem'

/** A decoded value as JSON holds it: 256-bit numbers as decimal strings, terms by their names, everything else as it is. */
type JsonForm<T> = T extends bigint
  ? string
  : T extends PackedTerms
    ? TermsJson
    : T extends object
      ? { [K in keyof T]: JsonForm<T[K]> }
      : T

type EventsOf<A extends Abi> = {
  [N in ContractEventName<A>]: { name: N; args: JsonForm<ContractEventArgsFromTopics<A, N, true>> }
}[ContractEventName<A>]

/** Where an event stands in the chain. Times are the block's, in seconds. */
export type Place = {
  block_hash: string
  log_index: number
  block_number: number
  tx_hash: string
  address: string
  deal_id: string | null
  timestamp: number
}

/** An event of one of our two contracts. It is also, column for column, a row of chain.event. */
export type ChainEvent = Place & (EventsOf<typeof escrowAbi> | EventsOf<typeof reputationAbi>)

/** The event of one name. */
export type EventNamed<N extends ChainEvent['name']> = Extract<ChainEvent, { name: N }>
