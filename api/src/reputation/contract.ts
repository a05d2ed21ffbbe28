import { z } from 'zod'
import {
  addressOut,
  cursorShape,
  hashOut,
  hashShape,
  pageOf,
  personShape,
  ratingShape,
  signatureShape,
  wordsShape,
} from '../http/shapes.ts'

/**
 * A sealed review: stored, and shown to nobody until it is published on chain. Its author signs it twice, as
 * docs/decisions/006 explains: for this market to publish it with the other side's, and for sealing it on chain alone.
 */
export const sealedReviewShape = z.strictObject({
  dealId: hashShape,
  score: z.number().int().min(1).max(5),
  text: wordsShape.max(1000),
  /** Random, so that nobody can find the score by trying all five. */
  secret: hashShape,
  /** Of Review, with `publisher` from /v1/config. */
  publishSignature: signatureShape,
  /** Of the same Review, with the zero address as its publisher. */
  commitSignature: signatureShape,
})
export type SealedReviewIn = z.infer<typeof sealedReviewShape>

export const sealedShape = z.object({ commitment: hashOut, textHash: hashOut })

export const reviewShape = z.object({
  dealId: hashOut,
  author: personShape,
  subject: addressOut,
  score: z.number().int(),
  text: z.string().nullable(),
  /** Seconds. */
  revealedAt: z.number().int(),
  title: z.string().nullable(),
})
export type Review = z.infer<typeof reviewShape>

export const reputationQueryShape = z.object({ cursor: cursorShape, limit: z.coerce.number().int().min(1).max(60).default(20) })

export const reputationShape = pageOf(reviewShape).extend({ rating: ratingShape })
export type Reputation = z.infer<typeof reputationShape>
