import { z } from 'zod'
import type { TokenPurpose } from './jwt.ts'

/** Longest life of a token that asks for another, and of what it gets, in seconds. */
const REQUEST_LIFE = 300
export const ACCESS_LIFE = 900

/** Scopes as OAuth writes them (RFC 6749, 3.3): words with single spaces between them. */
const scope = z
  .string()
  .max(400)
  .regex(/^[a-z:]+( [a-z:]+)*$/)

/** A program asks for an access token: it shows that it holds a key of its DID, for this marketplace, now, and once. */
export const tokenRequest = {
  typ: 'fairhold-token-request+jwt',
  algorithms: ['ES256', 'ES256K', 'EdDSA'],
  maxLifeSeconds: REQUEST_LIFE,
  maxBytes: 4_096,
  proofPurpose: 'authentication',
  singleUse: true,
  claims: { scope: scope.optional() },
} as const satisfies TokenPurpose<z.ZodRawShape>

/** What this marketplace gives for it (as RFC 9068), and takes back as Bearer. */
export const accessToken = {
  typ: 'at+jwt',
  algorithms: ['ES256'],
  maxLifeSeconds: ACCESS_LIFE,
  maxBytes: 4_096,
  proofPurpose: 'assertionMethod',
  singleUse: false,
  claims: { scope, client_id: z.string().max(300), account: z.uuid() },
} as const satisfies TokenPurpose<z.ZodRawShape>
