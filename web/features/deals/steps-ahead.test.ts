import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whoseTurn } from '@fairhold/protocol/deal/outlook'
import { states } from '@fairhold/protocol/deal/state'
import { stepsAhead } from './steps-ahead.ts'

const terms = { fundingSeconds: 1, shipSeconds: 2, deliverySeconds: 3, inspectionSeconds: 4, rulingSeconds: 5 }

test('a deal that waits for its rest has all steps before it, one in dispute only the ruling', () => {
  assert.deepEqual(stepsAhead('partlyFunded', terms), [
    { step: 'fund', seconds: 1 },
    { step: 'ship', seconds: 2 },
    { step: 'deliver', seconds: 3 },
    { step: 'release', seconds: 4 },
  ])
  assert.deepEqual(stepsAhead('disputed', terms), [{ step: 'rule', seconds: 5 }])
  assert.deepEqual(stepsAhead('completed', terms), [])
})

test('the first step ahead is the one that the deal waits for', () => {
  for (const state of states) {
    const turn = whoseTurn({ state, deadline: 10 }, 10)
    assert.equal(stepsAhead(state, terms)[0]?.step, turn?.action, state)
  }
})
