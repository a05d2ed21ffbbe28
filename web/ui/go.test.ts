import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, watchPath } from './go.ts'

test('a move is begun by whoever watches its path, whatever is asked for there, and by nobody else', () => {
  const begun: string[] = []
  const moved: string[] = []
  const to = (href: string) => go(href, () => moved.push(href))
  const end = watchPath('/', (move) => {
    begun.push('market')
    move()
  })
  for (const href of ['/', '/?q=lens', '/#main', '/listings/0x1', '/saved?next=/']) to(href)
  assert.deepEqual(begun, ['market', 'market', 'market'])
  assert.equal(moved.length, 5)
  end()
  to('/?q=again')
  assert.equal(begun.length, 3)
  assert.equal(moved.length, 6)
})

test('a page that leaves does not take the watch of the one that has come', () => {
  const begun: string[] = []
  const endOld = watchPath('/', () => begun.push('old'))
  const endNew = watchPath('/', () => begun.push('new'))
  endOld()
  go('/', () => undefined)
  endNew()
  assert.deepEqual(begun, ['new'])
})
