import { createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'

/** An Ed25519 key (RFC 8032) that entries and seals of the audit log are signed with. Hashes and signatures are lower-case hex. */
export interface AuditKey {
  /** 32 bytes as 64 hex digits. */
  readonly publicKey: string
  /** Signs the 32 bytes of a hash. */
  sign: (hash: string) => string
  /** Stands for something that must not be in the log, such as a network address: the same each time, and not to be guessed. */
  hide: (what: string) => string
}

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex') // what RFC 8410 puts before the 32 bytes of a private key
const SPKI = Buffer.from('302a300506032b6570032100', 'hex') // and of a public one
const HIDDEN_DIGITS = 32
const HASH = /^[0-9a-f]{64}$/
const SIGNATURE = /^[0-9a-f]{128}$/

/** The key of a seed of 64 hex digits, `0x` before it or not. @throws Error if it is none; the seed is not in the message. */
export function auditKeyOf(seed: string): AuditKey {
  const digits = seed.trim().replace(/^0x/, '').toLowerCase()
  if (!HASH.test(digits)) throw new Error('the audit key must be 64 hex digits')
  const bytes = Buffer.from(digits, 'hex')
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('hex')
  const mask = Buffer.from(hkdfSync('sha256', bytes, '', 'fairhold audit: hidden values', 32))
  return {
    publicKey,
    sign: (hash) => sign(null, Buffer.from(hash, 'hex'), key).toString('hex'),
    hide: (what) => createHmac('sha256', mask).update(what).digest('hex').slice(0, HIDDEN_DIGITS),
  }
}

/** Whether the owner of `publicKey` signed this hash. False for whatever is no key or no signature. */
export function isSignedBy(publicKey: string, { hash, signature }: { hash: string; signature: string }): boolean {
  if (!HASH.test(publicKey) || !SIGNATURE.test(signature)) return false
  return verify(null, Buffer.from(hash, 'hex'), publicKeyObject(publicKey), Buffer.from(signature, 'hex'))
}

const parsed = new Map<string, KeyObject>()
const MOST_PARSED = 100 // rows may name any key at all

function publicKeyObject(publicKey: string): KeyObject {
  const known = parsed.get(publicKey)
  if (known) return known
  const key = createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' })
  if (parsed.size >= MOST_PARSED) parsed.clear()
  parsed.set(publicKey, key)
  return key
}
