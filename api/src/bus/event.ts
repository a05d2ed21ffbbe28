import { z } from 'zod'

/** Something that the indexer stored or took back, as every consumer gets it, whichever way it came. */
export const busEventShape = z.object({
  /** Its place in the order of everything that happened. Grows; numbers may be missing. */
  position: z.number().int().positive(),
  /**
   * The same each time this event is delivered, and of no other event. A block that was orphaned and came back gives new
   * events with keys of their own, so it is made of the position and not of the block's hash.
   */
  idempotencyKey: z.string(),
  /** CAIP-2 id of the chain. */
  chain: z.string(),
  /** `deal.shipped`, `review.revealed`, `chain.reorg` and so on: two words with a dot between them. */
  kind: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
  /** True for the counterpart of an earlier event, whose block is no longer part of the chain. */
  retracted: z.boolean(),
  dealId: z.string().nullable(),
  /** Those it concerns: of a deal the seller, the buyer and the arbiter. */
  accounts: z.array(z.string()),
  block: z.number().int(),
  blockHash: z.string().nullable(),
  logIndex: z.number().int().nullable(),
  txHash: z.string().nullable(),
  /** The arguments of the chain's event; 256-bit numbers are decimal strings. */
  payload: z.record(z.string(), z.unknown()),
})
export type BusEvent = z.infer<typeof busEventShape>

/** A row of bus.outbox as Prisma reads it. */
export interface OutboxRow {
  position: bigint
  chain: string
  kind: string
  retracted: boolean
  dealId: string | null
  accounts: string[]
  blockNumber: bigint
  blockHash: string | null
  logIndex: number | null
  txHash: string | null
  payload: unknown
}

/** The event that a row stands for. Throws if it is none. */
export function eventOf(row: OutboxRow): BusEvent {
  const { chain, kind, retracted, dealId, accounts, blockHash, logIndex, txHash, payload } = row
  const position = Number(row.position)
  const where = { block: Number(row.blockNumber), blockHash, logIndex, txHash }
  const idempotencyKey = `${chain}/${position}`
  return busEventShape.parse({ position, idempotencyKey, chain, kind, retracted, dealId, accounts, ...where, payload })
}

/** Whether one of the patterns stands for the kind: `deal.shipped` for itself, `deal.*` for all of deals, `#` for everything. */
export function matches(patterns: readonly string[], kind: string): boolean {
  return patterns.some(
    (pattern) => pattern === '#' || pattern === kind || (pattern.endsWith('.*') && kind.startsWith(pattern.slice(0, -1))),
  )
}
