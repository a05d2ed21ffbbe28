import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem'

export { textHash } from '../text.ts'

/** Scores go from 1 (worst) to 5 (best). */
export const MIN_SCORE = 1
export const MAX_SCORE = 5
/** After a deal's end both sides have this long to review: 7 days, in seconds. */
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

/** What its author signs or puts on chain: keccak256(abi.encode(dealId, author, score, textHash, secret)). */
export function reviewCommitment(review: SealedReview): Hex {
  const { dealId, author, score, textHash, secret } = review
  if (!Number.isInteger(score) || score < MIN_SCORE || score > MAX_SCORE) {
    throw new RangeError(`A score is a whole number from ${MIN_SCORE} to ${MAX_SCORE}, not ${score}`)
  }
  return keccak256(encodeAbiParameters(members, [dealId, author, score, textHash, secret]))
}

/** Last chain second at which a review of a deal that ended at `endedAt` may be sealed on chain. */
export function reviewsCloseAt(endedAt: number): number {
  return endedAt + REVIEW_WINDOW_SECONDS
}

/**
 * Chain second from which reviews that were sealed on chain may be revealed: at once when both are in, else after the window.
 * Null while nobody has sealed one.
 */
export function opensAt(endedAt: number, sealed: readonly { readonly committedAt: number }[]): number | null {
  const times = sealed.map(({ committedAt }) => committedAt)
  if (times.length === 0) return null
  return times.length >= 2 ? Math.max(...times) : reviewsCloseAt(endedAt) + 1
}
