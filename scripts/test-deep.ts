/**
 * `npm run test:deep`: what takes too long for every commit. Proofs, the deep profile of the invariants (ten million calls),
 * coverage, 10,000 seeds of the indexer's simulator, and mutation testing. `npm run test:deep -- prove invariants` runs only
 * those. Ends with `N passed, N failed`.
 */
import { globSync } from 'node:fs'
import { runSuite, type Suite } from './test/suite.ts'

const HARDHAT = 'node_modules/hardhat/dist/src/cli.js'
const suites: Suite[] = [
  { name: 'prove', counts: 'exit', command: ['scripts/prove.ts'] },
  {
    name: 'invariants',
    counts: 'hardhat',
    command: [HARDHAT, '--config', 'hardhat.deep.config.ts', 'test', 'solidity', ...globSync('test/invariant/*.t.sol').sort()],
  },
  { name: 'coverage', counts: 'exit', command: ['scripts/coverage.ts'] },
  { name: 'indexer', counts: 'seeds', command: ['indexer/test/sim/deep.ts'] },
  { name: 'mutate', counts: 'exit', command: ['scripts/mutate.ts'] },
]

const wanted = process.argv.slice(2)
const unknown = wanted.find((word) => !suites.some(({ name }) => name === word))
if (unknown !== undefined) {
  console.error(`No suite ${unknown}. There are: ${suites.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}
let passed = 0
let failed = 0
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const result = await runSuite(suite)
  passed += result.passed
  failed += result.failed
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
