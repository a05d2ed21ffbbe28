import { type Hex, hexToBytes, keccak256 } from 'viem'

/** Asks whether a header's logsBloom may hold a value: false means surely not, true means probably. */
export type BloomTest = (logsBloom: string) => boolean

/**
 * A test for one address or topic, its three bits computed once (yellow paper 4.3.1: the low 11 bits of the first
 * three byte pairs of its keccak256, counted from the end of the 256 bytes).
 */
export function bloomTest(value: Hex): BloomTest {
  const hash = keccak256(hexToBytes(value), 'bytes')
  const bits = [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047)
  return (logsBloom) => bits.every((bit) => bitOf(logsBloom, bit))
}

function bitOf(logsBloom: string, bit: number): boolean {
  // Hex digit k after 0x holds bits 4·(511 − k) to 4·(511 − k) + 3.
  const digit = Number.parseInt(logsBloom.charAt(2 + 511 - (bit >> 2)), 16)
  return ((digit >> (bit & 3)) & 1) === 1
}

/** How likely a value that is not in a bloom seems to be: the share of its bits that are set, three times over. */
export function falseRate(logsBloom: string): number {
  let set = 0
  for (let at = 2; at < logsBloom.length; at += 1) set += ones[Number.parseInt(logsBloom.charAt(at), 16)] ?? 0
  return (set / BITS) ** 3
}
const BITS = 2048
const ones = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]
