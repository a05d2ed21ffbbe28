import { z } from 'zod'
import { dealCardShape } from '../deals/contract.ts'
import { addressesShape, cursorShape, hashOut, hashShape, pageOf, signatureShape, wordsShape } from '../http/shapes.ts'

export const disputeQueryShape = z.object({
  arbiter: addressesShape.optional(),
  status: z.enum(['open', 'ended']).default('open'),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(30),
})
export type DisputeQuery = z.output<typeof disputeQueryShape>

export const disputePageShape = pageOf(dealCardShape)

/** The text is hashed as it stands, so it is not trimmed. */
export const statementInShape = z.strictObject({ text: wordsShape.min(10, 'say what happened').max(5000) })
export const statementSavedShape = z.object({ textHash: hashOut })

export const rulingInShape = z.strictObject({
  buyerBps: z.number().int().min(0).max(10_000),
  reason: wordsShape.min(10, 'give the reasons').max(5000),
  reasonHash: hashShape,
  signature: signatureShape,
})
export type RulingIn = z.infer<typeof rulingInShape>
