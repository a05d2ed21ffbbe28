/**
 * Proves what test/proofs/ asserts, with the compiler's own model checker (CHC, and BMC for what it leaves open; z3 inside solc): `npm run prove`. Prints a line
 * for each function proved, and fails if an assertion can be violated or could not be decided.
 */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Solc {
  compile(input: string, callbacks: { import: (path: string) => { contents: string } }): string
}
interface Output {
  readonly errors?: readonly { readonly severity: string; readonly message: string; readonly formattedMessage: string }[]
}
const solc: Solc = createRequire(import.meta.url)('solc')

let failed = 0
const files = globSync('test/proofs/*.sol').sort()
for (const file of files) failed += prove(file) ? 0 : 1
console.log(`${files.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function prove(file: string): boolean {
  const started = performance.now()
  const source = readFileSync(file, 'utf8')
  const contract = /contract (\w+)/.exec(source)?.[1] ?? ''
  // Without a time-out: with one the solver inside the compiler answers nothing at all.
  const modelChecker = {
    engine: 'all',
    solvers: ['z3'],
    targets: ['assert'],
    contracts: { [file]: [contract] },
    showUnproved: true,
    showProvedSafe: true,
  }
  const input = { language: 'Solidity', sources: { [file]: { content: source } }, settings: { modelChecker } }
  const output = JSON.parse(
    solc.compile(JSON.stringify(input), { import: (path) => ({ contents: readFileSync(path, 'utf8') }) }),
  ) as Output
  const messages = output.errors ?? []
  const proved = messages.filter(({ message }) => /Assertion violation check is safe/.test(message)).length
  const asserted = [...source.matchAll(/^[^/\n]*\bassert\(/gm)].length
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const isProved = proved === asserted && asserted > 0
  if (!isProved) for (const { formattedMessage } of messages) console.log(formattedMessage)
  console.log(`${isProved ? '✔' : '✖'} ${contract}: ${proved} of ${asserted} assertions proved (${seconds} s)`)
  return isProved
}
