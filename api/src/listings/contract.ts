import { MAX_NONCE } from '@fairhold/protocol/deal/terms'
import { categories, conditions, contentLimits } from '@fairhold/protocol/listing/content'
import { z } from 'zod'
import {
  addressOut,
  addressShape,
  amountShape,
  cursorShape,
  hashOut,
  hashShape,
  pageOf,
  personShape,
  sha256Shape,
  signatureShape,
  textShape,
} from '../http/shapes.ts'

const limits = contentLimits

/** What the seller writes. Its hash is in the signed terms, so nothing is trimmed or changed on the way. */
export const contentShape = z.strictObject({
  v: z.literal(1),
  title: textShape.min(limits.title.min).max(limits.title.max),
  description: textShape.min(limits.description.min).max(limits.description.max),
  category: z.enum(categories),
  condition: z.enum(conditions),
  photos: z.array(sha256Shape).max(limits.photos.max),
  place: textShape.max(limits.place.max),
  shipsTo: textShape.max(limits.shipsTo.max),
})

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

export const publishShape = z.strictObject({ content: contentShape, offer: offerShape, signature: signatureShape })
export type Publish = z.infer<typeof publishShape>

export const cardShape = z.object({
  id: hashOut,
  title: z.string(),
  category: z.enum(categories),
  condition: z.enum(conditions),
  place: z.string(),
  photo: z.string().nullable(),
  token: addressOut,
  price: z.string(),
  seller: personShape,
  quantity: z.number().int(),
  available: z.number().int(),
  createdAt: z.string(),
})
export type ListingCard = z.infer<typeof cardShape>

export const listingShape = cardShape.extend({
  description: z.string(),
  shipsTo: z.string(),
  photos: z.array(z.string()),
  /** Exactly what was signed; hash it and compare with `itemHash`. */
  content: contentShape,
  offer: offerShape,
  signature: z.string(),
  itemHash: hashOut,
  /** Seconds. */
  expiry: z.number().int(),
  arbiter: addressOut,
  status: z.enum(['active', 'withdrawn', 'expired', 'sold']),
  units: z.array(z.object({ unit: z.number().int(), dealId: hashOut, taken: z.boolean() })),
})
export type Listing = z.infer<typeof listingShape>

export const sorts = ['relevance', 'newest', 'price-asc', 'price-desc'] as const

export const searchShape = z.object({
  q: textShape.max(200).optional(),
  category: z.enum(categories).optional(),
  condition: z.enum(conditions).optional(),
  token: addressShape.optional(),
  minPrice: amountShape.optional(),
  maxPrice: amountShape.optional(),
  seller: addressShape.optional(),
  available: z.enum(['true', 'false']).default('true'),
  sort: z.enum(sorts).optional(),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(24),
})
export type SearchInput = z.input<typeof searchShape>
export type Search = z.output<typeof searchShape>

export const listingPageShape = pageOf(cardShape)
export type ListingPage = z.infer<typeof listingPageShape>

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }))
export const facetsShape = z.object({ category: facet, condition: facet, token: facet, total: z.number().int() })
export type Facets = z.infer<typeof facetsShape>

export const photoShape = z.object({ sha256: sha256Shape, width: z.number().int(), height: z.number().int() })
export type Photo = z.infer<typeof photoShape>
