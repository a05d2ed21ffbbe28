import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DealMoneyFacts, payoutOf } from './payout-of.ts'

const deal: DealMoneyFacts = {
  price: '1000001',
  released: '0',
  refunded: '1',
  terms: { operatorFeeBps: 250, silentAwardBps: 5_000 },
}
const sum = (payout: ReturnType<typeof payoutOf>): bigint | null =>
  payout && payout.toBuyer + payout.toSeller + payout.operatorFee + payout.arbiterFee

test('a release pays all that is left to the seller, less the marketplace fee', () => {
  assert.deepEqual(payoutOf(deal, 'release'), { toBuyer: 0n, toSeller: 975_000n, operatorFee: 25_000n, arbiterFee: 0n })
  assert.deepEqual(payoutOf(deal, 'claim'), payoutOf(deal, 'release'))
})

test('a refund and a reclaim give all that is left back and cost no fee', () => {
  assert.deepEqual(payoutOf(deal, 'refund'), { toBuyer: 1_000_000n, toSeller: 0n, operatorFee: 0n, arbiterFee: 0n })
  assert.deepEqual(payoutOf(deal, 'reclaim'), payoutOf(deal, 'refund'))
})

test('of a deal in instalments no more is shown than was paid', () => {
  const partly = { ...deal, refunded: '0', instalments: { paid: '400000' } }
  assert.deepEqual(payoutOf(partly, 'cancelFunding'), { toBuyer: 400_000n, toSeller: 0n, operatorFee: 0n, arbiterFee: 0n })
  assert.equal(sum(payoutOf(partly, 'settle', 100_000n)), 400_000n)
  assert.equal(payoutOf(partly, 'settle', 400_001n), null)
})

test('what is shown adds up to what leaves the deal, to the last unit', () => {
  for (const share of [0n, 1n, 333_333n, 1_000_000n]) {
    assert.equal(sum(payoutOf(deal, 'settle', share)), 1_000_000n)
    assert.equal(sum(payoutOf(deal, 'releasePart', share)), share)
    assert.equal(sum(payoutOf(deal, 'refundPart', share)), share)
  }
  assert.equal(sum(payoutOf(deal, 'awardByDefault')), 1_000_000n)
})

test('nothing is shown for an action that moves no money, or for more than the deal holds', () => {
  assert.equal(payoutOf(deal, 'ship'), null)
  assert.equal(payoutOf(deal, 'releasePart'), null)
  assert.equal(payoutOf(deal, 'settle', 1_000_001n), null)
})
