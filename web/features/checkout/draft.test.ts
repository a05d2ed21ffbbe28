import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { rememberSession } from '../../lib/api/known-session.ts'
import { forgetAllDrafts, forgetDraft, keepDraft, readDraft } from './draft.ts'

const stored = new Map<string, string>()
const localStorage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
}
Object.assign(globalThis, { window: { localStorage } })

const signInAs = (address: string | null) => rememberSession(address === null ? null : { address, csrf: 'a token' })
const anAddress = { address: 'Ada\n1 Sea Road' }

beforeEach(() => {
  stored.clear()
  signInAs('0xada')
})

test('an address is kept for its owner, and shown to nobody else', () => {
  keepDraft('a listing', anAddress)
  assert.deepEqual(readDraft('a listing'), anAddress)
  for (const other of ['0xbruno', null]) {
    signInAs(other)
    assert.equal(readDraft('a listing'), null)
  }
  signInAs('0xada')
  assert.deepEqual(readDraft('a listing'), anAddress)
  forgetDraft('a listing')
  assert.equal(readDraft('a listing'), null)
})

test('what somebody else writes takes the place of it, and does not become its owner’s', () => {
  keepDraft('a listing', anAddress)
  signInAs('0xbruno')
  keepDraft('another', { address: 'Bruno' })
  assert.doesNotMatch([...stored.values()].join(), /Sea Road/)
  signInAs('0xada')
  assert.equal(readDraft('another'), null)
})

test('a visitor who signs in takes along what they wrote', () => {
  signInAs(null)
  keepDraft('cart', anAddress)
  signInAs('0xada')
  assert.deepEqual(readDraft('cart'), anAddress)
  keepDraft('cart', anAddress)
  signInAs(null)
  assert.equal(readDraft('cart'), null)
})

test('signing out leaves nothing, nor does what was kept before it had an owner', () => {
  keepDraft('cart', anAddress)
  stored.set('fairhold.checkout.v1', JSON.stringify({ cart: anAddress }))
  forgetAllDrafts()
  assert.equal(stored.size, 0)
  stored.set('fairhold.checkout.v1', JSON.stringify({ cart: anAddress }))
  assert.equal(readDraft('cart'), null)
  assert.equal(stored.size, 0)
  stored.set('fairhold.checkout.v2', 'null')
  assert.equal(readDraft('cart'), null)
})
