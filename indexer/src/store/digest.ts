import { createHash } from 'node:crypto'
import type { ChainEvent } from '../project/event.ts'

/** The digest before the first block. */
export const NO_DIGEST = '0'.repeat(64)

/**
 * SHA-256 over the digest of the block before, a block's hash and its events: one value that stands for everything stored up to
 * a height. Two databases that agree on it agree on every event; `verify` computes it anew from the rows.
 */
export function nextDigest(previous: string, blockHash: string, events: readonly ChainEvent[]): string {
  const hash = createHash('sha256').update(`${previous} ${blockHash}`)
  for (const event of events) {
    const { log_index, tx_hash, address, name, args, timestamp } = event
    hash.update(`\n${log_index} ${tx_hash} ${address} ${name} ${timestamp} ${JSON.stringify(args)}`)
  }
  return hash.digest('hex')
}
