import { z } from 'zod'
import { addressOut, nameShape, ratingShape, signatureShape, textShape, wordsShape } from '../http/shapes.ts'

/** What a signature is asked for. */
export const purposeShape = z.enum(['sign-in', 'prove', 'link-wallet'])
export type Purpose = z.infer<typeof purposeShape>

/** Languages that the wallet can be asked in. */
export const statementLanguageShape = z.enum(['en', 'de'])
export type StatementLanguage = z.infer<typeof statementLanguageShape>

export const nonceRequestShape = z
  .object({ purpose: purposeShape.default('sign-in'), language: statementLanguageShape.default('en') })
  .nullish()

/** What the message (ERC-4361) must carry. `statement`: in these words, for every purpose but signing in. */
export const challengeShape = z.object({ nonce: z.string(), requestId: z.string(), statement: z.string() })
export type Challenge = z.infer<typeof challengeShape>

export const signedMessageShape = z.object({ message: textShape.max(4000), signature: signatureShape })

export const roleShape = z.enum(['moderator', 'admin'])

export const sessionShape = z.object({
  /** Of the session. */
  id: z.string(),
  /** The wallet it was opened with. */
  address: addressOut,
  did: z.string(),
  name: z.string(),
  /** All wallets of the person on this chain. */
  wallets: z.array(addressOut),
  roles: z.array(z.enum(['arbiter', ...roleShape.options])),
  /** ISO 8601. */
  expiresAt: z.string(),
  /** ISO 8601: until when sensitive things can be done without proving again who it is; null if that is now. */
  provedUntil: z.string().nullable(),
  /** To be sent as X-CSRF-Token with every write. */
  csrf: z.string(),
})
export type Session = z.infer<typeof sessionShape>

export const sessionItemShape = z.object({
  id: z.string(),
  address: addressOut,
  name: z.string(),
  userAgent: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  /** ISO 8601, both. */
  createdAt: z.string(),
  seenAt: z.string(),
})
export type SessionItem = z.infer<typeof sessionItemShape>

export const sessionNameShape = z.object({ name: nameShape.trim().max(60, 'keep the name to 60 characters') })

export const walletShape = z.object({
  /** CAIP-2. */
  chain: z.string(),
  address: addressOut,
  kind: z.enum(['eoa', 'contract']),
  /** ISO 8601. */
  linkedAt: z.string(),
  /** Whether the account's DID names it. */
  identity: z.boolean(),
})
export type Wallet = z.infer<typeof walletShape>

export const rolesShape = z.object({ roles: z.array(roleShape).max(2) })
export const staffShape = z.object({
  address: addressOut,
  name: z.string(),
  role: roleShape,
  grantedBy: z.string(),
  /** ISO 8601. */
  grantedAt: z.string(),
})

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

/** A name is shown beside money. */
const personNameShape = nameShape
  .trim()
  .min(1, 'give a name')
  .max(60, 'keep the name to 60 characters')
  .regex(/^(?!.*0x[0-9a-fA-F]{40})/, 'must not look like an address')

export const profileUpdateShape = z.object({
  name: personNameShape,
  bio: wordsShape.trim().max(600, 'keep the text to 600 characters'),
})
export type ProfileUpdate = z.infer<typeof profileUpdateShape>
