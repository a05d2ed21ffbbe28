import { verifyJWT } from 'did-jwt'
import type { Resolvable } from 'did-resolver'
import { z } from 'zod'
import { type Algorithm, type OpenToken, openToken } from './compact.ts'
import { parseDid } from './parse.ts'
import { TokenRefused } from './refused.ts'

/** Clocks of two machines may differ by this much, in seconds. */
export const SKEW_SECONDS = 60

/** What one kind of token must be. Everything is pinned: a token made for one purpose is good for no other. */
export interface TokenPurpose<Claims extends z.ZodRawShape> {
  /** Of the header, lower case (RFC 8725, 3.11). */
  typ: string
  algorithms: readonly Algorithm[]
  maxLifeSeconds: number
  maxBytes: number
  /** For which use the issuer's document must list the key. */
  proofPurpose: 'authentication' | 'assertionMethod'
  /** Whether a token is used up by being accepted. */
  singleUse: boolean
  /** Claims beside the registered ones. Others are refused. */
  claims: Claims
}

const seconds = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const did = z.string().refine((text) => parseDid(text) !== null, 'is not a DID that is known here')
const registered = {
  iss: did,
  sub: did,
  /** One; a list would make the token good elsewhere too. */
  aud: z.string().min(1).max(300),
  iat: seconds,
  exp: seconds,
  nbf: seconds.optional(),
  jti: z.string().regex(/^[\x21-\x7e]{8,128}$/, 'must be 8 to 128 visible characters'),
}

type ClaimsOf<Claims extends z.ZodRawShape> = z.infer<z.ZodObject<typeof registered & Claims>>

export interface Verified<Claims extends z.ZodRawShape> {
  claims: ClaimsOf<Claims>
  /** Id of the key in the issuer's document that signed. */
  keyId: string
}

export interface VerifyOptions {
  /** Documents as they are now. */
  resolver: Resolvable
  /** What `aud` must be. */
  audience: string
  /** Who alone may have issued it, if not anybody. */
  issuer?: string
  /** In milliseconds. */
  now: number
  /** Remembers a token id; false if it was used before. For purposes of single use. */
  spend?: (token: { iss: string; jti: string; exp: number }) => Promise<boolean>
}

/**
 * Verifies a JWT by did-jwt and everything that did-jwt leaves open (docs/security/did.md lists it): form, header, claims, times,
 * audience, size, use. The signature comes after all that costs nothing, and the token's id is spent last, so that nobody can use
 * up another's. @throws TokenRefused with what was wrong
 */
export async function verifyToken<Claims extends z.ZodRawShape>(
  token: string,
  purpose: TokenPurpose<Claims>,
  { resolver, audience, issuer, now, spend }: VerifyOptions,
): Promise<Verified<Claims>> {
  const open = openToken(token, { ...purpose, types: [purpose.typ] })
  const claims = readClaims(open, purpose)
  // Those of a purpose are beside the registered ones.
  const { iss, aud, jti, exp, iat, nbf } = claims as ClaimsOf<Record<never, never>>
  if (issuer !== undefined && iss !== issuer) throw new TokenRefused('issuer', 'The token has another issuer.')
  if (aud !== audience) throw new TokenRefused('audience', 'The token is for somebody else.')
  checkTimes({ iat, exp, nbf }, Math.floor(now / 1000), purpose.maxLifeSeconds)
  const keyId = await checkSignature(token, open, { iss, audience, resolver, now, proofPurpose: purpose.proofPurpose })
  if (purpose.singleUse && !(await spend?.({ iss, jti, exp }))) throw new TokenRefused('replay', 'The token was used before.')
  return { claims, keyId }
}

function readClaims<Claims extends z.ZodRawShape>({ payload }: OpenToken, purpose: TokenPurpose<Claims>): ClaimsOf<Claims> {
  const parsed = z.strictObject({ ...registered, ...purpose.claims }).safeParse(payload)
  if (!parsed.success) throw new TokenRefused('claims', z.prettifyError(parsed.error))
  return parsed.data as ClaimsOf<Claims>
}

interface Times {
  iat: number
  exp: number
  nbf: number | undefined
}

function checkTimes({ iat, exp, nbf }: Times, now: number, maxLife: number): void {
  if (exp <= iat || (nbf !== undefined && nbf >= exp)) throw new TokenRefused('times', 'The token was never valid.')
  if (exp - iat > maxLife) throw new TokenRefused('times', `The token lives longer than ${maxLife} seconds.`)
  if (iat > now + SKEW_SECONDS || (nbf ?? 0) > now + SKEW_SECONDS) throw new TokenRefused('times', 'The token is not valid yet.')
  if (exp <= now - SKEW_SECONDS) throw new TokenRefused('times', 'The token has expired.')
}

export interface SignatureOptions {
  iss: string
  /** What the token's `aud` was found to be, if it has one. */
  audience?: string
  resolver: Resolvable
  now: number
  proofPurpose: 'authentication' | 'assertionMethod'
  /** Leaves the times to the caller. */
  anyTime?: true
}

/** Has did-jwt check the signature by a key that the issuer's document lists for this use. Returns the key's id. */
export async function checkSignature(token: string, { header }: OpenToken, options: SignatureOptions): Promise<string> {
  const { iss, audience, resolver, now, proofPurpose, anyTime } = options
  const times = anyTime ? { nbf: false, iat: false, exp: false } : { now: Math.floor(now / 1000) }
  const policies = { ...times, aud: audience !== undefined }
  const given = { resolver, proofPurpose, policies, skewTime: SKEW_SECONDS, ...(audience === undefined ? {} : { audience }) }
  const verified = await verifyJWT(token, given).catch((cause: unknown) => {
    throw new TokenRefused('signature', `The signature of ${iss} could not be verified: ${reasonOf(cause)}.`, { cause })
  })
  const { id } = verified.signer
  if (verified.issuer !== iss) throw new TokenRefused('issuer', 'The token has another issuer.')
  // did-jwt ignores kid: a token that names one key and is signed by another contradicts itself.
  const { kid } = header
  if (kid !== undefined && kid !== id && `${iss}${kid}` !== id)
    throw new TokenRefused('signature', 'Another key signed than it says.')
  return id
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : 'no reason'
  return text.replace(/\s+/g, ' ').slice(0, 200)
}
