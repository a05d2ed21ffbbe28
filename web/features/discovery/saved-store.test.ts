import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SavedStore } from './saved-store.ts'

/** An API whose answers come when they are let. */
function slowApi() {
  const asked: { answer: (ids: string[]) => void; fail: () => void }[] = []
  const written: { done: () => void; refuse: () => void }[] = []
  const store = new SavedStore({
    ids: () => new Promise((answer, fail) => asked.push({ answer, fail: () => fail(new Error('away')) })),
    write: () => new Promise((done, refuse) => written.push({ done, refuse: () => refuse(new Error('refused')) })),
  })
  const shown = () => [...store.ids()].sort()
  return { store, asked, written, shown }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a visitor who signs in to save something sees it saved, whatever comes first', async () => {
  const { store, asked, written, shown } = slowApi()
  store.follow(null)
  const saving = store.change('ada', 'lamp', true) // she is signed in, and the page has not been drawn for her yet
  store.follow('ada')
  assert.deepEqual(shown(), ['lamp'])
  asked[0]?.answer(['chair']) // as it was before
  await settled()
  assert.deepEqual(shown(), ['chair', 'lamp'])
  written[0]?.done()
  await saving
  assert.deepEqual(shown(), ['chair', 'lamp'])
  assert.equal(asked.length, 1)
})

test('what was let go of does not come back with the list', async () => {
  const { store, asked, shown } = slowApi()
  store.follow('ada')
  void store.change('ada', 'chair', false)
  asked[0]?.answer(['chair', 'lamp'])
  await settled()
  assert.deepEqual(shown(), ['lamp'])
})

test('what the API refuses is taken back, but not from the list of somebody else', async () => {
  const { store, asked, written, shown } = slowApi()
  store.follow('ada')
  const first = store.change('ada', 'lamp', true)
  written[0]?.refuse()
  await assert.rejects(first, /refused/)
  assert.deepEqual(shown(), [])
  const second = store.change('ada', 'lamp', true)
  store.follow('bruno')
  asked[1]?.answer(['lamp'])
  await settled()
  written[1]?.refuse()
  await assert.rejects(second, /refused/)
  assert.deepEqual(shown(), ['lamp'])
})

test('another account begins anew, and an API that was away is asked again', async () => {
  const { store, asked, shown } = slowApi()
  store.follow('ada')
  store.follow('bruno')
  asked[0]?.answer(['of ada'])
  asked[1]?.fail()
  await settled()
  assert.deepEqual(shown(), [])
  store.follow('bruno')
  asked[2]?.answer(['lamp'])
  await settled()
  assert.deepEqual(shown(), ['lamp'])
})
