import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { DraftForm } from '@fairhold/api/contract/drafts'
import { dropLocal, keepLocal, recallLocal } from './local-draft.ts'

const stored = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  },
})
const drafted = (title: string) => ({ form: { title } as unknown as DraftForm, id: null, revision: 0 })
const at = (account: string | null, listingId: string | null = null) => ({ account, listingId })
const titleAt = (account: string | null, listingId: string | null = null) =>
  recallLocal(at(account, listingId))?.form.title ?? null

beforeEach(() => stored.clear())

test('what one account writes is not shown to another, nor to a visitor, and outlasts what these write', () => {
  keepLocal(at('0xada'), drafted('A lamp'))
  assert.equal(titleAt('0xbruno'), null)
  assert.equal(titleAt(null), null)
  keepLocal(at('0xbruno'), drafted('A chair'))
  keepLocal(at(null), drafted('A table'))
  assert.deepEqual([titleAt('0xada'), titleAt('0xbruno')], ['A lamp', 'A chair'])
})

test('a visitor’s draft is gone on with by who signs in, and is gone once that is saved', () => {
  keepLocal(at(null), drafted('A table'))
  assert.equal(titleAt('0xada'), 'A table')
  dropLocal(at('0xada'))
  assert.equal(titleAt(null), null)
})

test('an edit has a place of its own', () => {
  keepLocal(at('0xada'), drafted('A lamp'))
  assert.equal(titleAt('0xada', '0xlisting'), null)
  stored.set('fairhold.sell-draft.v2', '{"form":null}')
  assert.equal(titleAt(null), null, 'what is no draft is none')
})
