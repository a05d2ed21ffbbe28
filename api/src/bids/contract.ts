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
  signatureShape,
  wordsShape,
} from '../http/shapes.ts'
import { offerShape, termsShape } from '../listings/contract.ts'

const seconds = z
  .number()
  .int()
  .min(0)
  .max(2 ** 40 - 1)
const word = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 32 bytes in hex')

/** How a buyer pays for one deal by signature; see protocol/deal/payment. `tip` is for who submits it. */
export const paymentShape = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('allowance') }),
  z.strictObject({ method: z.literal('permit'), deadline: seconds, v: z.number().int().min(27).max(28), r: word, s: word }),
  z.strictObject({
    method: z.literal('permit2'),
    tip: amountShape,
    nonce: amountShape,
    deadline: seconds,
    signature: signatureShape,
  }),
  z.strictObject({
    method: z.literal('authorization'),
    tip: amountShape,
    validAfter: seconds,
    validBefore: seconds,
    signature: signatureShape,
  }),
])
export type PaymentIn = z.infer<typeof paymentShape>

/** A buyer's bid, or the seller's counter to it: which one is told by who signed. */
export const bidInShape = z.strictObject({
  listingId: hashShape,
  /** How it is shipped: one of the listing's choices. */
  choice: z.number().int().min(0).max(127).default(0),
  offer: offerShape,
  signature: signatureShape,
  /** The offer that it answers. A counter answers a bid, which it closes; a bid that answers nothing begins. */
  answers: hashShape.optional(),
  /** A bid's payment. A counter has none: its buyer pays when taking it. */
  payment: paymentShape.optional(),
  note: wordsShape.trim().max(300).default(''),
})
export type BidIn = z.output<typeof bidInShape>

/**
 * - open: the other side may take it
 * - accepted: it became the deal of the same id
 * - declined, withdrawn, countered: closed by its taker, its maker, an answer
 * - expired, voided: the contract refuses it now
 * - gone: the thing was sold meanwhile, or is off the market
 */
export const bidStatuses = ['open', 'accepted', 'declined', 'withdrawn', 'countered', 'expired', 'voided', 'gone'] as const
export type BidStatus = (typeof bidStatuses)[number]

export const bidShape = z.object({
  /** The id of the deal that it opens. */
  id: hashOut,
  kind: z.enum(['bid', 'counter']),
  status: z.enum(bidStatuses),
  seller: personShape,
  buyer: personShape,
  maker: addressOut,
  token: addressOut,
  /** All that the buyer pays, shipping included, in base units. */
  price: z.string(),
  note: z.string(),
  choice: z.number().int(),
  /** Seconds of the chain. */
  expiry: z.number().int(),
  createdAt: z.string(),
  /** Whether its signature has left the market: until then nobody can take it. */
  handed: z.boolean(),
  listing: z.object({
    id: hashOut,
    title: z.string(),
    photo: z.string().nullable(),
    token: addressOut,
    /** What is asked, with this choice of shipping. */
    price: z.string(),
    status: z.enum(['active', 'withdrawn', 'expired', 'sold']),
  }),
  /** For the seller of an open bid: whether the contract would have taken the bidder's money, and when that was asked. */
  payable: z
    .object({
      ok: z.boolean(),
      reason: z.string().nullable(),
      /** Names the reason, for clients that say it in words of their own. */
      code: z.string().nullable(),
      at: z.number().int(),
    })
    .nullable(),
})
export type Bid = z.infer<typeof bidShape>

export const bidQueryShape = z.object({
  /** `received`: made by the other side; `sent`: by the person. */
  side: z.enum(['received', 'sent', 'all']).default('all'),
  open: z.enum(['true', 'false']).default('false'),
  listing: hashShape.optional(),
  /** Only the thread with this buyer. */
  buyer: addressShape.optional(),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(30),
})
export type BidQuery = z.output<typeof bidQueryShape>

export const bidPageShape = pageOf(bidShape)
export type BidPage = z.infer<typeof bidPageShape>

/** What takes a bid: it was checked against the chain a moment ago. */
export const acceptanceShape = z.object({
  bid: bidShape,
  offer: offerShape,
  signature: z.string(),
  payment: paymentShape.nullable(),
  /**
   * Asks of the same unit: a seller voids them in the transaction that takes a bid, so that it is sold once or not at all.
   * Empty where the taker is the buyer, who cannot void them.
   */
  voids: z.array(termsShape),
})
export type Acceptance = z.infer<typeof acceptanceShape>

export const closedShape = z.object({
  /** Whether the other side had its signature already: then only voiding it on chain is certain. */
  handed: z.boolean(),
})
export type Closed = z.infer<typeof closedShape>
