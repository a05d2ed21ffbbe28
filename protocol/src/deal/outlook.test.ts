import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actors, allowed, verdictOn } from './machine.ts'
import { whatIfNobodyActs, whoseTurn } from './outlook.ts'
import { isFinal, openStates, states } from './state.ts'

const deadline = 1000

const afterSilence: Record<string, string> = {
  partlyFunded: 'cancelFunding',
  funded: 'reclaim',
  shipped: 'deliver',
  delivered: 'claim',
  disputed: 'awardByDefault',
}

test('each state that waits for somebody has exactly one thing that follows from silence', () => {
  const outlooks = states.map((state) => whatIfNobodyActs({ state, deadline })?.action ?? null)
  assert.deepEqual(
    outlooks,
    states.map((state) => afterSilence[state as string] ?? null),
  )
})

test('what silence leads to is possible from its second on, and not a second earlier', () => {
  for (const state of states) {
    const outlook = whatIfNobodyActs({ state, deadline })
    if (outlook === null) continue
    const by = actors.find((actor) => outlook.by.some((doer) => doer === actor)) ?? 'stranger'
    assert.deepEqual(verdictOn(outlook.action, { state, deadline }, by, outlook.at), { allowed: true, to: outlook.outcome })
    assert.deepEqual(verdictOn(outlook.action, { state, deadline }, by, outlook.at - 1), { allowed: false, error: 'TooEarly' })
  }
})

test('silence ends every deal', () => {
  for (const start of openStates) {
    let outlook = whatIfNobodyActs({ state: start, deadline })
    for (let steps = 0; outlook !== null && !isFinal(outlook.outcome) && steps < 5; steps++) {
      outlook = whatIfNobodyActs({ state: outlook.outcome, deadline })
    }
    assert.ok(outlook !== null && isFinal(outlook.outcome), start)
  }
})

test('whose turn it is can really act, now', () => {
  for (const state of states) {
    for (const now of [deadline, deadline + 1]) {
      const turn = whoseTurn({ state, deadline }, now)
      for (const who of turn?.who ?? []) {
        const may = allowed({ state, deadline }, who === 'anyone' ? 'stranger' : who, now)
        assert.ok(turn !== null && may.includes(turn.action), `${who} in ${state} at ${now}`)
      }
      assert.equal(turn?.until ?? null, turn !== null && now <= deadline ? deadline : null)
    }
  }
})
