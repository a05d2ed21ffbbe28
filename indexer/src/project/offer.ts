import type { ChainEvent } from './event.ts'

/** A row of chain.offer_void: terms that their maker voided before anyone took them. */
export type OfferVoidRow = { deal_id: string; maker: string; block_number: number }

/** A row of chain.counter: every offer of the maker signed under a lower counter is void. */
export type CounterRow = { maker: string; counter: bigint }

/** The voided offer after an event; other events leave it as it is. */
export function projectOfferVoid(event: ChainEvent, row: OfferVoidRow | null): OfferVoidRow | null {
  if (event.name !== 'OfferVoided') return row
  return { deal_id: event.args.dealId, maker: event.args.maker, block_number: event.block_number }
}

/** The counters after events in chain order, by maker: the last event of a maker holds. */
export function projectCounters(events: readonly ChainEvent[]): Map<string, CounterRow> {
  const rows = new Map<string, CounterRow>()
  for (const event of events) {
    if (event.name !== 'AllOffersVoided') continue
    const { maker, counter } = event.args
    rows.set(maker, { maker, counter: BigInt(counter) })
  }
  return rows
}
