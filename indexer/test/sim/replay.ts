import { projectCredits } from '../../src/project/credit.ts'
import type { ChainEvent } from '../../src/project/event.ts'
import { byDeal, foldHistory } from '../../src/project/history.ts'
import { projectCounters } from '../../src/project/offer.ts'
import type { ChainBlock, PlacedLog } from './chain.ts'
import { argsToJson } from './encode.ts'

/** What the tables must hold, each row by the names of its columns; and the deals that must have halted. */
export type Expected = { rows: Record<string, object[]>; events: ChainEvent[]; halted: string[] }

/**
 * Derives every row from the blocks that are canonical now, and from what the market meant, not from the logs' bytes. A deal ends
 * before its first event that the market knows to be forbidden.
 */
export function replay(blocks: readonly ChainBlock[], chain: string): Expected {
  const halted = new Set<string>()
  const events: ChainEvent[] = []
  const followed: ChainEvent[] = []
  for (const block of blocks) {
    for (const log of block.logs) {
      const event = eventOf(log, block)
      if (event === null) continue
      events.push(event)
      if (event.deal_id !== null && log.illegal) halted.add(event.deal_id)
      if (event.deal_id === null || !halted.has(event.deal_id)) followed.push(event)
    }
  }
  const histories = [...byDeal(followed).values()].map(foldHistory)
  const credits = projectCredits(followed.map((event) => ({ event, sign: 1 })))
  const rows = {
    block: blocks.map(({ number, hash, parentHash, timestamp }) => ({ number, hash, parent_hash: parentHash, timestamp })),
    event: events,
    deal: histories.flatMap(({ deal }) => deal ?? []),
    offer_void: histories.flatMap(({ offerVoid }) => offerVoid ?? []),
    counter: [...projectCounters(followed).values()],
    credit: [...credits.values()].filter(({ amount }) => amount !== 0n),
    review: histories.flatMap(({ reviews }) => [...reviews.values()]),
  }
  const keyed = Object.entries(rows).map(([table, some]) => [table, some.map((row: object) => ({ chain, ...row }))])
  return { rows: Object.fromEntries(keyed), events, halted: [...halted].sort() }
}

function eventOf(log: PlacedLog, block: ChainBlock): ChainEvent | null {
  if (log.event === null) return null
  const { name, args } = log.event
  return {
    ...{ name, args: argsToJson(args) },
    block_hash: block.hash,
    log_index: log.logIndex,
    block_number: block.number,
    tx_hash: log.transactionHash,
    address: log.address,
    deal_id: (args.dealId as string | undefined) ?? null,
    timestamp: block.timestamp,
  } as ChainEvent // the market names its arguments as the ABI does; a wrong name would not have been encoded
}
