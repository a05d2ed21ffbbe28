import { z } from 'zod'
import { addressOut, cursorShape, hashOut, hashShape, pageOf, textShape } from '../http/shapes.ts'
import { cardShape } from '../listings/contract.ts'
import { searchShape } from '../listings/search/contract.ts'

export const frequencies = ['at-once', 'daily', 'off'] as const
export type Frequency = (typeof frequencies)[number]

/** Filters of a search, without order and page: what a saved search keeps. What is left out is not asked for. */
export const savedQueryShape = searchShape.omit({ sort: true, cursor: true, limit: true, available: true })
export type SavedQuery = z.output<typeof savedQueryShape>

const nameShape = textShape.trim().min(1).max(80)
export const saveSearchShape = z.strictObject({
  name: nameShape,
  query: savedQueryShape,
  frequency: z.enum(frequencies).default('at-once'),
})
export type SaveSearch = z.input<typeof saveSearchShape>
export const changeSearchShape = z.strictObject({ name: nameShape, frequency: z.enum(frequencies) })
export type ChangeSearch = z.input<typeof changeSearchShape>

export const savedSearchShape = z.object({
  id: z.string(),
  name: z.string(),
  /** As GET /v1/listings takes it. */
  query: z.record(z.string(), z.union([z.string(), z.number()])),
  frequency: z.enum(frequencies),
  createdAt: z.string(),
  /** Since when `fresh` counts: when its matches were last looked at. */
  seenAt: z.string(),
  /** Listings that it found since then, that are still there. */
  fresh: z.number().int(),
})
export type SavedSearch = z.infer<typeof savedSearchShape>

/** A listing as it stands now; null where it was deleted. */
const standing = { listing: cardShape.nullable(), status: z.enum(['active', 'withdrawn', 'expired', 'sold', 'deleted']) }

export const savedListingShape = z.object({
  listingId: hashOut,
  savedAt: z.string(),
  /** What it cost when it was saved, in base units of that token. */
  priceThen: z.string(),
  tokenThen: addressOut,
  ...standing,
})
export type SavedListing = z.infer<typeof savedListingShape>
export const savedListingPageShape = pageOf(savedListingShape)
export const savedIdsShape = z.object({ ids: z.array(hashOut) })

export const pageQueryShape = z.object({ cursor: cursorShape, limit: z.coerce.number().int().min(1).max(48).default(24) })
export type PageQuery = z.output<typeof pageQueryShape>

export const alertShape = z.object({
  id: z.string(),
  kind: z.enum(['match', 'price-drop']),
  at: z.string(),
  read: z.boolean(),
  search: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Of a price that fell, in base units of the listing's token. */
  oldPrice: z.string().nullable(),
  newPrice: z.string().nullable(),
  listingId: hashOut,
  ...standing,
})
export type Alert = z.infer<typeof alertShape>
export const alertPageShape = pageOf(alertShape)

/** `topic`: of the WebSocket, on which open pages are told of new alerts. It is a secret of the account. */
export const inboxShape = z.object({ unread: z.number().int(), topic: z.string() })
export type Inbox = z.infer<typeof inboxShape>

export const personalShape = z.object({
  /** Whether the account wants recommendations, and so a history of what it looks at; since when. */
  wanted: z.boolean(),
  since: z.string().nullable(),
  /** How many listings the history has. */
  views: z.number().int(),
})
export type PersonalState = z.infer<typeof personalShape>
export const wantShape = z.strictObject({ wanted: z.boolean() })
export const viewShape = z.strictObject({ listingId: hashShape })
/** A listing that was looked at, as it stands now. */
export const seenListingShape = z.object({ listingId: hashOut, viewedAt: z.string(), ...standing })
export type SeenListing = z.infer<typeof seenListingShape>
export const seenPageShape = pageOf(seenListingShape)

export const recommendationShape = z.object({
  listing: cardShape,
  /** Why it is there: it is like this one, that the person looked at, saved or bought; or others liked it who like the same things. */
  reason: z.object({
    kind: z.enum(['viewed', 'saved', 'bought']),
    by: z.enum(['people', 'likeness']),
    title: z.string(),
    listingId: hashOut,
  }),
})
export type Recommendation = z.infer<typeof recommendationShape>
export const recommendationsShape = z.object({ items: z.array(recommendationShape) })

export const searchIdShape = z.object({ id: z.uuid() })
export const listingIdShape = z.object({ id: hashShape })
