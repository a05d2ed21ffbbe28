import { parseOffer, termsOfUnit, termsToJson } from '@fairhold/protocol/deal/terms'
import type { Listing } from '../listings/contract.ts'

/** The first unit of a listing that nobody has taken; null where there is none. */
export function freeUnit(listing: Listing): number | null {
  return listing.units.find(({ taken }) => !taken)?.unit ?? null
}

/** The terms of every ask that would sell this unit, as JSON. */
export function asksOfUnit({ choices }: Listing, unit: number) {
  return choices.map(({ offer }) => termsToJson(termsOfUnit(parseOffer(offer), unit)))
}
