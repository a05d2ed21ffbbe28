import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { heldFor } from './query-client.ts'

const KEY = ['sessions']

before(() => {
  Object.assign(globalThis, { window: {} })
})

test('what was answered to one account is not handed to the next, whether a page used it or not', () => {
  const ada = heldFor('0xada')
  ada.queries.setQueryData(KEY, 'of Ada')
  assert.equal(heldFor('0xada').queries.getQueryData(KEY), 'of Ada', 'another page of hers')
  assert.equal(heldFor('0xbruno').queries.getQueryData(KEY), undefined, 'no page used it meanwhile')
  const again = heldFor('0xada', ada)
  assert.equal(again.queries.getQueryData(KEY), undefined)
  again.queries.setQueryData(KEY, 'of Ada')
  assert.equal(heldFor(null, again).queries.getQueryData(KEY), undefined, 'signed out')
})

test('who signs in goes on with what the page had, in all of its parts', () => {
  const guest = heldFor(null)
  const ada = heldFor('0xada', guest)
  assert.equal(ada.queries, guest.queries)
  assert.equal(heldFor('0xada', guest).queries, ada.queries)
  assert.equal(heldFor('0xbruno', guest).queries === guest.queries, false, 'it has become Ada’s')
})
