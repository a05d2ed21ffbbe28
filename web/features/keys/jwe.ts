import { createJWE, decryptJWE, type ECDH, type JWE, x25519Decrypter, x25519Encrypter } from 'did-jwt'
import { z } from 'zod'
import { fromBase64url, textOf, toBase64url, utf8 } from './bytes.ts'

/** Whom something is encrypted to. `kid`: name of the key, so that its owner knows which one opens it. */
export interface Recipient {
  kid: string
  /** X25519, 32 bytes. */
  publicKey: Uint8Array
}

/** A key that may open what was encrypted to it. */
export interface Opener {
  kid: string
  ecdh: ECDH
}

const MAX_RECIPIENTS = 20
const MAX_TEXT = 16 * 1024 * 1024
const ALG = 'ECDH-ES+XC20PKW'
const ENC = 'XC20P'

const base64 = z.string().regex(/^[A-Za-z0-9_-]*$/)
const recipientShape = z.object({
  encrypted_key: base64.max(100),
  header: z.strictObject({
    alg: z.literal(ALG),
    kid: z.string().max(300),
    iv: base64.max(60),
    tag: base64.max(60),
    epk: z.object({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: base64.max(60) }),
  }),
})
const jweShape = z.strictObject({
  protected: base64.max(1_000),
  iv: base64.max(60),
  ciphertext: base64,
  tag: base64.max(60),
  aad: base64.max(2_000),
  recipients: z.array(recipientShape).min(1).max(MAX_RECIPIENTS),
})

/**
 * Encrypts to several keys at once (JWE, RFC 7516: ECDH-ES with X25519, XChaCha20-Poly1305), by did-jwt. Whoever has one of the
 * keys can read it; nobody learns from it who wrote it. `context` says where it belongs, such as a deal and what for: it is not
 * hidden, and what was encrypted for one context opens in no other. @throws RangeError without recipients, content or context
 */
export async function encryptFor(recipients: readonly Recipient[], cleartext: Uint8Array, context: string): Promise<string> {
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) throw new RangeError(`1 to ${MAX_RECIPIENTS} recipients`)
  // did-jwt writes both of these and does not read them again.
  if (cleartext.length === 0 || context === '') throw new RangeError('there must be something to encrypt, and a context')
  const encrypters = recipients.map(({ kid, publicKey }) => x25519Encrypter(publicKey, kid))
  return JSON.stringify(await createJWE(cleartext, encrypters, {}, utf8(context)))
}

/** Opens what was encrypted to one of these keys, in this context. @throws CannotOpen */
export async function open(openers: readonly Opener[], text: string, context: string): Promise<Uint8Array> {
  const jwe = read(text)
  if (jwe.aad !== toBase64url(utf8(context))) throw new CannotOpen('elsewhere')
  const known = jwe.recipients.flatMap((recipient) => {
    const opener = openers.find(({ kid }) => kid === recipient.header.kid)
    return opener ? [{ recipient, opener }] : []
  })
  if (known.length === 0) throw new CannotOpen('not-for-us')
  for (const { recipient, opener } of known) {
    // did-jwt writes into the headers it is given, so each try gets one of its own.
    const one = structuredClone({ ...jwe, recipients: [recipient] }) as JWE
    const cleartext = await decryptJWE(one, x25519Decrypter(opener.ecdh)).catch(() => null)
    if (cleartext) return cleartext
  }
  throw new CannotOpen('damaged')
}

/** Names of the keys that something was encrypted to. @throws CannotOpen */
export function recipientsOf(text: string): string[] {
  return read(text).recipients.map(({ header }) => header.kid)
}

function read(text: string): z.infer<typeof jweShape> {
  if (text.length > MAX_TEXT) throw new CannotOpen('damaged')
  try {
    const jwe = jweShape.parse(JSON.parse(text))
    const header: unknown = JSON.parse(textOf(fromBase64url(jwe.protected)))
    z.strictObject({ enc: z.literal(ENC) }).parse(header)
    return jwe
  } catch {
    throw new CannotOpen('damaged')
  }
}

/** Something encrypted cannot be read: it is for others, belongs elsewhere, or is not what was written. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
  readonly reason: 'not-for-us' | 'elsewhere' | 'damaged'

  constructor(reason: CannotOpen['reason']) {
    super(`cannot be opened: ${reason}`)
    this.reason = reason
  }
}
