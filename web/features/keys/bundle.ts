import { z } from 'zod'
import { fromBase64url, textOf, toBase64url, utf8 } from './bytes.ts'
import { CannotOpen, encryptFor, type Opener, open, type Recipient } from './jwe.ts'

/** A secret key under a passphrase (PBKDF2-SHA-256, AES-256-GCM). */
const wrappedShape = z.strictObject({
  salt: z.string().max(100),
  iterations: z.number().int().min(100_000).max(10_000_000),
  iv: z.string().max(100),
  ciphertext: z.string().max(200),
})
export type Wrapped = z.infer<typeof wrappedShape>

/** What a second device needs. The market keeps it and can read nothing in it. */
const bundleShape = z.strictObject({
  version: z.literal(1),
  /** The current key, where it does not follow from a signature. */
  wrapped: wrappedShape.nullable(),
  /** JWE to the current key: the keys before it. */
  former: z.string().max(60_000).nullable(),
})
export type Bundle = z.infer<typeof bundleShape>

export interface FormerSecret {
  sequence: number
  secret: Uint8Array
}

/** As OWASP advises for PBKDF2-SHA-256 (2023); about a third of a second on a telephone. */
const ITERATIONS = 600_000
const formerShape = z.array(z.strictObject({ sequence: z.number().int().min(1), secret: z.string().length(43) })).max(200)

/** @throws Error for what is no bundle */
export function parseBundle(text: string): Bundle {
  return bundleShape.parse(JSON.parse(text))
}

/** Puts a secret under a passphrase. `name`: of the key, so that one cannot be put in place of another. */
export async function wrap(secret: Uint8Array, passphrase: string, name: string): Promise<Wrapped> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))]
  const key = await keyOf(passphrase, salt, ITERATIONS)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, key, Uint8Array.from(secret))
  const ciphertext = toBase64url(new Uint8Array(sealed))
  return { salt: toBase64url(salt), iterations: ITERATIONS, iv: toBase64url(iv), ciphertext }
}

/** @throws WrongPassphrase for another passphrase, or another key */
export async function unwrap(wrapped: Wrapped, passphrase: string, name: string): Promise<Uint8Array> {
  const key = await keyOf(passphrase, fromBase64url(wrapped.salt), wrapped.iterations)
  const how = { name: 'AES-GCM', iv: fromBase64url(wrapped.iv), additionalData: utf8(name) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, fromBase64url(wrapped.ciphertext)))
  } catch {
    throw new WrongPassphrase('this is not the passphrase')
  }
}

/** Former keys, for whoever has the current one. */
export async function sealFormer(former: readonly FormerSecret[], to: Recipient): Promise<string | null> {
  if (former.length === 0) return null
  const plain = former.map(({ sequence, secret }) => ({ sequence, secret: toBase64url(secret) }))
  return encryptFor([to], utf8(JSON.stringify(plain)), contextOf(to.kid))
}

/** @throws CannotOpen */
export async function openFormer({ former }: Bundle, by: Opener): Promise<FormerSecret[]> {
  if (former === null) return []
  const plain = textOf(await open([by], former, contextOf(by.kid)))
  const parsed = formerShape.safeParse(JSON.parse(plain))
  if (!parsed.success) throw new CannotOpen('damaged')
  return parsed.data.map(({ sequence, secret }) => ({ sequence, secret: fromBase64url(secret) }))
}

const contextOf = (kid: string) => `fairhold former keys of ${kid}`

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase'
}
