import { MAX_NONCE } from '@fairhold/protocol/deal/terms'

/**
 * A group that is not voided and that no other listing of the seller is in, so that voiding this listing voids no other; with more
 * than 128 listings, one with the fewest others.
 */
export function groupFor(voided: bigint, groups: readonly { nonce: number; listings: number }[]): number {
  const others = new Map(groups.map(({ nonce, listings }) => [nonce, listings]))
  const open = Array.from({ length: MAX_NONCE + 1 }, (_, nonce) => nonce).filter((nonce) => !((voided >> BigInt(nonce)) & 1n))
  const fewest = Math.min(...open.map((nonce) => others.get(nonce) ?? 0))
  return open.find((nonce) => (others.get(nonce) ?? 0) === fewest) ?? 0 // voiding all of them raises the counter, which frees them
}
