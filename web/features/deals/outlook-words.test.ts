import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStates } from '@fairhold/protocol/deal/state'
import { ifNobodyActs, tenseOf, turnFor } from './outlook-words.ts'

const deadline = 1_000

test('the turn is told from where the viewer stands', () => {
  assert.equal(turnFor({ state: 'funded', deadline }, 'seller', deadline)?.who, 'you')
  assert.equal(turnFor({ state: 'funded', deadline }, 'buyer', deadline)?.who, 'seller')
  assert.equal(turnFor({ state: 'funded', deadline }, 'stranger', deadline)?.who, 'seller')
  assert.equal(turnFor({ state: 'funded', deadline }, 'buyer', deadline + 1)?.who, 'you')
  assert.equal(turnFor({ state: 'disputed', deadline }, 'arbiter', deadline)?.who, 'you')
  assert.equal(turnFor({ state: 'completed', deadline: 0 }, 'buyer', deadline), null)
})

test('an overdue inspection is the seller’s turn, though anyone may send it', () => {
  assert.equal(turnFor({ state: 'delivered', deadline }, 'seller', deadline + 1)?.who, 'you')
  assert.equal(turnFor({ state: 'delivered', deadline }, 'buyer', deadline + 1)?.who, 'seller')
})

test('every open state says what happens if nobody acts, and an ended one nothing', () => {
  for (const state of openStates) {
    for (const viewer of ['buyer', 'seller', 'arbiter', 'stranger'] as const) {
      const keyOf = (now: number) => ifNobodyActs(((key: string) => key) as never, { state, deadline }, viewer, now)
      assert.match(keyOf(deadline) ?? '', /^then\./)
      assert.match(keyOf(deadline + 1) ?? '', /^now\./)
    }
  }
  assert.equal(ifNobodyActs(((key: string) => key) as never, { state: 'refunded', deadline: 0 }, 'buyer', 0), null)
})

test('the deadline’s own second is on time', () => {
  assert.equal(tenseOf({ state: 'funded', deadline }, deadline), 'onTime')
  assert.equal(tenseOf({ state: 'funded', deadline }, deadline + 1), 'late')
})
