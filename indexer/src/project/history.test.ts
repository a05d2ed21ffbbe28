import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChainEvent, EventNamed, Place } from './event.ts'
import { foldHistory } from './history.ts'

const ID = `0x${'11'.repeat(32)}` as const
const HASH = `0x${'22'.repeat(32)}` as const
const SELLER = `0x${'a1'.repeat(20)}` as const
const BUYER = `0x${'b2'.repeat(20)}` as const

test('a deal is the fold of its events', () => {
  const { deal, halted } = foldHistory([
    opened(1),
    event(2, 'PartReleased', { dealId: ID, amount: '300', fee: '7' }),
    event(3, 'PartRefunded', { dealId: ID, amount: '100' }),
    event(4, 'Shipped', { dealId: ID, trackingHash: HASH, deadline: 77 }),
    event(5, 'Released', { dealId: ID, amount: '600', fee: '15' }),
  ])
  assert.equal(halted, null)
  assert.equal(deal?.state, 'completed')
  assert.deepEqual([deal?.released, deal?.refunded], [900n, 100n])
  assert.deepEqual([deal?.to_seller, deal?.to_buyer, deal?.operator_fee], [878n, 100n, 22n])
  assert.deepEqual([deal?.opened_at, deal?.shipped_at, deal?.ended_at, deal?.updated_block], [10, 40, 50, 5])
  assert.deepEqual([deal?.tracking_hash, deal?.deadline], [HASH, 77])
})

test('an event that the machine forbids halts the deal there, and nothing later moves it', () => {
  const late = event(3, 'Shipped', { dealId: ID, trackingHash: HASH, deadline: 77 })
  const history = foldHistory([
    opened(1),
    event(2, 'Refunded', { dealId: ID, amount: '1000' }),
    late,
    event(4, 'Delivered', { dealId: ID, by: BUYER, deadline: 99 }),
  ])
  assert.equal(history.deal?.state, 'refunded')
  assert.equal(history.deal?.updated_block, 2)
  assert.deepEqual([history.halted?.event_name, history.halted?.block_number], [late.name, 3])
  assert.match(history.halted?.reason ?? '', /refunded.*Shipped/)
})

test('an offer that was voided cannot be opened', () => {
  const history = foldHistory([event(1, 'OfferVoided', { dealId: ID, maker: SELLER }), opened(2)])
  assert.equal(history.deal, null)
  assert.deepEqual(history.offerVoid, { deal_id: ID, maker: SELLER, block_number: 1 })
  assert.equal(history.halted?.event_name, 'Opened')
})

test('instalments add up, and the last one begins the time to ship', () => {
  const history = [openedInPart(1, '100'), event(2, 'PartFunded', { dealId: ID, amount: '300', paid: '400' })]
  const half = foldHistory(history)
  assert.deepEqual(
    [half.deal?.state, half.deal?.paid, half.deal?.funded_at, half.deal?.deadline],
    ['partlyFunded', 400n, null, 60],
  )
  const { deal, halted } = foldHistory([...history, event(3, 'FullyFunded', { dealId: ID, amount: '600', deadline: 99 })])
  assert.equal(halted, null)
  assert.deepEqual([deal?.state, deal?.paid, deal?.funded_at, deal?.deadline], ['funded', 1000n, 30, 99])
})

test('what was paid in part goes back when the rest does not come', () => {
  const { deal } = foldHistory([openedInPart(1, '100'), event(2, 'FundingCancelled', { dealId: ID, by: SELLER, amount: '100' })])
  assert.deepEqual(
    [deal?.state, deal?.paid, deal?.refunded, deal?.to_buyer, deal?.fees_due],
    ['refunded', 100n, 100n, 100n, false],
  )
  assert.notEqual(foldHistory([opened(1), event(2, 'PartFunded', { dealId: ID, amount: '1', paid: '1' })]).halted, null)
})

test('fees wait until they are collected, once, and only of a deal that has ended', () => {
  const collect = (block: number) => event(block, 'FeesCollected', { dealId: ID, operatorFee: '25', arbiterFee: '0' })
  const ended = [opened(1), event(2, 'Released', { dealId: ID, amount: '1000', fee: '25' })]
  assert.equal(foldHistory(ended).deal?.fees_due, true)
  const { deal } = foldHistory([...ended, collect(3)])
  assert.deepEqual([deal?.fees_due, deal?.fees_collected_at, deal?.ended_at, deal?.operator_fee], [false, 30, 20, 25n])
  assert.match(foldHistory([...ended, collect(3), collect(4)]).halted?.reason ?? '', /FeesCollected/)
  assert.match(foldHistory([opened(1), collect(2)]).halted?.reason ?? '', /FeesCollected/)
})

test('a tip leaves the deal as it is', () => {
  const tip = event(2, 'Tipped', { dealId: ID, relayer: BUYER, amount: '5' })
  assert.deepEqual(foldHistory([opened(1), tip]).deal, foldHistory([opened(1)]).deal)
})

test('reviews that both signed off chain are published without a commitment', () => {
  const reveal = event(2, 'ReviewRevealed', { dealId: ID, author: BUYER, subject: SELLER, score: 4, textHash: HASH })
  const review = foldHistory([reveal]).reviews.get(BUYER)
  assert.deepEqual([review?.commitment, review?.committed_at, review?.score, review?.revealed_at], [null, null, 4, 20])
  const commit = event(3, 'ReviewCommitted', { dealId: ID, author: BUYER, subject: SELLER, commitment: HASH })
  assert.notEqual(foldHistory([reveal, commit]).halted, null)
})

test('a review is sealed until it is revealed, and cannot be revealed twice', () => {
  const commit = event(1, 'ReviewCommitted', { dealId: ID, author: BUYER, subject: SELLER, commitment: HASH })
  const reveal = event(2, 'ReviewRevealed', { dealId: ID, author: BUYER, subject: SELLER, score: 4, textHash: HASH })
  assert.equal(foldHistory([commit]).reviews.get(BUYER)?.score, null)
  const revealed = foldHistory([commit, reveal]).reviews.get(BUYER)
  assert.deepEqual([revealed?.score, revealed?.committed_at, revealed?.revealed_at], [4, 10, 20])
  assert.notEqual(foldHistory([commit, reveal, reveal]).halted, null)
})

function event<N extends ChainEvent['name']>(block: number, name: N, args: EventNamed<N>['args']): ChainEvent {
  const place: Place = {
    block_hash: `0x${block}`,
    log_index: 0,
    block_number: block,
    tx_hash: HASH,
    address: SELLER,
    deal_id: ID,
    timestamp: block * 10,
  }
  return { ...place, name, args } as ChainEvent // `args` is typed by `name`
}

const shares = { operatorFeeBps: 250, arbiterFeeBps: 500, silentAwardBps: 5_000, depositBps: 1_000 }
const windows = { fundingSeconds: 60, shipSeconds: 60, deliverySeconds: 60, inspectionSeconds: 60, rulingSeconds: 60 }
const people = { seller: SELLER, buyer: BUYER, token: SELLER, arbiter: SELLER, operator: SELLER }
const terms = { ...people, ...shares, ...windows, price: '1000', itemHash: HASH, salt: '1' } as const

function opened(block: number): ChainEvent {
  return event(block, 'Opened', { dealId: ID, seller: SELLER, buyer: BUYER, terms, deadline: 60 })
}

function openedInPart(block: number, paid: string): ChainEvent {
  return event(block, 'OpenedInPart', { dealId: ID, seller: SELLER, buyer: BUYER, terms, deadline: 60, paid })
}
