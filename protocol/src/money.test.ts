import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAmount, formatMoney, InvalidAmount, parseAmount } from './money.ts'

test('what is formatted is read back as the same amount, for any number of decimals', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 256n - 1n), fc.integer({ min: 0, max: 36 }), (amount, decimals) => {
      assert.equal(parseAmount(formatAmount(amount, decimals), decimals), amount)
    }),
  )
})

test('amounts read as people write them', () => {
  assert.equal(formatAmount(1_500_000n, 6), '1.5')
  assert.equal(formatAmount(1n, 18), '0.000000000000000001')
  assert.equal(formatAmount(-1_500_000n, 6), '-1.5')
  assert.equal(formatAmount(7n, 0), '7')
  assert.equal(parseAmount(' 0012.50 ', 6), 12_500_000n)
  assert.equal(parseAmount('.5', 1), 5n)
  assert.equal(parseAmount('5.', 2), 500n)
  assert.equal(parseAmount('1.2300', 2), 123n)
})

test('what is no exact amount is refused, never rounded', () => {
  for (const text of ['', '.', ' ', '1,5', '1e3', '-1', '+1', '0x10', '1.2.3', '1 000', 'NaN', '١']) {
    assert.throws(() => parseAmount(text, 6), InvalidAmount, text)
  }
  assert.throws(() => parseAmount('0.0000001', 6), InvalidAmount)
})

test('money for people has thousands apart, two decimals if any, and shows where it was cut', () => {
  assert.equal(formatMoney(1_234_567_500_000n, { decimals: 6, symbol: 'tUSD' }), '1,234,567.50 tUSD')
  assert.equal(formatMoney(12_000_000n, { decimals: 6, symbol: 'tUSD' }), '12 tUSD')
  assert.equal(formatMoney(1_234_567_891_234_567_891n, { decimals: 18, symbol: 'ETH' }), '≈1.234567 ETH')
  assert.equal(formatMoney(1n, { decimals: 18, symbol: 'ETH' }), '<0.000001 ETH')
  assert.equal(formatMoney(0n, { decimals: 18, symbol: 'ETH' }), '0 ETH')
  assert.equal(formatMoney(5n, { decimals: 1, symbol: 'X', maxFraction: 0 }), '<1 X')
})
