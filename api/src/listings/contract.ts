import { MAX_NONCE } from '@fairhold/protocol/deal/terms'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import { z } from 'zod'
import {
  addressOut,
  addressShape,
  amountShape,
  hashOut,
  hashShape,
  pageOf,
  personShape,
  sha256Shape,
  signatureShape,
} from '../http/shapes.ts'
import { contentOut, contentShape, MAX_CHOICES, placeShape } from './content-shape.ts'

const uint = (max: number) => z.number().int().min(0).max(max)

/** Terms as JSON: `price` and `salt` are decimal strings. */
export const termsShape = z.strictObject({
  seller: addressShape,
  buyer: addressShape,
  token: addressShape,
  price: amountShape,
  arbiter: addressShape,
  operator: addressShape,
  operatorFeeBps: uint(10_000),
  arbiterFeeBps: uint(10_000),
  silentAwardBps: uint(10_000),
  depositBps: uint(10_000),
  /** 0: the whole price is paid at once. */
  fundingSeconds: uint(0xffff_ffff),
  shipSeconds: uint(0xffff_ffff),
  deliverySeconds: uint(0xffff_ffff),
  inspectionSeconds: uint(0xffff_ffff),
  rulingSeconds: uint(0xffff_ffff),
  itemHash: hashShape,
  salt: amountShape,
})

export const offerShape = z.strictObject({
  terms: termsShape,
  expiry: uint(2 ** 40 - 1),
  counter: amountShape,
  nonce: uint(MAX_NONCE),
  quantity: z.number().int().min(1).max(100),
})

const signedOffer = { offer: offerShape, signature: signatureShape }

/** A listing with an offer for each way that it can be had: the first one, and `otherOffers` in the order of the choices. */
export const publishShape = z.strictObject({
  content: contentShape,
  ...signedOffer,
  otherOffers: z
    .array(z.strictObject(signedOffer))
    .max(MAX_CHOICES - 1)
    .default([]),
  /** The listing that this one is an edit of; it goes off the market in the same moment. */
  replaces: hashShape.optional(),
})
export type Publish = z.input<typeof publishShape>

export const cardShape = z.object({
  id: hashOut,
  title: z.string(),
  category: z.enum(categories),
  condition: z.enum(conditions),
  /** The town, or what the seller wrote where that is no town we know. */
  place: z.string(),
  country: z.string().nullable(),
  photo: z.string().nullable(),
  token: addressOut,
  /** Of the item alone; `choices` of the listing have what is to be paid. */
  price: z.string(),
  /** The cheapest shipping, on top of the price; null where the item has to be picked up. */
  shippingFrom: z.string().nullable(),
  pickup: z.boolean(),
  seller: personShape,
  quantity: z.number().int(),
  available: z.number().int(),
  createdAt: z.string(),
})
export type ListingCard = z.infer<typeof cardShape>

const unitShape = z.object({
  unit: z.number().int(),
  dealId: hashOut,
  /** Gone, for whichever choice: the market does not offer it any more. */
  taken: z.boolean(),
  /** Whether the chain would still open this very deal: a unit that is gone for one choice can be free for another. */
  free: z.boolean(),
})

/** A way that the listing can be had: what it costs, and the offer to take for it. */
export const choiceShape = z.object({
  choice: z.number().int(),
  kind: z.enum(['ship', 'pickup']),
  name: z.string(),
  /** Codes of countries, or `*`; empty for pick-up. */
  to: z.array(z.string()),
  days: z.tuple([z.number().int(), z.number().int()]).nullable(),
  shipping: z.string(),
  /** The item and this shipping: what the buyer pays. */
  price: z.string(),
  offer: offerShape,
  signature: z.string(),
  /** A unit is taken for every choice as soon as it is for one. */
  units: z.array(unitShape),
})
export type Choice = z.infer<typeof choiceShape>

/** That the seller took it off the market, as they signed it: an EIP-712 ListingWithdrawal for the listing's id. */
export const withdrawalShape = z.strictObject({
  /** When it was signed, in seconds of the chain; taken in for a day. */
  issuedAt: uint(2 ** 40 - 1),
  signature: signatureShape,
})
export type Withdrawal = z.output<typeof withdrawalShape>

export const listingShape = cardShape.extend({
  description: z.string(),
  language: z.string(),
  attributes: z.record(z.string(), z.string()),
  town: placeShape.nullable(),
  /** Codes of countries, or `*` alone. */
  shipsTo: z.array(z.string()),
  photos: z.array(z.string()),
  /** Exactly what was signed; hash it and compare with `itemHash`. */
  content: contentOut,
  /** Of the first choice, as `units` are. */
  offer: offerShape,
  signature: z.string(),
  choices: z.array(choiceShape),
  itemHash: hashOut,
  /** Seconds. */
  expiry: z.number().int(),
  arbiter: addressOut,
  status: z.enum(['active', 'withdrawn', 'expired', 'sold']),
  units: z.array(unitShape),
  /** Deals that who has the signed offers could still open on chain, one for each unit and choice; none once they are void. */
  free: z.number().int(),
  /** What the signatures are for: with it, all of this can be checked without asking anybody. */
  domain: z.object({ chainId: z.number().int(), escrow: addressOut }),
  /** The listing that this one is an edit of, and the one that is an edit of this. */
  replaces: hashOut.nullable(),
  replacedBy: hashOut.nullable(),
  /** What proves that the seller took it off the market; null where that was not signed, as by an edit. */
  withdrawal: z.object({ issuedAt: z.number().int(), signature: z.string() }).nullable(),
})
export type Listing = z.infer<typeof listingShape>

export const listingPageShape = pageOf(cardShape).extend({
  /** What was searched for instead of words that no listing has; null if just the words given. */
  corrected: z.string().nullable(),
})
export type ListingPage = z.infer<typeof listingPageShape>

/** Offers that can be voided on chain together, and how many listings of the wallet are among them. */
export const groupShape = z.object({ nonce: z.number().int(), listings: z.number().int() })
export type Group = z.infer<typeof groupShape>

export const photoShape = z.object({ sha256: sha256Shape, width: z.number().int(), height: z.number().int() })
export type Photo = z.infer<typeof photoShape>
