import { actNames } from '@fairhold/protocol/eip712/acts'
import { z } from 'zod'
import { paymentShape } from '../bids/contract.ts'
import { addressOut, addressShape, amountShape, hashOut, hashShape, signatureShape } from '../http/shapes.ts'
import { offerShape } from '../listings/contract.ts'

/** What the operator's relayer does, and what it asks for it. */
export const relayOfferShape = z.object({
  /** Whether it sends anything just now. */
  open: z.boolean(),
  /** Why not: the operator does not offer it, or its account cannot pay for gas at the moment. */
  reason: z.enum(['not-offered', 'out-of-gas']).nullable(),
  /** What a purchase costs on top of the price, by token, in base units. Tokens that are not here it does not take. */
  tips: z.array(z.object({ token: addressOut, tip: z.string() })),
  /** Whether it also sends, just now, what parties of deals sign, which costs them nothing. */
  acts: z.boolean(),
})
export type RelayOffer = z.infer<typeof relayOfferShape>

/** A purchase that the buyer paid for by signature. */
export const openingInShape = z.strictObject({
  offer: offerShape,
  unit: z.number().int().min(0).max(99),
  /** The seller's, over the offer. */
  signature: signatureShape,
  buyer: addressShape,
  payment: paymentShape,
})
export type OpeningIn = z.output<typeof openingInShape>

/** What a party of a deal may have sent: everything that takes no payment of its own. */
export const relayedActs = actNames.filter((name) => !['open', 'fund', 'cancelOffer'].includes(name))

export const actInShape = z.strictObject({
  dealId: hashShape,
  signer: addressShape,
  action: z.enum(relayedActs),
  value: amountShape,
  hash: hashShape,
  expiry: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40 - 1),
  signature: signatureShape,
})
export type ActIn = z.output<typeof actInShape>

/** More signatures than this are not worth asking for, and their call would use more gas than the relayer pays for. */
const MAX_UNITS = 8

const voidedShape = {
  listingId: hashShape,
  expiry: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40 - 1),
}

/** A listing that its seller voids, with the group that its offers are in, or each deal that could be opened by itself; or a bid. */
export const voidingInShape = z.discriminatedUnion('how', [
  /** The signature is over a Voiding of the offer's nonce, for the offer's counter. */
  z.strictObject({ ...voidedShape, how: z.literal('group'), signature: signatureShape }),
  /** The signatures are over an Act cancelOffer for each deal. */
  z.strictObject({
    ...voidedShape,
    how: z.literal('units'),
    units: z
      .array(z.strictObject({ dealId: hashShape, signature: signatureShape }))
      .min(1)
      .max(MAX_UNITS),
  }),
  /** The signature is its maker's, over an Act cancelOffer for the bid, whose id is that of its deal. */
  z.strictObject({ how: z.literal('bid'), bidId: hashShape, expiry: voidedShape.expiry, signature: signatureShape }),
])
export type VoidingIn = z.output<typeof voidingInShape>

export const relayStatuses = ['queued', 'sending', 'done', 'failed'] as const

/** How far the relayer is with one request. */
export const relayShape = z.object({
  id: z.string(),
  /** Of a voiding: the id of the listing, which is that of its first deal, or of the bid. */
  dealId: hashOut,
  /** What was signed; `void` for a listing or a bid. */
  action: z.string(),
  status: z.enum(relayStatuses),
  /** The transaction that carries it now; one that is mined too slowly is replaced by one with a higher fee. */
  hash: hashOut.nullable(),
  tip: z.string(),
  /** Why it failed: the name of a contract's error, or a word of ours, with a sentence. */
  problem: z.object({ code: z.string(), title: z.string() }).nullable(),
  createdAt: z.string(),
})
export type Relay = z.infer<typeof relayShape>
