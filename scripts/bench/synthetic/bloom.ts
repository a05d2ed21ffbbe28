import { type Hex, hexToBytes, keccak256 } from 'viem'
import type { WorkLog } from '../workload.ts'

const BYTES = 256
const KEPT = 20_000 // a deal's id comes up again for 20 blocks, an account's address for ever

/**
 * Makes the logsBloom of a block from its logs (yellow paper 4.3.1). It remembers the bits of what it hashed, since an event has
 * mostly topics that were seen before.
 */
export function createBloom(): (logs: readonly WorkLog[]) => Buffer {
  const known = new Map<Hex, readonly number[]>()
  const bitsOf = (value: Hex): readonly number[] => {
    const before = known.get(value)
    if (before !== undefined) return before
    if (known.size >= KEPT) known.clear()
    const hash = keccak256(hexToBytes(value), 'bytes')
    const bits = [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047)
    known.set(value, bits)
    return bits
  }
  return (logs) => {
    const bloom = Buffer.alloc(BYTES)
    for (const { address, topics } of logs) {
      for (const value of [address, ...topics]) {
        for (const bit of bitsOf(value)) {
          const at = BYTES - 1 - (bit >> 3)
          bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7))
        }
      }
    }
    return bloom
  }
}
