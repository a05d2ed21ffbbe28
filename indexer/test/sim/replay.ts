import { projectCredits } from '../../src/project/credit.ts'
import type { ChainEvent } from '../../src/project/event.ts'
import { byDeal, foldHistory } from '../../src/project/history.ts'
import { projectCounters } from '../../src/project/offer.ts'
import { eventLine } from '../../src/store/copy.ts'
import { NO_DIGEST, nextDigest } from '../../src/store/digest.ts'
import type { ChainBlock, PlacedLog } from './chain.ts'
import { argsToJson } from './encode.ts'

/** What the tables must hold, each row by the names of its columns; and the deals that must have halted. */
export type Expected = { rows: Record<string, object[]>; events: ChainEvent[]; halted: string[] }

/**
 * Derives every row from the blocks that are canonical now, and from what the market meant, not from the logs' bytes. A deal ends
 * before its first event that the market knows to be forbidden.
 */
export function replay(blocks: readonly ChainBlock[], chain: string): Expected {
  const broken = new Map<string, ChainEvent>()
  const events: ChainEvent[] = []
  const followed: ChainEvent[] = []
  const block: object[] = []
  let digest = NO_DIGEST
  for (const one of blocks) {
    const said = one.logs.flatMap((log) => placed(log, one) ?? [])
    digest = nextDigest(
      digest,
      one.hash,
      said.map(({ event }) => eventLine(chain, event)),
    )
    block.push({ number: one.number, hash: one.hash, parent_hash: one.parentHash, timestamp: one.timestamp, digest })
    for (const { event, illegal } of said) {
      events.push(event)
      if (event.deal_id !== null && illegal && !broken.has(event.deal_id)) broken.set(event.deal_id, event)
      if (event.deal_id === null || !broken.has(event.deal_id)) followed.push(event)
    }
  }
  const histories = [...byDeal(followed).values()].map((some) => foldHistory(some))
  const credits = projectCredits(followed.map((event) => ({ event, sign: 1 })))
  const rows = {
    ...{ block, event: events, halt: haltsOf(broken, byDeal(followed)) },
    deal: histories.flatMap(({ deal }) => deal ?? []),
    offer_void: histories.flatMap(({ offerVoid }) => offerVoid ?? []),
    counter: [...projectCounters(followed).values()],
    credit: [...credits.values()].filter(({ amount }) => amount !== 0n),
    review: histories.flatMap(({ reviews }) => [...reviews.values()]),
  }
  const keyed = Object.entries(rows).map(([table, some]) => [table, some.map((row: object) => ({ chain, ...row }))])
  return { rows: Object.fromEntries(keyed), events, halted: [...broken.keys()].sort() }
}

/** Why each deal halted: which event that was the market says, only the words come from the fold. */
function haltsOf(broken: ReadonlyMap<string, ChainEvent>, before: ReadonlyMap<string, ChainEvent[]>): object[] {
  return [...broken].map(([deal_id, event]) => {
    const { name: event_name, block_number, log_index } = event
    const reason = foldHistory([...(before.get(deal_id) ?? []), event]).halted?.reason
    return { deal_id, event_name, block_number, log_index, reason: reason ?? 'the fold did not halt' }
  })
}

function placed(log: PlacedLog, block: ChainBlock): { event: ChainEvent; illegal: boolean } | null {
  if (log.event === null) return null
  const { name, args } = log.event
  const event = {
    ...{ name, args: argsToJson(args) },
    block_hash: block.hash,
    log_index: log.logIndex,
    block_number: block.number,
    tx_hash: log.transactionHash,
    address: log.address,
    deal_id: (args.dealId as string | undefined) ?? null,
    timestamp: block.timestamp,
  } as ChainEvent // the market names its arguments as the ABI does; a wrong name would not have been encoded
  return { event, illegal: log.illegal }
}
