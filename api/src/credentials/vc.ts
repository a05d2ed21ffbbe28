import { z } from 'zod'
import { openToken } from '../did/compact.ts'
import { TokenRefused } from '../did/refused.ts'

export const MAX_CREDENTIAL = 16_384
/** The data model, and a vocabulary for terms that have no other (both of W3C). */
export const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2']
export const VC_TYPE = 'vc+jwt'
export const REPUTATION_TYPE = 'FairholdReputation'
export const STATUS_LIST_TYPE = 'BitstringStatusListCredential'

/** Where a credential says it can be looked up whether it was revoked. */
export interface StatusEntry {
  purpose: string
  index: number
  list: string
}

/** A credential, of version 2.0 or 1.1 of the data model, in one form. */
export interface Credential {
  token: string
  open: ReturnType<typeof openToken>
  id: string | null
  issuer: string
  /** Without VerifiableCredential, which all are. */
  types: readonly string[]
  /** DID of whom it is about; null where it does not say. */
  subject: string | null
  /** What it says of the subject. */
  claims: Record<string, unknown>
  /** Milliseconds; null where it does not say. */
  validFrom: number | null
  validUntil: number | null
  /** Null: it cannot be revoked, or only in ways not known here. */
  status: StatusEntry | null
  /** Whether it names a way of being revoked that is not known here. */
  otherStatus: boolean
}

const text = z.string().max(1_000)
const issuer = z.union([text, z.looseObject({ id: text })])
const list = z.union([text.transform((one) => [one]), z.array(text).max(20)])
const instant = text.transform((written, context) => {
  const at = /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : Number.NaN
  if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'is not an instant' })
  return at
})
const subject = z.looseObject({ id: text.optional() })
const statusEntry = z.looseObject({
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: text,
  statusListIndex: z.union([
    z
      .string()
      .regex(/^[0-9]{1,9}$/)
      .transform(Number),
    z.number().int().min(0).max(999_999_999),
  ]),
  statusListCredential: text,
})
const body = z.looseObject({
  '@context': z
    .array(z.unknown())
    .max(20)
    .refine((all) => typeof all[0] === 'string' && all[0].startsWith('https://www.w3.org/')),
  id: text.optional(),
  type: list.refine((types) => types.includes('VerifiableCredential'), 'is not a VerifiableCredential'),
  issuer: issuer.optional(),
  credentialSubject: subject,
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  issuanceDate: instant.optional(),
  expirationDate: instant.optional(),
  credentialStatus: z.unknown().optional(),
})
const seconds = z.number().min(0).max(1e11)
const registered = z.looseObject({
  iss: text,
  sub: text.optional(),
  jti: text.optional(),
  nbf: seconds.optional(),
  iat: seconds.optional(),
  exp: seconds.optional(),
  vc: z.record(z.string(), z.unknown()).optional(),
})

/**
 * Reads a credential that is secured as a JWT: version 2.0 (the payload is the credential, typ vc+jwt) or 1.1 (it is in the claim
 * `vc`). What stands there twice must be the same. Nothing is believed yet: see check.ts. @throws TokenRefused
 */
export function readCredential(token: string): Credential {
  const rules = { types: [VC_TYPE, 'vc+ld+json+jwt', 'jwt'], algorithms: ['ES256', 'ES256K', 'EdDSA'] as const }
  const open = openToken(token, { ...rules, maxBytes: MAX_CREDENTIAL })
  const claims = parse(registered, open.payload)
  const vc = parse(body, claims.vc ?? open.payload)
  const named = typeof vc.issuer === 'object' ? vc.issuer.id : vc.issuer
  if (named !== undefined && named !== claims.iss) throw new TokenRefused('issuer', 'The credential names two issuers.')
  const { id: subjectId, ...said } = vc.credentialSubject
  const about = same('subjects', subjectId, claims.sub)
  const status = z.union([statusEntry, z.tuple([statusEntry]).transform(([only]) => only)]).safeParse(vc.credentialStatus)
  return {
    token,
    open,
    id: same('ids', vc.id, claims.jti) ?? null,
    issuer: claims.iss,
    types: vc.type.filter((type) => type !== 'VerifiableCredential'),
    subject: about ?? null,
    claims: said,
    validFrom: latest(vc.validFrom, vc.issuanceDate, milliseconds(claims.nbf)),
    validUntil: earliest(vc.validUntil, vc.expirationDate, milliseconds(claims.exp)),
    status: status.success
      ? { purpose: status.data.statusPurpose, index: status.data.statusListIndex, list: status.data.statusListCredential }
      : null,
    otherStatus: !status.success && vc.credentialStatus !== undefined && vc.credentialStatus !== null,
  }
}

function parse<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const parsed = shape.safeParse(value)
  if (!parsed.success)
    throw new TokenRefused('claims', `This is not a credential: ${z.prettifyError(parsed.error).slice(0, 400)}`)
  return parsed.data
}

function same(what: string, inside: string | undefined, outside: string | undefined): string | undefined {
  if (inside !== undefined && outside !== undefined && inside !== outside)
    throw new TokenRefused('claims', `The credential names two ${what}.`)
  return inside ?? outside
}

const milliseconds = (at: number | undefined) => (at === undefined ? undefined : at * 1000)

function latest(...given: (number | undefined)[]): number | null {
  const known = given.filter((at) => at !== undefined)
  return known.length === 0 ? null : Math.max(...known)
}

function earliest(...given: (number | undefined)[]): number | null {
  const known = given.filter((at) => at !== undefined)
  return known.length === 0 ? null : Math.min(...known)
}
