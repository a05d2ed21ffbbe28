import type { ChainEvent } from './event.ts'

/** A row of chain.offer_void: terms that their maker voided before anyone took them. */
export type OfferVoidRow = { deal_id: string; maker: string; block_number: number }

/**
 * A row of chain.counter: every offer of the maker signed under another counter is void, and so are those that have one of the
 * nonces, which come in ascending order.
 */
export type CounterRow = { maker: string; counter: bigint; voided_nonces: number[] }

const NONCES = 128

/** The voided offer after an event; other events leave it as it is. */
export function projectOfferVoid(event: ChainEvent, row: OfferVoidRow | null): OfferVoidRow | null {
  if (event.name !== 'OfferVoided') return row
  return { deal_id: event.args.dealId, maker: event.args.maker, block_number: event.block_number }
}

/** What makers voided, by maker, after their events in chain order; `before` is what they had voided earlier. */
export function projectCounters(events: readonly ChainEvent[], before: readonly CounterRow[] = []): Map<string, CounterRow> {
  const rows = new Map(before.map((row) => [row.maker, row]))
  for (const event of events) {
    if (event.name !== 'AllOffersVoided' && event.name !== 'NoncesVoided') continue
    const { maker } = event.args
    if (event.name === 'AllOffersVoided') {
      rows.set(maker, { maker, counter: BigInt(event.args.counter), voided_nonces: [] }) // and every nonce is free again
      continue
    }
    const row = rows.get(maker) ?? { maker, counter: 0n, voided_nonces: [] }
    rows.set(maker, { ...row, voided_nonces: union(row.voided_nonces, noncesIn(BigInt(event.args.nonces))) })
  }
  return rows
}

function noncesIn(bits: bigint): number[] {
  return Array.from({ length: NONCES }, (_, nonce) => nonce).filter((nonce) => (bits >> BigInt(nonce)) & 1n)
}

function union(one: readonly number[], other: readonly number[]): number[] {
  return [...new Set([...one, ...other])].sort((a, b) => a - b)
}
