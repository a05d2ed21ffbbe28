import { z } from 'zod'
import { addressOut, addressShape, hashOut, hashShape, signatureShape } from '../http/shapes.ts'

const sequence = z.number().int().min(1).max(1_000)
/** Ciphertext of the browser's making; the api looks at its size only. */
const bundle = z
  .string()
  .min(2)
  .max(65_536, 'is too large')
  .regex(/^[\x20-\x7e]*$/, 'must be JSON in ASCII')

export const publishKeyShape = z.strictObject({
  /** The wallet whose key it is. */
  address: addressShape,
  /** X25519, 32 bytes in hex. */
  publicKey: hashShape,
  /** One more than that of the wallet's newest key. */
  sequence,
  /** Whether it can be made again from a signature of the wallet, or only be had from another device or a passphrase. */
  origin: z.enum(['signature', 'random']),
  /** Seconds. */
  signedAt: z.number().int().min(0),
  /** Of EncryptionKey (EIP-712), see protocol/src/identity/encryption-key.ts. */
  signature: signatureShape,
  bundle,
})
export type PublishKey = z.infer<typeof publishKeyShape>

export const encryptionKeyShape = z.object({
  /** CAIP-2. */
  chain: z.string(),
  address: addressOut,
  sequence: z.number().int(),
  publicKey: hashOut,
  origin: z.enum(['signature', 'random']),
  signedAt: z.number().int(),
  signature: z.string(),
})
export type PublishedKey = z.infer<typeof encryptionKeyShape>

export const keysOfShape = z.object({
  /** To encrypt to; null for a wallet that has none. */
  current: encryptionKeyShape.nullable(),
  /** Those before, the newest first: what is encrypted to them stays readable. */
  former: z.array(encryptionKeyShape),
  /** Number of the next key. */
  next: z.number().int(),
})
export type KeysOf = z.infer<typeof keysOfShape>

export const bundleShape = z.object({ sequence: z.number().int(), bundle: z.string(), updatedAt: z.string() })
export type KeyBundle = z.infer<typeof bundleShape>

export const bundleInShape = z.strictObject({ sequence, bundle })
export type BundleIn = z.infer<typeof bundleInShape>
