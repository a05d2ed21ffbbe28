/**
 * `npm test`: every check and test, suite by suite. `npm test -- contracts api` runs only those.
 * Ends with one line, `N passed, N failed`; the exit code is 1 if anything failed or a suite ran nothing.
 */
import { globSync } from 'node:fs'
import { LOGS, runSuite, type Suite } from './test/suite.ts'

const HARDHAT = 'node_modules/hardhat/dist/src/cli.js'
const TSC = 'node_modules/typescript/bin/tsc'
const WORKSPACES = ['protocol', 'db', 'indexer', 'api', 'web']

const suites: Suite[] = [
  { name: 'format', counts: 'exit', command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'] },
  ...['.', ...WORKSPACES].map(
    (folder): Suite => ({ name: `types ${folder}`, counts: 'exit', command: [TSC, '--noEmit', '-p', folder] }),
  ),
  { name: 'generated', counts: 'exit', command: ['scripts/generate.ts', '--check'] },
  { name: 'contracts', counts: 'hardhat', command: [HARDHAT, 'test', 'solidity'] },
  { name: 'gas', counts: 'exit', command: ['scripts/gas.ts'] },
  nodeTests('integration', 'test/integration/**/*.test.ts'),
  nodeTests('scripts', 'scripts/**/*.test.ts'),
  ...WORKSPACES.map((folder) => nodeTests(folder, `${folder}/**/*.test.ts`)),
  nodeTests('e2e', 'test/e2e/**/*.test.ts'),
]

function nodeTests(name: string, pattern: string): Suite {
  const exclude = (path: string) => path.includes('node_modules') || path.includes('.next')
  const files = globSync(pattern, { exclude }).sort()
  const options = ['--test', '--test-reporter=spec', '--test-concurrency=1', '--test-timeout=600000']
  // Without any file Node would look for tests everywhere: no command, which counts as a failure.
  return { name, counts: 'node', command: files.length === 0 ? [] : [...options, ...files] }
}

const wanted = process.argv.slice(2)
const chosen = suites.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name === word || name.startsWith(`${word} `)),
)
if (chosen.length === 0) {
  console.error(`No such suite. There are: ${suites.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}

let passed = 0
let failed = 0
for (const suite of chosen) {
  const result = await runSuite(suite)
  passed += result.passed
  failed += result.failed
}
const seconds = Math.round(performance.now() / 1000)
console.log(`\n${chosen.length} suites in ${seconds} s; what each printed is in ${LOGS}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
