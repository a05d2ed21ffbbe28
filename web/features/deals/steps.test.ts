import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, actors, allowed } from '@fairhold/protocol/deal/machine'
import { states } from '@fairhold/protocol/deal/state'
import { stepsFor } from './steps.ts'

const deadline = 1_000
const stepsAt = (state: (typeof states)[number], actor: Actor, now: number) =>
  stepsFor(state, actor, allowed({ state, deadline }, actor, now))

test('every action that the contract would accept from a party has a button, and no other', () => {
  for (const state of states) {
    if (state === 'none') continue
    for (const actor of actors) {
      for (const now of [deadline, deadline + 1]) {
        const { main, others } = stepsAt(state, actor, now)
        const shown = [...(main ? [main] : []), ...others].sort()
        assert.deepEqual(shown, allowed({ state, deadline }, actor, now).sort(), `${state} ${actor} ${now}`)
      }
    }
  }
})

test('whoever the deal waits for sees that step first', () => {
  assert.equal(stepsAt('partlyFunded', 'buyer', deadline).main, 'fund')
  assert.equal(stepsAt('partlyFunded', 'buyer', deadline + 1).main, 'cancelFunding')
  assert.equal(stepsAt('partlyFunded', 'seller', deadline).main, null)
  assert.equal(stepsAt('partlyFunded', 'seller', deadline + 1).main, 'cancelFunding')
  assert.equal(stepsAt('funded', 'seller', deadline).main, 'ship')
  assert.equal(stepsAt('funded', 'buyer', deadline + 1).main, 'reclaim')
  assert.equal(stepsAt('shipped', 'buyer', deadline).main, 'deliver')
  assert.equal(stepsAt('shipped', 'seller', deadline + 1).main, 'deliver')
  assert.equal(stepsAt('delivered', 'buyer', deadline).main, 'release')
  assert.equal(stepsAt('delivered', 'seller', deadline + 1).main, 'claim')
  assert.equal(stepsAt('disputed', 'arbiter', deadline).main, 'rule')
  assert.equal(stepsAt('disputed', 'seller', deadline + 1).main, 'awardByDefault')
})

test('a buyer who waits for the parcel is not urged to pay it out', () => {
  const { main, others } = stepsAt('funded', 'buyer', deadline)
  assert.equal(main, null)
  assert.notEqual(others[0], 'release')
})
