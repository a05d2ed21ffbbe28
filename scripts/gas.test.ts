import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareGas, formatRow } from './gas.ts'

const committed = { gas: { open: 100, gone: 5 }, codeSize: { Escrow: 9 } }

test('a changed, a new and a vanished figure are all seen', () => {
  const rows = compareGas(committed, { gas: { open: 101, fresh: 7 }, codeSize: { Escrow: 9 } })
  assert.deepEqual(rows, [
    { name: 'open', committed: 100, measured: 101 },
    { name: 'fresh', committed: null, measured: 7 },
    { name: 'Escrow, bytes of code', committed: 9, measured: 9 },
    { name: 'gone', committed: 5, measured: null },
  ])
})

test('a row says what a figure was only where it differs', () => {
  assert.match(formatRow({ name: 'open', committed: 1000, measured: 2000 }), /2,000 {3}was 1,000$/)
  assert.doesNotMatch(formatRow({ name: 'open', committed: 1000, measured: 1000 }), /was/)
})
