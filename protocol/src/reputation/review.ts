import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem'

export { textHash } from '../text.ts'

/** Scores go from 1 (worst) to 5 (best). */
export const MIN_SCORE = 1
export const MAX_SCORE = 5
/** From the first commitment on, the other side has this long to commit: 7 days, in seconds. */
export const REVIEW_WINDOW_SECONDS = 604_800

/** A review as it is sealed and later revealed. */
export interface SealedReview {
  readonly dealId: Hex
  readonly author: Address
  readonly score: number
  readonly textHash: Hex
  /** 32 random bytes; without them anybody could find the score by trying all five. */
  readonly secret: Hex
}

const members = [
  { name: 'dealId', type: 'bytes32' },
  { name: 'author', type: 'address' },
  { name: 'score', type: 'uint8' },
  { name: 'textHash', type: 'bytes32' },
  { name: 'secret', type: 'bytes32' },
] as const

/** What `commit` puts on chain: keccak256(abi.encode(dealId, author, score, textHash, secret)). */
export function reviewCommitment(review: SealedReview): Hex {
  const { dealId, author, score, textHash, secret } = review
  if (!Number.isInteger(score) || score < MIN_SCORE || score > MAX_SCORE) {
    throw new RangeError(`A score is a whole number from ${MIN_SCORE} to ${MAX_SCORE}, not ${score}`)
  }
  return keccak256(encodeAbiParameters(members, [dealId, author, score, textHash, secret]))
}

/**
 * Chain second from which reviews of a deal may be revealed: at once when both are in, else after the window.
 * Null while nobody has committed.
 */
export function opensAt(commitments: readonly { readonly committedAt: number }[]): number | null {
  const times = commitments.map((commitment) => commitment.committedAt)
  if (times.length === 0) return null
  return times.length >= 2 ? Math.max(...times) : Math.min(...times) + REVIEW_WINDOW_SECONDS + 1
}
