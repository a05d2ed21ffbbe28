import { type Offer, parseOffer, termsOfUnit, termsToJson } from '@fairhold/protocol/deal/terms'
import type { Listing } from '../listings/contract.ts'

/** One way in which a listing can be had, with the offer that its seller signed for it. */
export interface ChoiceOffer {
  choice: number
  offer: Offer
  signature: string
}

/** The choices of a listing; one that was published before there were any has one. */
export function choicesOf(listing: Listing): ChoiceOffer[] {
  const given = 'choices' in listing ? (listing.choices as { choice: number; offer: unknown; signature: string }[]) : []
  const all = given.length > 0 ? given : [{ choice: 0, offer: listing.offer, signature: listing.signature }]
  return all.map(({ choice, offer, signature }) => ({ choice, offer: parseOffer(offer), signature }))
}

/** The first unit of a listing that nobody has taken; null where there is none. */
export function freeUnit(listing: Listing): number | null {
  return listing.units.find(({ taken }) => !taken)?.unit ?? null
}

/** The terms of every ask that would sell this unit, as JSON. */
export function asksOfUnit(listing: Listing, unit: number) {
  return choicesOf(listing).map(({ offer }) => termsToJson(termsOfUnit(offer, unit)))
}
