import { createX25519ECDH, type ECDH } from 'did-jwt'

/** A private key as it is kept on a device: out of reach of scripts where the browser has X25519, as bytes where it has not. */
export type StoredSecret = { kind: 'crypto'; key: CryptoKey } | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }

const SECRET_BYTES = 32
/** What stands before the 32 bytes of a private X25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20])
/** Multiplying this point by a private key gives its public key (RFC 7748, 6.1). */
const BASE_POINT = Uint8Array.from({ length: SECRET_BYTES }, (_, index) => (index === 0 ? 9 : 0))

/** The public key of 32 secret bytes. */
export function publicKeyOf(secret: Uint8Array): Promise<Uint8Array> {
  return createX25519ECDH(secret)(BASE_POINT)
}

/** Puts a secret away so that it can be used and, where the browser can, never be read again. */
export async function storeSecret(secret: Uint8Array): Promise<StoredSecret> {
  const bytes = Uint8Array.from(secret)
  try {
    const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from([...PKCS8, ...bytes]), { name: 'X25519' }, false, [
      'deriveBits',
    ])
    return { kind: 'crypto', key }
  } catch {
    return { kind: 'bytes', bytes } // a browser without X25519
  }
}

/** The Diffie-Hellman function of a stored secret. Rejects for points that would make a secret everybody knows. */
export function ecdhOf(stored: StoredSecret): ECDH {
  if (stored.kind === 'bytes') return createX25519ECDH(stored.bytes)
  return async (theirs) => {
    const theirKey = await crypto.subtle.importKey('raw', Uint8Array.from(theirs), { name: 'X25519' }, false, [])
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: theirKey }, stored.key, SECRET_BYTES * 8))
  }
}
