import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { convert, convertDown, convertUp, currencies, isCurrency, minorDigits, REFERENCE_WORTH } from './rate.ts'

const ether = { decimals: 18, worth: 2_500n * REFERENCE_WORTH }
const cents = { decimals: 2, worth: REFERENCE_WORTH }
const yen = { decimals: 0, worth: 6_700_000_000n }

test('amounts are converted to the nearest smallest unit', () => {
  assert.equal(convert(10n ** 18n, ether, cents), 250_000n)
  assert.equal(convert(49_360_000_000_000_000n, ether, cents), 12_340n)
  assert.equal(convert(250_000n, cents, ether), 10n ** 18n)
  assert.equal(convert(100n, cents, yen), 149n) // 149.25
  assert.equal(convert(1n, { decimals: 0, worth: 1n }, { decimals: 0, worth: 2n }), 1n) // a half goes up
  assert.equal(convert(0n, ether, cents), 0n)
})

test('rounding up and down encloses the exact value, and the nearest is one of both', () => {
  const valued = fc.record({ decimals: fc.integer({ min: 0, max: 36 }), worth: fc.bigInt(1n, 10n ** 30n) })
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 256n), valued, valued, (amount, from, to) => {
      const [low, near, high] = [convertDown(amount, from, to), convert(amount, from, to), convertUp(amount, from, to)]
      assert.ok(low <= near && near <= high && high - low <= 1n)
      // In common units: low * to.worth * 10^from.decimals <= amount * from.worth * 10^to.decimals <= high * …
      const exact = amount * from.worth * 10n ** BigInt(to.decimals)
      const unit = to.worth * 10n ** BigInt(from.decimals)
      assert.ok(low * unit <= exact && exact <= high * unit)
    }),
  )
})

test('what has no worth, and a debt, is refused instead of shown as nothing', () => {
  assert.throws(() => convert(1n, { decimals: 0, worth: 0n }, cents), RangeError)
  assert.throws(() => convert(1n, cents, { decimals: 0, worth: 0n }), RangeError)
  assert.throws(() => convert(-1n, cents, yen), RangeError)
})

test('currencies are those that browsers can format, with as many decimals as they show', () => {
  for (const currency of currencies) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    assert.equal(minorDigits(currency), maximumFractionDigits, currency)
    assert.ok(isCurrency(currency))
  }
  assert.ok(!isCurrency('XXX') && !isCurrency('eur') && !isCurrency('toString'))
})
