import { z } from 'zod'
import { TokenRefused } from './refused.ts'
import { parseStrictJson } from './strict-json.ts'

/** Algorithms whose signatures are taken: NIST P-256, secp256k1, Ed25519 (RFC 7518, RFC 8812, RFC 8037). */
export const algorithms = ['ES256', 'ES256K', 'EdDSA'] as const
export type Algorithm = (typeof algorithms)[number]

const SIGNATURE_BYTES = 64
/** Half of the order of secp256k1: of the two signatures s and n - s, Ethereum's rule (EIP-2) takes the lower. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

export interface CompactRules {
  /** What `typ` must be, in lower case; a media type without "application/" (RFC 8725, 3.11). */
  types: readonly string[]
  algorithms: readonly Algorithm[]
  maxBytes: number
}

export interface OpenToken {
  header: { alg: Algorithm; typ?: string | undefined; kid?: string | undefined }
  payload: Record<string, unknown>
}

/**
 * Takes a signed token apart (JWS, compact) without believing a word of it. Refused are: any spelling but the one of its bytes,
 * so that no two texts are one token; JSON that is ambiguous; and any header but `alg`, `typ`, `kid` and `cty: vc`: none of those
 * that name or carry a key, change what is signed, or must be understood. @throws TokenRefused
 */
export function openToken(token: string, rules: CompactRules): OpenToken {
  if (token.length > rules.maxBytes) throw new TokenRefused('size', `The token is longer than ${rules.maxBytes} bytes.`)
  const parts = token.split('.')
  const [head, body, signature] = parts
  if (parts.length !== 3 || !head || !body || !signature) throw new TokenRefused('form', 'A token has three parts.')
  const header = readHeader(head, rules)
  const payload = readObject(body)
  checkSignatureForm(signature, header.alg)
  return { header, payload }
}

function readHeader(text: string, rules: CompactRules): OpenToken['header'] {
  const given = readObject(text)
  const shape = z.strictObject({
    alg: z.enum(algorithms).refine((alg) => rules.algorithms.includes(alg), 'is not taken here'),
    typ: z.string().refine((typ) => rules.types.includes(typ.toLowerCase().replace(/^application\//, '')), 'is another kind'),
    kid: z.string().max(400).optional(),
    cty: z.literal('vc').optional(),
  })
  const parsed = shape.safeParse(given)
  if (!parsed.success) throw new TokenRefused('header', z.prettifyError(parsed.error))
  return parsed.data
}

function readObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(text)))
  } catch (cause) {
    if (cause instanceof TokenRefused) throw cause
    throw new TokenRefused('form', 'A part of the token is not unambiguous JSON.', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TokenRefused('form', 'A part of the token is not an object.')
  return value as Record<string, unknown>
}

function checkSignatureForm(text: string, alg: Algorithm): void {
  const bytes = bytesOf(text)
  if (bytes.length !== SIGNATURE_BYTES) throw new TokenRefused('signature', 'The signature has another length.')
  const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`)
  if (alg === 'ES256K' && s > HALF_ORDER) throw new TokenRefused('signature', 'The signature is the higher of two (EIP-2).')
}

/** Decodes base64url, and takes only what encodes to the same text again. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length === 0 || bytes.toString('base64url') !== text) throw new TokenRefused('form', 'A part is not base64url.')
  return bytes
}
