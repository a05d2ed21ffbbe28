import { type Hex, keccak256, stringToBytes } from 'viem'

/** Hash by which a text (statement, reason, review) is named on chain: keccak256 of its UTF-8 bytes, as written. */
export function textHash(text: string): Hex {
  return keccak256(stringToBytes(text))
}
