import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  depositOf,
  feeOnRelease,
  type Payout,
  payoutOfDefaultAward,
  payoutOfRelease,
  payoutOfRuling,
  payoutOfSettlement,
  remainingOf,
  shareDown,
} from './amount.ts'
import { MAX_PRICE } from './terms.ts'

const bps = fc.integer({ min: 0, max: 10_000 })
const ledger = fc.tuple(fc.bigInt(1n, MAX_PRICE), fc.bigInt(0n, MAX_PRICE), fc.bigInt(0n, MAX_PRICE)).map(([price, a, b]) => {
  const released = a % price
  return { price, released, refunded: b % (price - released) }
})

function sumOf({ toBuyer, toSeller, operatorFee, arbiterFee }: Payout): bigint {
  for (const part of [toBuyer, toSeller, operatorFee, arbiterFee]) assert.ok(part >= 0n)
  return toBuyer + toSeller + operatorFee + arbiterFee
}

test('the parts of every payout add up to what was left, to the last unit', () => {
  fc.assert(
    fc.property(ledger, bps, bps, bps, (deal, operatorFeeBps, arbiterFeeBps, buyerBps) => {
      const remaining = remainingOf(deal)
      assert.equal(sumOf(payoutOfRelease(deal, remaining, operatorFeeBps)), remaining)
      assert.equal(sumOf(payoutOfSettlement(deal, shareDown(remaining, buyerBps), operatorFeeBps)), remaining)
      assert.equal(sumOf(payoutOfRuling(deal, buyerBps, { operatorFeeBps, arbiterFeeBps })), remaining)
      const byDefault = payoutOfDefaultAward(deal, { operatorFeeBps, silentAwardBps: buyerBps })
      assert.equal(sumOf(byDefault), remaining)
      assert.equal(byDefault.arbiterFee, 0n)
    }),
  )
})

test('fees of many small parts add up to the fee of the sum, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 20n), { minLength: 1, maxLength: 30 }), bps, (parts, feeBps) => {
      let released = 0n
      let fees = 0n
      for (const part of parts) {
        fees += feeOnRelease(released, part, feeBps)
        released += part
      }
      assert.equal(fees, shareDown(released, feeBps))
    }),
  )
})

test('cutting a payment into single units does not avoid the fee', () => {
  const fees = Array.from({ length: 1000 }, (_, index) => feeOnRelease(BigInt(index), 1n, 250))
  assert.equal(
    fees.reduce((sum, fee) => sum + fee, 0n),
    25n,
  )
})

test('a ruling for one side gives that side all but the agreed fees', () => {
  const deal = { price: 10_000n, released: 0n, refunded: 0n }
  const fees = { operatorFeeBps: 200, arbiterFeeBps: 500 }
  assert.deepEqual(payoutOfRuling(deal, 10_000, fees), { toBuyer: 9500n, toSeller: 0n, operatorFee: 0n, arbiterFee: 500n })
  assert.deepEqual(payoutOfRuling(deal, 0, fees), { toBuyer: 0n, toSeller: 9310n, operatorFee: 190n, arbiterFee: 500n })
})

test('a split of more than is left is refused', () => {
  const deal = { price: 10n, released: 3n, refunded: 2n }
  assert.throws(() => payoutOfSettlement(deal, 6n, 0), RangeError)
  assert.throws(() => payoutOfSettlement(deal, -1n, 0), RangeError)
  assert.equal(payoutOfSettlement(deal, 5n, 0).toBuyer, 5n)
})

test('a deposit is rounded up, and is never nothing', () => {
  assert.deepEqual([depositOf(1_000n, 2_000), depositOf(999n, 2_000), depositOf(1n, 1), depositOf(10n, 0)], [200n, 200n, 1n, 1n])
  assert.equal(depositOf(777n, 10_000), 777n)
})

test('a split of what was paid in part is reckoned on the price, as the contract does when fees are collected', () => {
  const ledger = { price: 3n * 10n ** 18n + 1n, paid: 10n ** 18n, released: 0n, refunded: 0n }
  assert.equal(remainingOf(ledger), 10n ** 18n)
  const { toBuyer, toSeller, operatorFee } = payoutOfSettlement(ledger, 10n ** 17n, 10_000)
  assert.equal(toBuyer + toSeller + operatorFee, ledger.paid)
  const units = (9n * 10n ** 17n * (2n ** 40n - 1n)) / ledger.price
  assert.equal(operatorFee, (units * ledger.price) / (2n ** 40n - 1n))
  assert.throws(() => payoutOfSettlement(ledger, ledger.paid + 1n, 0), RangeError)
})
