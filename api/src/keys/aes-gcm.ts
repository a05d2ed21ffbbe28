import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM (NIST SP 800-38D): 96-bit random nonce, 128-bit tag. */
const NONCE = 12
const TAG = 16
export const KEY_BYTES = 32
/** What encrypting adds. */
export const OVERHEAD = NONCE + TAG

/** Nonce, ciphertext, tag. `aad` is not in the result, but opening demands the same. */
export function encrypt(key: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Undefined if anything differs from what was encrypted: key, `aad`, or one bit. */
export function decrypt(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer<ArrayBuffer> | undefined {
  if (sealed.length < OVERHEAD) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(aad).setAuthTag(sealed.subarray(-TAG))
  const plain = Buffer.alloc(sealed.length - OVERHEAD) // not of the shared pool, so that wiping it wipes all there is
  try {
    const part = decipher.update(sealed.subarray(NONCE, -TAG))
    part.copy(plain)
    part.fill(0)
    decipher.final()
    return plain
  } catch {
    plain.fill(0)
    return undefined
  }
}
