import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { changed, quantityOf } from './changed.ts'
import { current, subscribe, write } from './kept.ts'

const stored = new Map<string, string>()
beforeEach(() => {
  stored.clear()
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  }
  Object.assign(globalThis, { localStorage, addEventListener: () => undefined, removeEventListener: () => undefined })
})

const line = (listingId: string, quantity = 1, choice = 0) => ({ listingId, choice, quantity })

test('a change keeps the place of what is there; none of something takes it out', () => {
  const lines = [line('a'), line('b'), line('c')]
  assert.deepEqual(changed(lines, [line('b', 3), line('d'), line('a', 0)]), [line('b', 3), line('c'), line('d')])
  assert.deepEqual(changed(lines, [line('b', 1, 2)]), [...lines, line('b', 1, 2)], 'another way is another line')
})

test('another way of what is there in that way too is both together', () => {
  const lines = [line('a', 3, 1), line('a', 2, 0)]
  const chosen = [line('a', 0, 0), line('a', 2 + quantityOf(lines, 'a', 1), 1)]
  assert.deepEqual(changed(lines, chosen), [line('a', 5, 1)])
  assert.equal(quantityOf(lines, 'b', 0), 0)
})

test('what an earlier version kept is a guest’s; nonsense is nothing', () => {
  stored.set('fairhold.cart.v1', JSON.stringify([line('a', 2)]))
  assert.deepEqual(current(), { owner: null, lines: [line('a', 2)] })
  for (const text of ['nonsense', 'null', '7', '{"owner":null,"lines":{}}', '[{"listingId":"a"}]']) {
    stored.set('fairhold.cart.v1', text)
    assert.deepEqual(current(), { owner: null, lines: [] }, text)
  }
})

test('it is told of, and the same object until it changes', () => {
  let told = 0
  const stop = subscribe(() => {
    told += 1
  })
  write({ owner: '0xada', lines: [line('a')] })
  stop()
  write({ owner: '0xada', lines: [] })
  assert.equal(told, 1)
  assert.equal(current(), current())
})

test('where nothing can be stored it lasts as long as the page', () => {
  const refuse = () => {
    throw new Error('the storage is closed')
  }
  Object.assign(globalThis, { localStorage: { getItem: refuse, setItem: refuse } })
  write({ owner: null, lines: [line('a')] })
  assert.deepEqual(current().lines, [line('a')])
})
