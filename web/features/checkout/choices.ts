import type { Listing } from '@/lib/api'

/** One way in which a listing can be had, with the offer that its seller signed for it. */
export interface Choice {
  choice: number
  kind: 'ship' | 'pickup'
  /** The seller's name for it; empty for a listing with one way only. */
  name: string
  to: readonly string[]
  days: readonly [number, number] | null
  /** What of the price is for shipping, in base units. */
  shipping: string
  /** All that the buyer pays, in base units. */
  price: string
  offer: Listing['offer']
  signature: string
  units: Listing['units']
}

/** The choices of a listing; one that was published before there were any has one, with its shipping in the price. */
export function choicesOf(listing: Listing): Choice[] {
  const given = 'choices' in listing ? (listing.choices as Choice[]) : []
  if (given.length > 0) return given
  const { offer, price, signature, units } = listing
  return [{ choice: 0, kind: 'ship', name: '', to: [], days: null, shipping: '0', price, offer, signature, units }]
}

/** The first `count` units that nobody has taken; fewer where there are no more. */
export function freeUnits({ units }: Pick<Choice, 'units'>, count = 1): Listing['units'] {
  return units.filter(({ taken }) => !taken).slice(0, count)
}
