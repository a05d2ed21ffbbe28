import { z } from 'zod'
import { scopes } from '../http/scopes.ts'
import { nameShape } from '../http/shapes.ts'

/** For how long a key can be good, in days. */
export const keyLifetimes = [30, 90, 365] as const

export const newKeyShape = z.object({
  name: nameShape.trim().min(1, 'give a name').max(60, 'keep the name to 60 characters'),
  scopes: z
    .array(z.enum(scopes))
    .min(1, 'choose at least one')
    .refine((chosen) => new Set(chosen).size === chosen.length, 'names one of them twice'),
  days: z.literal(keyLifetimes),
})
export type NewKey = z.infer<typeof newKeyShape>

export const apiKeyShape = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins; enough to know it again. */
  hint: z.string(),
  scopes: z.array(z.enum(scopes)),
  /** ISO 8601, all three. */
  createdAt: z.string(),
  expiresAt: z.string(),
  /** To five minutes; null if it was never used. */
  lastUsedAt: z.string().nullable(),
})
export type ApiKey = z.infer<typeof apiKeyShape>

/** `key`: shown this once. */
export const createdKeyShape = apiKeyShape.extend({ key: z.string() })
export type CreatedKey = z.infer<typeof createdKeyShape>
