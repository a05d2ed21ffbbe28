import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultAt, isAllAt } from './faults.ts'

const problem = { fields: { 'offer.terms.price': 'Less, please.', 'redirectUris.1': 'No # in it.' } }

test('a fault stands at the field that its path ends in, or that holds its line', () => {
  assert.equal(faultAt(problem, 'price'), 'Less, please.')
  assert.equal(faultAt(problem, 'redirectUris'), 'No # in it.')
  assert.equal(faultAt(problem, 'rice'), undefined)
  for (const none of [null, undefined, new Error('other'), { fields: undefined }]) assert.equal(faultAt(none, 'price'), undefined)
})

test('a form has nothing left to say once every fault stands at a field', () => {
  assert.equal(isAllAt(problem, ['price', 'redirectUris']), true)
  assert.equal(isAllAt(problem, ['price']), false)
  assert.equal(isAllAt(new Error('without fields'), ['price']), false)
})
