import { z } from 'zod'
import { addressOut, ratingShape, signatureShape, textShape } from '../http/shapes.ts'

export const nonceShape = z.object({ nonce: z.string() })

export const signInShape = z.object({ message: textShape.max(4000), signature: signatureShape })

export const sessionShape = z.object({
  address: addressOut,
  did: z.string(),
  name: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
})
export type Session = z.infer<typeof sessionShape>

export const profileShape = z.object({
  address: addressOut,
  did: z.string(),
  name: z.string(),
  bio: z.string(),
  /** ISO 8601; null for an address that never signed in. */
  joinedAt: z.string().nullable(),
  rating: ratingShape,
  deals: z.object({ sold: z.number().int(), bought: z.number().int(), disputed: z.number().int() }),
})
export type Profile = z.infer<typeof profileShape>

/** A name is shown beside money: no control characters, nor any that turn the direction of what stands around it. */
const nameShape = textShape
  .trim()
  .min(1, 'give a name')
  .max(60, 'keep the name to 60 characters')
  .regex(/^[^\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u, 'has characters that cannot be seen')
  .regex(/^(?!.*0x[0-9a-fA-F]{40})/, 'must not look like an address')

export const profileUpdateShape = z.object({
  name: nameShape,
  bio: textShape.trim().max(600, 'keep the text to 600 characters'),
})
export type ProfileUpdate = z.infer<typeof profileUpdateShape>
