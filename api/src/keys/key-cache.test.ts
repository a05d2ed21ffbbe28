import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyCache } from './key-cache.ts'

const isWiped = (key: Buffer) => key.every((byte) => byte === 0)
const newKey = () => Buffer.alloc(32, 7)

test('holds no more keys than it may, and overwrites the one unused for longest', () => {
  const cache = createKeyCache({ max: 2, freshMs: 10, keepMs: 20, now: () => 0 })
  const [a, b, c] = [newKey(), newKey(), newKey()]
  cache.put('a', a)
  cache.put('b', b)
  assert.equal(cache.get('a')?.key, a) // b is now the one unused for longest
  cache.put('c', c)
  assert.deepEqual([cache.size(), cache.get('b'), isWiped(b), isWiped(a), isWiped(c)], [2, undefined, true, false, false])
})

test('says when a key is due to be asked for again, and overwrites it when it is too old', () => {
  let time = 0
  const cache = createKeyCache({ max: 2, freshMs: 10, keepMs: 20, now: () => time })
  const key = newKey()
  cache.put('a', key)
  const freshAt = (at: number) => {
    time = at
    return cache.get('a')?.isFresh
  }
  assert.deepEqual([freshAt(9), freshAt(10), freshAt(19)], [true, false, false])
  assert.equal(freshAt(20), undefined)
  assert.ok(isWiped(key))
})

test('overwrites what it drops, replaces or clears', () => {
  const cache = createKeyCache({ max: 9, freshMs: 10, keepMs: 20, now: () => 0 })
  const [a, again, b] = [newKey(), newKey(), newKey()]
  cache.put('a', a)
  cache.put('a', again)
  assert.deepEqual([isWiped(a), isWiped(again)], [true, false])
  cache.drop('a')
  cache.put('b', b)
  cache.clear()
  assert.deepEqual([isWiped(again), isWiped(b), cache.size()], [true, true, 0])
})
