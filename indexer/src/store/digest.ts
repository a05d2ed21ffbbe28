import { hash } from 'node:crypto'

/** The digest before the first block. */
export const NO_DIGEST = '0'.repeat(64)

/**
 * SHA-256 over the digest of the block before, a block's hash and the lines of its events (see copy.ts): one value that stands
 * for everything stored up to a height. Two databases that agree on it agree on every event; `verify` computes it anew from
 * the rows.
 */
export function nextDigest(previous: string, blockHash: string, eventLines: readonly string[]): string {
  return hash('sha256', `${previous} ${blockHash}\n${eventLines.join('\n')}`)
}
