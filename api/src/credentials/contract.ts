import { z } from 'zod'
import { addressOut, addressShape } from '../http/shapes.ts'
import { MAX_CREDENTIAL } from './vc.ts'

export const issueShape = z.strictObject({
  /** Whose reviews it sums up; the wallet that is signed in by default. More than one shows that they are one person's. */
  wallets: z.array(addressShape).min(1).max(20).optional(),
  /** Whether everybody sees it on the profiles of these wallets. */
  shown: z.boolean().default(false),
})
export type IssueIn = z.infer<typeof issueShape>

export const ownCredentialShape = z.object({
  id: z.string(),
  /** The credential itself: a JWT to keep, show and verify. */
  token: z.string(),
  wallets: z.array(addressOut),
  shown: z.boolean(),
  count: z.number().int(),
  /** With two decimals; null without reviews. */
  average: z.string().nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
  /** ISO 8601, both. */
  issuedAt: z.string(),
  expiresAt: z.string(),
})
export type OwnCredential = z.infer<typeof ownCredentialShape>

export const importShape = z.strictObject({ token: z.string().trim().min(1).max(MAX_CREDENTIAL, 'is too large') })

export const shownCredentialShape = z.object({
  id: z.string(),
  /** Whether this market issued it; all others are only shown. */
  own: z.boolean(),
  issuer: z.string(),
  types: z.array(z.string()),
  subject: z.string(),
  /** What it says, as far as it can be shown in a line each. */
  claims: z.array(z.object({ name: z.string(), value: z.string() })),
  state: z.enum(['valid', 'not-yet', 'expired', 'revoked', 'refused']),
  /** Whether it was looked up if it was revoked. */
  revocation: z.enum(['checked', 'not-checked', 'none']),
  /** Why it is not good, or what could not be checked. */
  reason: z.string(),
  /** ISO 8601. */
  validUntil: z.string().nullable(),
  /** ISO 8601: when this was found out. */
  checkedAt: z.string(),
  token: z.string(),
})
export type ShownCredential = z.infer<typeof shownCredentialShape>
