import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bitmapOf, finalStates, isFinal, isOpen, openStates, ordinalOf, stateOf, states, statesOf } from './state.ts'

const source = join(import.meta.dirname, '../../../contracts/types/DealState.sol')

test('names and order of the states are those of the Solidity enum', async () => {
  const body = /enum DealState \{([^}]*)\}/.exec(await readFile(source, 'utf8'))?.[1] ?? ''
  const names = body.split(',').map((name) => name.trim())
  assert.deepEqual(
    names.map((name) => name.charAt(0).toLowerCase() + name.slice(1)),
    [...states],
  )
})

test('ordinals and bitmaps lead back to their states', () => {
  for (const state of states) assert.equal(stateOf(ordinalOf(state)), state)
  assert.deepEqual(statesOf(bitmapOf(openStates)).toSorted(), [...openStates].toSorted())
  assert.throws(() => stateOf(states.length), RangeError)
})

test('every state is none, open or final, and only one of them', () => {
  for (const state of states) {
    assert.equal(Number(state === 'none') + Number(isOpen(state)) + Number(isFinal(state)), 1, state)
  }
  assert.equal(finalStates.length + openStates.length + 1, states.length)
})
