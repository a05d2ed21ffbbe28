import { states } from '@fairhold/protocol/deal/state'
import { z } from 'zod'
import {
  addressesShape,
  addressOut,
  amountShape,
  cursorShape,
  hashOut,
  pageOf,
  personShape,
  signatureShape,
  wordsShape,
} from '../http/shapes.ts'
import { termsShape } from '../listings/contract.ts'

export const stateShape = z.enum(states)

const listingRef = z.object({ id: hashOut, title: z.string(), photo: z.string().nullable() }).nullable()

/** A deal as lists show it. Times are seconds of the chain. */
export const dealCardShape = z.object({
  id: hashOut,
  state: stateShape,
  seller: personShape,
  buyer: personShape,
  arbiter: addressOut,
  token: addressOut,
  price: z.string(),
  /** What the contract still holds for the deal. */
  remaining: z.string(),
  deadline: z.number().int(),
  openedAt: z.number().int(),
  updatedAt: z.number().int(),
  listing: listingRef,
})
export type DealCard = z.infer<typeof dealCardShape>

export const timelineShape = z.object({
  name: z.string(),
  at: z.number().int(),
  block: z.number().int(),
  txHash: hashOut,
  /** Arguments of the event; numbers as decimal strings. */
  args: z.record(z.string(), z.unknown()),
})

export const settlementShape = z.object({
  id: z.string(),
  toBuyer: z.string(),
  remaining: z.string(),
  expiry: z.number().int(),
  proposedBy: addressOut,
  buyerSignature: z.string().nullable(),
  sellerSignature: z.string().nullable(),
  createdAt: z.string(),
})
export type SettlementOffer = z.infer<typeof settlementShape>

export const statementShape = z.object({ author: addressOut, text: z.string(), textHash: hashOut, createdAt: z.string() })

export const shippingShape = z.object({
  address: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingSalt: z.string().nullable(),
  /** False while the keys of private data cannot be had: the rest is null then, whatever it is. */
  isReadable: z.boolean(),
})
export type Shipping = z.infer<typeof shippingShape>

export const rulingShape = z.object({
  buyerBps: z.number().int(),
  reason: z.string(),
  reasonHash: hashOut,
  signature: z.string(),
  createdAt: z.string(),
  submittedTx: z.string().nullable(),
})

export const dealReviewShape = z.object({
  author: addressOut,
  subject: addressOut,
  /** When it was sealed on chain; null for one that is only signed, or was published at once. */
  committedAt: z.number().int().nullable(),
  sealed: z.boolean(),
  score: z.number().int().nullable(),
  text: z.string().nullable(),
})

/** The payments of a deal that was not paid at once. */
export const instalmentsShape = z.object({
  paid: z.string(),
  /** What is missing of the price. */
  rest: z.string(),
  /** Last second for the rest; null once nothing is missing or the deal has ended. */
  dueBy: z.number().int().nullable(),
})

export const dealShape = dealCardShape.extend({
  terms: termsShape,
  arbiterName: z.string(),
  released: z.string(),
  refunded: z.string(),
  toSeller: z.string(),
  toBuyer: z.string(),
  operatorFee: z.string(),
  arbiterFee: z.string(),
  /** Whether the two fees still wait in the contract to be collected. */
  feesDue: z.boolean(),
  /** Null for a deal that was paid at once. */
  instalments: instalmentsShape.nullable(),
  disputedBy: addressOut.nullable(),
  /** When the price was in; null as long as a part is missing. */
  fundedAt: z.number().int().nullable(),
  shippedAt: z.number().int().nullable(),
  deliveredAt: z.number().int().nullable(),
  disputedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  timeline: z.array(timelineShape),
  settlements: z.array(settlementShape),
  /** Null for whoever may not read them: only the parties, and the arbiter once the deal is disputed. */
  statements: z.array(statementShape).nullable(),
  shipping: shippingShape.nullable(),
  ruling: rulingShape.nullable(),
  reviews: z.array(dealReviewShape),
  /** The time the next block would have, in seconds. */
  chainNow: z.number().int(),
})
export type Deal = z.infer<typeof dealShape>

export const dealQueryShape = z.object({
  account: addressesShape.optional(),
  role: z.enum(['buyer', 'seller', 'arbiter']).optional(),
  state: stateShape.optional(),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(30),
})
export type DealQuery = z.output<typeof dealQueryShape>

export const mineQueryShape = z.object({
  side: z.enum(['buyer', 'seller']),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(30),
})
export type MineQuery = z.output<typeof mineQueryShape>

/** A deal of one's own: `turn` says whether it waits for one. */
export const myDealPageShape = pageOf(dealCardShape.extend({ turn: z.boolean() }))
export type MyDealPage = z.infer<typeof myDealPageShape>

const countsShape = z.object({ turn: z.number().int(), open: z.number().int() })
/** What of a person's deals waits for them, and what is not over; and offers that wait for an answer of theirs. */
export const dealCountsShape = z.object({ buyer: countsShape, seller: countsShape, offers: z.number().int() })
export type DealCounts = z.infer<typeof dealCountsShape>

export const dealPageShape = pageOf(dealCardShape)
export type DealPage = z.infer<typeof dealPageShape>

export const shippingAddressShape = z.strictObject({ text: wordsShape.trim().min(5, 'write where to send it').max(500) })
export const trackingShape = z.strictObject({
  carrier: wordsShape.trim().min(1, 'name the carrier').max(80),
  number: wordsShape.trim().min(1, 'give the tracking number').max(80),
})
export const trackingSavedShape = z.object({ trackingHash: hashOut, salt: hashOut })

export const proposeShape = z.strictObject({
  toBuyer: amountShape,
  remaining: amountShape,
  expiry: z
    .number()
    .int()
    .min(1)
    .max(2 ** 40 - 1),
  signature: signatureShape,
})
export type Propose = z.infer<typeof proposeShape>
