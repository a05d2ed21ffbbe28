import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOffer, exampleTerms } from '../example.test-support.ts'
import { packOffer, packTerms, unpackTerms } from './packed.ts'
import type { Terms } from './terms.ts'

const rules = {
  operatorFeeBps: 0x0102,
  arbiterFeeBps: 0x0304,
  silentAwardBps: 0x0506,
  depositBps: 0x0708,
  fundingSeconds: 0x090a0b0c,
  shipSeconds: 0x0d0e0f10,
  deliverySeconds: 0x11121314,
  inspectionSeconds: 0x15161718,
  rulingSeconds: 0x191a1b1c,
}
const terms: Terms = { ...exampleTerms, ...rules }

test('every number of the rules has its own bits, low to high in the order of Rules.sol', () => {
  const word = 0x191a1b1c_15161718_11121314_0d0e0f10_090a0b0c_0708_0506_0304_0102n
  assert.equal(packTerms(terms).rules, word)
  assert.deepEqual(
    Object.keys(packTerms(terms)).toSorted(),
    ['rules', ...Object.keys(exampleTerms).filter((key) => !(key in rules))].toSorted(),
  )
})

test('what was packed comes out again, and bits without a meaning are dropped', () => {
  assert.deepEqual(unpackTerms(packTerms(terms)), terms)
  const packed = packTerms(terms)
  assert.deepEqual(unpackTerms({ ...packed, rules: packed.rules | (1n << 224n) }), terms)
  assert.deepEqual(unpackTerms(packOffer({ ...exampleOffer, terms }).terms), terms)
})

test('a number that is wider than its bits is refused instead of running into the next', () => {
  assert.throws(() => packTerms({ ...terms, operatorFeeBps: 65_536 }), RangeError)
  assert.throws(() => packTerms({ ...terms, rulingSeconds: 2 ** 32 }), RangeError)
  assert.throws(() => packTerms({ ...terms, shipSeconds: -1 }), RangeError)
})
