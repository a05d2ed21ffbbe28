import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Hex, hexToBytes, keccak256, toHex } from 'viem'
import { bloomTest } from './bloom.ts'

const ADDRESS = '0x700b6a60ce7eaaea56f065753d8dcb9653dbad35'

test('a bloom made of a value holds it, and an empty one does not', () => {
  const holds = bloomTest(ADDRESS)
  assert.equal(holds(bloomOf(ADDRESS)), true)
  assert.equal(holds(`0x${'00'.repeat(256)}`), false)
})

test('a value that is not in the bloom is seen as absent', () => {
  const bloom = bloomOf(ADDRESS)
  const others = Array.from({ length: 200 }, (_, k) => bloomTest(keccak256(toHex(k))))
  assert.equal(others.filter((holds) => holds(bloom)).length, 0)
})

/** The bloom of one value, byte by byte as the yellow paper says it. */
function bloomOf(value: Hex): Hex {
  const bytes = new Uint8Array(256)
  const hash = keccak256(hexToBytes(value), 'bytes')
  for (const at of [0, 2, 4]) {
    const bit = (((hash[at] ?? 0) << 8) + (hash[at + 1] ?? 0)) % 2048
    const index = 255 - Math.floor(bit / 8)
    bytes[index] = (bytes[index] ?? 0) | (1 << (bit % 8))
  }
  return toHex(bytes)
}
