import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zeroAddress } from 'viem'
import { exampleOffer, exampleTerms } from '../example.test-support.ts'
import {
  InvalidTerms,
  MAX_SALT,
  offerToJson,
  parseOffer,
  parseTerms,
  partiesOf,
  termsOfUnit,
  termsProblems,
  termsToJson,
} from './terms.ts'

test('terms and offers survive JSON to the last digit', () => {
  const terms = { ...exampleTerms, price: 2n ** 128n - 1n, salt: MAX_SALT }
  assert.deepEqual(parseTerms(JSON.parse(JSON.stringify(termsToJson(terms)))), terms)
  assert.deepEqual(parseOffer(JSON.parse(JSON.stringify(offerToJson(exampleOffer)))), exampleOffer)
})

test('addresses come out in lower case and foreign members are left out', () => {
  const parsed = parseTerms({ ...exampleTerms, seller: `0x${'AB'.repeat(20)}`, extra: 1 })
  assert.equal(parsed.seller, `0x${'ab'.repeat(20)}`)
  assert.equal('extra' in parsed, false)
})

test('what is no terms is refused, with the field that is wrong', () => {
  const wrong: [string, unknown][] = [
    ['seller', '0x12'],
    ['price', 1],
    ['price', '01'],
    ['price', '-1'],
    ['price', '1e3'],
    ['salt', MAX_SALT + 1n],
    ['operatorFeeBps', 65_536],
    ['shipSeconds', 1.5],
    ['itemHash', `0x${'0'.repeat(63)}g`],
    ['arbiter', undefined],
  ]
  for (const [field, value] of wrong) {
    assert.throws(
      () => parseTerms({ ...exampleTerms, [field]: value }),
      (error) => error instanceof InvalidTerms && error.field === field,
      `${field} ${value}`,
    )
  }
  for (const value of [null, 'terms', undefined]) assert.throws(() => parseTerms(value), InvalidTerms)
})

test('each unit of an offer has its own salt, and there are no more units than offered', () => {
  const offer = { ...exampleOffer, quantity: 3 }
  assert.deepEqual(
    [0, 1, 2].map((unit) => termsOfUnit(offer, unit).salt - offer.terms.salt),
    [0n, 1n, 2n],
  )
  for (const unit of [-1, 3, 0.5]) assert.throws(() => termsOfUnit(offer, unit), RangeError)
  const last = { ...offer, terms: { ...offer.terms, salt: MAX_SALT } }
  assert.throws(() => termsOfUnit(last, 1), RangeError)
})

test('the taker fills the side that the terms leave open', () => {
  const taker = exampleTerms.operator
  assert.deepEqual(partiesOf({ ...exampleTerms, buyer: zeroAddress }, taker), { seller: exampleTerms.seller, buyer: taker })
  assert.deepEqual(partiesOf({ ...exampleTerms, seller: zeroAddress }, taker).seller, taker)
})

test('good terms have no problems, and each rule of the contract is reported by its error', () => {
  assert.deepEqual(termsProblems(exampleTerms), [])
  const cases = [
    [{ seller: zeroAddress }, 'NoMaker'],
    [{ buyer: exampleTerms.seller }, 'SameParty'],
    [{ arbiter: zeroAddress }, 'NoArbiter'],
    [{ arbiter: exampleTerms.seller }, 'ArbiterIsParty'],
    [{ operator: zeroAddress }, 'NoOperator'],
    [{ arbiterFeeBps: 10_001 }, 'FeeTooHigh'],
    [{ rulingSeconds: 0 }, 'WindowOutOfRange'],
    [{ shipSeconds: 31_536_001 }, 'WindowOutOfRange'],
    [{ depositBps: 10_001 }, 'FeeTooHigh'],
    [{ fundingSeconds: 31_536_001 }, 'WindowOutOfRange'],
    [{ price: 0n }, 'PriceOutOfRange'],
    [{ price: 2n ** 128n }, 'PriceOutOfRange'],
  ] as const
  for (const [change, error] of cases) {
    const problems = termsProblems({ ...exampleTerms, ...change }).map((problem) => problem.error)
    assert.deepEqual(problems, [error])
  }
})
