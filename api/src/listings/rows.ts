import { unitDealId } from '@fairhold/protocol/deal/id'
import { type OfferJson, offerToJson } from '@fairhold/protocol/deal/terms'
import { choicesOf, destinationsOf, itemPriceOf } from '@fairhold/protocol/listing/choices'
import { type ListingContent, photosOf } from '@fairhold/protocol/listing/content'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import { invalid } from '../http/errors.ts'
import type { SignedListing, SignedOffer } from './check-offer.ts'
import type { Town } from './towns/find.ts'

/**
 * A listing as it is stored: what it is found by, an offer for each choice, and a deal for each unit of each choice. Columns by
 * their names in the database, as JSON can hold them: amounts are decimal strings.
 */
export interface ListingRows {
  listing: { id: Hex; replaces: string | null } & ReturnType<typeof describedBy> &
    ReturnType<typeof offeredBy> &
    ReturnType<typeof placedAt>
  offers: { choice: number; offer: OfferJson; signature: string; price: string }[]
  units: { deal_id: Hex; unit: number; choice: number }[]
}

/** The rows of a listing whose offers fit it. `town` is that of the content. */
export function rowsOf(
  { domain }: Pick<Context, 'domain'>,
  { content, offers }: SignedListing,
  { town, replaces }: { town: Town | null; replaces: string | null },
): ListingRows {
  const [first] = offers
  if (!first) throw invalid('offer', 'is missing')
  const units = offers.flatMap(({ offer }, choice) =>
    Array.from({ length: offer.quantity }, (_, unit) => ({ deal_id: unitDealId(offer, unit, domain), unit, choice })),
  )
  const id = units[0]?.deal_id
  if (id === undefined) throw invalid('offer.quantity', 'must be at least 1')
  const listing = { id, replaces, ...describedBy(content), ...offeredBy(content, first), ...placedAt(content, town) }
  return {
    listing,
    offers: offers.map(({ offer, signature }, choice) => {
      return { choice, offer: offerToJson(offer), signature, price: offer.terms.price.toString() }
    }),
    units,
  }
}

function describedBy(content: ListingContent) {
  const { title, description, category, condition } = content
  const attributes = content.v === 2 ? content.attributes : {}
  return {
    content,
    title,
    description,
    category,
    condition,
    language: content.v === 2 ? content.language : 'en',
    attributes,
    brand: attributes.brand ?? null,
    cover: photosOf(content)[0]?.sha256 ?? null,
  }
}

function offeredBy(content: ListingContent, { offer, signature }: SignedOffer) {
  const { terms, expiry, nonce, quantity } = offer
  const choices = choicesOf(content)
  const [first] = choices
  const shipped = choices.filter(({ kind }) => kind === 'ship').map(({ shipping }) => shipping)
  const cheapest = shipped.reduce<bigint | null>((least, one) => (least === null || one < least ? one : least), null)
  return {
    seller: terms.seller,
    item_hash: terms.itemHash,
    token: terms.token,
    price: (first ? itemPriceOf(first, offer) : terms.price).toString(),
    shipping_from: cheapest?.toString() ?? null,
    pickup: choices.some(({ kind }) => kind === 'pickup'),
    ships_to: destinationsOf(content),
    quantity,
    offer: offerToJson(offer),
    signature,
    expiry,
    nonce,
    arbiter: terms.arbiter,
  }
}

function placedAt(content: ListingContent, town: Town | null) {
  const place = content.v === 2 ? content.place : null
  return {
    place: content.v === 1 ? content.place : (place?.town ?? ''),
    country: place?.country ?? null,
    town: place?.town ?? null,
    town_id: place?.townId ?? null,
    lat: town?.lat ?? null,
    lon: town?.lon ?? null,
  }
}
