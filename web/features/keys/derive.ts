import { type Hex, hexToBytes, parseSignature } from 'viem'
import { utf8 } from './bytes.ts'

const SALT = utf8('fairhold encryption key, version 1')
const SECRET_BITS = 256

/**
 * The secret key that follows from a wallet's signature of `keyDerivationMessage` (HKDF-SHA-256, RFC 5869). Only r and s count,
 * as wallets write the rest in more than one way. @throws TypeError for a signature that is not one of an Ethereum key
 */
export async function secretFrom(
  signature: Hex,
  { account, sequence }: { account: string; sequence: number },
): Promise<Uint8Array> {
  const { r, s } = partsOf(signature)
  const ikm = Uint8Array.from([...hexToBytes(r, { size: 32 }), ...hexToBytes(s, { size: 32 })])
  const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  const info = utf8(`X25519 ${account.toLowerCase()} ${sequence}`)
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: SALT, info }, key, SECRET_BITS))
}

/** Whether two signatures of one message give one secret: wallets that sign by chance cannot make the same key again. */
export function isSameSignature(one: Hex, other: Hex): boolean {
  try {
    const [a, b] = [partsOf(one), partsOf(other)]
    return a.r === b.r && a.s === b.s
  } catch {
    return false // of a contract wallet: no r and s
  }
}

function partsOf(signature: Hex): { r: Hex; s: Hex } {
  if (signature.length !== 132) throw new TypeError('not a signature of an Ethereum key')
  const { r, s } = parseSignature(signature)
  return { r, s }
}
