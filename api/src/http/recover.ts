import { recover } from 'tiny-secp256k1'
import { type Address, bytesToHex, type Hex, hexToBytes, keccak256 } from 'viem'

const SIGNATURE_BYTES = 65
const LAST_BYTES: Readonly<Record<number, 0 | 1>> = { 0: 0, 1: 1, 27: 0, 28: 1 }

/**
 * Whose key signed `hash`, in lower case; null if `signature` is none of a key. By libsecp256k1, compiled to WebAssembly: six
 * times as fast as what viem does, and signing in is mostly this.
 */
export function signerOf(hash: Hex, signature: Hex): Address | null {
  const bytes = hexToBytes(signature)
  const recovery = LAST_BYTES[bytes[SIGNATURE_BYTES - 1] ?? -1]
  if (bytes.length !== SIGNATURE_BYTES || recovery === undefined) return null
  const publicKey = recovered(hexToBytes(hash), bytes.subarray(0, SIGNATURE_BYTES - 1), recovery)
  return publicKey && (bytesToHex(hexToBytes(keccak256(publicKey.subarray(1))).subarray(12)) as Address)
}

function recovered(hash: Uint8Array, signature: Uint8Array, recovery: 0 | 1): Uint8Array | null {
  try {
    return recover(hash, signature, recovery, false)
  } catch {
    return null // r or s is no number of the curve
  }
}
