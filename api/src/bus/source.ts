import type { Prisma } from '@fairhold/db/client'
import type { BusEvent } from './event.ts'

/** A transaction on our Postgres. What a consumer writes in it is stored together with its position, or not at all. */
export type Transaction = Prisma.TransactionClient

/** Somebody who is to hear of events, each once and in order. */
export interface Consumer {
  /** Under which its position is kept. Instances of one name share the work: one at a time. */
  name: string
  /** What it wants: `deal.shipped`, `deal.*`, or `#` for everything. */
  kinds: readonly string[]
  /**
   * Does what is to be done. What it writes by `tx` happens once; anything else it does can happen again after a crash, so
   * tell receivers the idempotency key. If it throws, the same event comes again, later and later. It must heed the signal.
   */
  handle: (event: BusEvent, tx: Transaction, signal: AbortSignal) => Promise<void>
  /** Waits, before the position is stored, for what `handle` only began. If it throws, all since the last time comes again. */
  flush?: (signal: AbortSignal) => Promise<void>
  /** Where a name that is new begins: with the oldest event there is, or with what happens from now on. */
  startAt: 'oldest' | 'now'
}

/** Events to be handled in one go, and how far the consumer has come when they are. */
export interface Load {
  events: BusEvent[]
  upTo: number
}

/** Finds the load of a consumer that has come to `position`, in its transaction. */
export type Loader = (tx: Transaction, position: number) => Promise<Load>

/** What became of a load. */
export interface Outcome {
  /** How far the consumer is; null where somebody else has it now. */
  position: number | null
  /** Whether there may be more to do at once. */
  more: boolean
  failure: { event: BusEvent; error: unknown } | null
}

/** The events of one consumer as they come. */
export interface Feed {
  /** Waits until there may be something to do. Null once the signal aborts; throws when the connection is gone. */
  next: (signal: AbortSignal) => Promise<Loader | null>
  /** Hears what became of the load. */
  settle: (outcome: Outcome) => void
  close: () => Promise<void>
}

/** Where events come from: the table itself, or a broker. */
export interface EventSource {
  open: (consumer: Consumer) => Promise<Feed>
}
