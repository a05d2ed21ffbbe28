import { createECDH, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesToMultibase, createJWT, ES256Signer, type JWTHeader } from 'did-jwt'

const FILE = 'issuer.key'

/** Who signs for this marketplace: a P-256 key, whose did:key is the marketplace's DID. */
export interface Issuer {
  did: string
  /** The key within the DID's document. */
  keyId: string
  /** A token of ours. `payload` needs all claims but `iss`; times are in seconds. */
  sign: (payload: Readonly<Record<string, unknown>>, header: { typ: string; cty?: string }) => Promise<string>
}

/** @param privateKey 32 bytes in hex, with or without 0x. @throws Error if it is no key of P-256. */
export function createIssuer(privateKey: string): Issuer {
  const secret = Buffer.from(privateKey.replace(/^0x/, ''), 'hex')
  const did = didOfP256(secret)
  const keyId = `${did}#${did.slice('did:key:'.length)}`
  const signer = ES256Signer(secret)
  return {
    did,
    keyId,
    sign: (payload, { typ, cty }) => {
      const header = { alg: 'ES256', typ, kid: keyId, ...(cty ? { cty } : {}) }
      // did-jwt's type knows no other typ than JWT; it writes what it is given.
      return createJWT(payload, { issuer: did, signer }, header as Partial<JWTHeader>)
    },
  }
}

/** The did:key of a P-256 private key. */
export function didOfP256(secret: Uint8Array): string {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(secret)
  return `did:key:${bytesToMultibase(ecdh.getPublicKey(null, 'compressed'), 'base58btc', 'p256-pub')}`
}

/**
 * The key of the local marketplace, made at the first start and readable by its owner alone. Two processes that start at once get
 * the same one.
 */
export function localIssuerKey(dataDir: string): string {
  const file = join(dataDir, FILE)
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, `${newP256Key()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
  return readFileSync(file, 'utf8').trim()
}

function newP256Key(): string {
  for (;;) {
    const secret = randomBytes(32)
    try {
      didOfP256(secret)
      return secret.toString('hex')
    } catch {
      // not below the order of the curve: one in four billion
    }
  }
}
