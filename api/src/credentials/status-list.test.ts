import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { bitOf, encodeStatusList, LIST_SIZE } from './status-list.ts'

/** The empty list of the standard's own example (Bitstring Status List 1.0). */
const EXAMPLE = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'
const packed = (bits: Buffer) => `u${gzipSync(bits).toString('base64url')}`

test('the standard’s example is read as a list in which nothing is set', () => {
  for (const place of [0, 1, 7, 8, 65_535, LIST_SIZE - 1]) assert.equal(bitOf(EXAMPLE, place), false)
  assert.throws(() => bitOf(EXAMPLE, LIST_SIZE), { name: 'StatusListUnreadable' })
})

test('the first place is the leftmost bit', () => {
  const bits = Buffer.alloc(LIST_SIZE / 8)
  bits[0] = 0b1000_0001
  const list = packed(bits)
  assert.deepEqual(
    [0, 1, 6, 7, 8].map((place) => bitOf(list, place)),
    [true, false, false, true, false],
  )
})

test('what is set is found, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(LIST_SIZE - 1), { maxLength: 40 }), fc.nat(LIST_SIZE - 1), (places, other) => {
      const list = encodeStatusList(places)
      for (const place of places) assert.equal(bitOf(list, place), true)
      assert.equal(bitOf(list, other), places.includes(other))
    }),
    { numRuns: 50 },
  )
  assert.throws(() => encodeStatusList([LIST_SIZE]), RangeError)
})

test('a list that unpacks to very much, is short, or is no list at all, says nothing', () => {
  const lists = [
    packed(Buffer.alloc(500 * 1024 * 1024)),
    packed(Buffer.alloc(1_000)),
    packed(Buffer.alloc(0)),
    'u',
    'zH4sIAAAAAAAAA',
    'uAAAA',
    `u${'A'.repeat(600_000)}`,
    `${EXAMPLE}=`,
  ]
  for (const list of lists) assert.throws(() => bitOf(list, 0), { name: 'StatusListUnreadable' }, list.slice(0, 40))
})
