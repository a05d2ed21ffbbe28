import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLcov, percentOf, sumOf } from './lcov.ts'

const trace = `TN:
SF:contracts/A.sol
DA:1,5
DA:2,0
BRDA:2,0,0,3
BRDA:2,0,1,-
end_of_record
TN:
SF:contracts/B.sol
DA:7,1
end_of_record
`

test('reads lines and branches of each file, and which are missed', () => {
  const [a, b] = parseLcov(trace)
  assert.deepEqual(a, {
    file: 'contracts/A.sol',
    lines: { hit: 1, all: 2 },
    branches: { hit: 1, all: 2 },
    missedLines: [2],
    missedBranches: [2],
  })
  assert.deepEqual(b?.branches, { hit: 0, all: 0 })
  assert.deepEqual(sumOf(parseLcov(trace), 'lines'), { hit: 2, all: 3 })
})

test('a percentage never rounds up to 100', () => {
  assert.equal(percentOf({ hit: 99_999, all: 100_000 }), '99.99')
  assert.equal(percentOf({ hit: 3, all: 3 }), '100.00')
  assert.equal(percentOf({ hit: 0, all: 0 }), '-')
})
