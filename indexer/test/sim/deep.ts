/**
 * `node indexer/test/sim/deep.ts [first] [count] [at once]`: plays seeds, 1 to 10,000 unless told otherwise, prints those that fail
 * and how to see them again. Ends with `N passed, N failed`; the exit code is 1 if any failed.
 */
import { createSimDatabases, stopSimDatabases } from './database.ts'
import { playSeeds } from './play-seeds.ts'
import { report } from './simulate.ts'

const DEFAULT_COUNT = 10_000
const DEFAULT_AT_ONCE = 8
const REPORT_EVERY = 500

const [first = 1, count = DEFAULT_COUNT, atOnce = DEFAULT_AT_ONCE] = process.argv.slice(2).map(Number)
const databases = await createSimDatabases(Math.min(atOnce, count))
let passed = 0
let failed = 0
const seeds = Array.from({ length: count }, (_, k) => first + k)
await playSeeds(seeds, databases, (outcome) => {
  if (outcome.problems.length === 0) passed += 1
  else failed += 1
  if (outcome.problems.length > 0) console.log(report(outcome))
  if ((passed + failed) % REPORT_EVERY === 0) console.log(`${passed + failed} of ${count} seeds played`)
})
await stopSimDatabases(databases)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
