import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Change, phaseTable, summarisePhases } from './report.ts'

const change: Change = { sent: 1_000, mined: 1_010, stored: 1_013, noticed: 1_040, asked: 1_041, answered: 1_090, shown: 1_100 }

test('the whole way is from mined to shown, and its parts add up to it', () => {
  const [whole, ...parts] = summarisePhases([change])
  const counted = parts.slice(0, -1).map(({ p50 }) => p50)
  assert.equal(whole?.p50, 90)
  assert.deepEqual(counted, [3, 27, 1, 49, 10])
  assert.equal(
    counted.reduce((sum, value) => sum + value, 0),
    whole?.p50,
  )
})

test('a change that the page asked for before it heard of it counts only where both ends are known', () => {
  const spreads = summarisePhases([{ ...change, noticed: null, shown: 2_000 }, change])
  assert.deepEqual([spreads[0]?.max, spreads[2]?.max], [990, 27])
  assert.match(phaseTable(spreads), /mined → shown\*\* +\| +90\.0 \| +990\.0 \| +990\.0 \|/)
})
