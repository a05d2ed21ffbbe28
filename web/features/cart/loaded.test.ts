import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadedFrom } from './loaded.ts'

const TOKEN = '0x0000000000000000000000000000000000000000'
const market = { tokens: [{ address: TOKEN, symbol: 'ETH', decimals: 18 }] } as never

/** A listing with so many units, to be had by post and to be fetched; `taken` ones are gone. */
function listing(id: string, quantity: number, taken: readonly number[] = []) {
  const units = (choice: number) =>
    Array.from({ length: quantity }, (_, unit) => ({ unit, dealId: `${id} ${choice} ${unit}`, taken: taken.includes(unit) }))
  const choices = [0, 1].map((choice) => ({ choice, kind: choice === 0 ? 'ship' : 'pickup', price: '100', units: units(choice) }))
  return { id, status: 'active', token: TOKEN, title: id, seller: { address: '0xada', name: 'Ada' }, choices } as never
}
const line = (listingId: string, choice: number, quantity: number) => ({ listingId, choice, quantity })

test('what there is once is not bought by post and fetched as well', () => {
  const one = listing('a', 1)
  const loaded = loadedFrom([line('a', 1, 1), line('a', 0, 1)], [one, one], { market, mine: [] })
  assert.deepEqual(
    loaded.map(({ available, deals }) => [available, deals.map(({ dealId }) => dealId)]),
    [
      [1, ['a 1 0']],
      [0, []],
    ],
  )
})

test('units go to the lines in their order, whoever took some before; no unit is given twice, in no listing', () => {
  const [a, b] = [listing('a', 5, [1]), listing('b', 2)]
  const loaded = loadedFrom([line('a', 0, 2), line('b', 0, 1), line('a', 1, 3)], [a, b, a], { market, mine: [] })
  assert.deepEqual(
    loaded.map(({ available, deals }) => [available, deals.map(({ dealId }) => dealId)]),
    [
      [4, ['a 0 0', 'a 0 2']],
      [2, ['b 0 0']],
      [2, ['a 1 3', 'a 1 4']],
    ],
  )
  const sold = loaded.flatMap(({ deals }) => deals.flatMap(({ siblings }) => siblings))
  assert.equal(new Set(sold).size, sold.length)
})

test('nothing is to be had of what is gone, is one’s own, or is not loaded', () => {
  const lines = [line('a', 0, 1), line('b', 0, 1), line('c', 0, 1)]
  const loaded = loadedFrom(lines, [null, undefined, listing('c', 1)], { market, mine: ['0xada'] })
  assert.deepEqual(
    loaded.map(({ available, deals }) => available + deals.length),
    [0, 0, 0],
  )
})
