import { reviewCommitment } from '@fairhold/protocol/reputation/review'
import { textHash } from '@fairhold/protocol/text'
import { type Address, bytesToHex, type Hex } from 'viem'

export { reviewTypedData } from '@fairhold/protocol/eip712/types'

/** Seals a review with a secret of its own. */
export function commit({ text, ...review }: { dealId: Hex; author: Address; score: number; text: string }) {
  const secret = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
  return { secret, commitment: reviewCommitment({ ...review, textHash: textHash(text), secret }) }
}
