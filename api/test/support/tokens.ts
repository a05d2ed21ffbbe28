import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto'
import { bytesToMultibase, EdDSASigner, ES256KSigner, ES256Signer, type Signer } from 'did-jwt'
import type { Algorithm } from '../../src/did/compact.ts'

/** A key that signs tokens, and the did:key of it. */
export interface TokenKey {
  alg: Algorithm
  did: string
  keyId: string
  /** Compressed, or the 32 bytes of Ed25519. */
  publicKey: Buffer
  secret: Buffer
  signer: Signer
}

const bytes = (fill: number): Buffer => Buffer.alloc(32, fill)

export function p256Key(secret: Buffer = bytes(1)): TokenKey {
  const publicKey = pointOf('prime256v1', secret)
  return { alg: 'ES256', ...idsOf(publicKey, 'p256-pub'), publicKey, secret, signer: ES256Signer(secret) }
}

export function secp256k1Key(secret: Buffer = bytes(2)): TokenKey {
  const publicKey = pointOf('secp256k1', secret)
  return { alg: 'ES256K', ...idsOf(publicKey, 'secp256k1-pub'), publicKey, secret, signer: ES256KSigner(secret) }
}

export function ed25519Key(secret: Buffer = bytes(3)): TokenKey {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])
  const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
  return { alg: 'EdDSA', ...idsOf(publicKey, 'ed25519-pub'), publicKey, secret, signer: EdDSASigner(secret) }
}

/** Signs whatever header and payload: objects, or texts as they stand. */
export async function forge(key: Pick<TokenKey, 'signer'>, header: object | string, payload: object | string): Promise<string> {
  const input = `${part(header)}.${part(payload)}`
  return `${input}.${await key.signer(input)}`
}

/** Base64url of an object as JSON, or of a text as it stands. */
export function part(content: object | string): string {
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url')
}

/** The signature s of a secp256k1 token replaced by n - s, which verifies as well. */
export function highS(token: string): string {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const [header, payload, signature] = token.split('.')
  const raw = Buffer.from(signature ?? '', 'base64url')
  const s = order - BigInt(`0x${raw.subarray(32).toString('hex')}`)
  const other = Buffer.concat([raw.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
  return `${header}.${payload}.${other.toString('base64url')}`
}

function pointOf(curve: string, secret: Buffer): Buffer {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(secret)
  return ecdh.getPublicKey(null, 'compressed')
}

function idsOf(publicKey: Buffer, codec: 'p256-pub' | 'secp256k1-pub' | 'ed25519-pub'): { did: string; keyId: string } {
  const id = bytesToMultibase(publicKey, 'base58btc', codec)
  return { did: `did:key:${id}`, keyId: `did:key:${id}#${id}` }
}
