import { z } from 'zod'
import { scopes } from '../http/scopes.ts'
import { nameShape } from '../http/shapes.ts'
import { parseDid } from './parse.ts'

export const scopeShape = z.enum(scopes)

export const tokenRequestShape = z.strictObject({
  /** A JWT of typ fairhold-token-request+jwt: docs/security/did.md. */
  request: z.string().min(1).max(8_192),
})

export const tokenShape = z.object({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  /** Seconds. */
  expiresIn: z.number().int(),
  /** With spaces between, as OAuth writes them. */
  scope: z.string(),
})
export type Token = z.infer<typeof tokenShape>

export const issuerShape = z.object({
  /** The market's DID: `aud` of token requests, `iss` of all that it signs. */
  did: z.string(),
  /** Its document (DID Core). */
  document: z.record(z.string(), z.unknown()),
})

export const agentKeyShape = z.object({
  did: z.string(),
  name: z.string(),
  scopes: z.array(scopeShape),
  /** ISO 8601, all three. */
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
})
export type AgentKeyItem = z.infer<typeof agentKeyShape>

const keyDid = z.string().refine((text) => parseDid(text)?.method === 'key', 'must be a did:key of P-256, secp256k1 or Ed25519')

export const agentKeyInShape = z.strictObject({
  did: keyDid,
  name: nameShape.trim().min(1, 'give a name').max(60, 'keep the name to 60 characters'),
  scopes: z.array(scopeShape).min(1, 'choose what it may do').max(scopes.length),
  /** For how many days. */
  days: z.number().int().min(1).max(365).default(90),
})
export type AgentKeyIn = z.infer<typeof agentKeyInShape>

export const agentKeyPathShape = z.object({ did: keyDid })
