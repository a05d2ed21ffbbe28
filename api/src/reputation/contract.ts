import { z } from 'zod'
import { addressOut, cursorShape, hashOut, hashShape, pageOf, personShape, ratingShape, textShape } from '../http/shapes.ts'

/** A sealed review: stored, hashed and shown to nobody but its author until it is revealed on chain. */
export const sealedReviewShape = z.strictObject({
  dealId: hashShape,
  score: z.number().int().min(1).max(5),
  text: textShape.max(1000),
  /** Random, so that nobody can find the score by trying all five. */
  secret: hashShape,
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
