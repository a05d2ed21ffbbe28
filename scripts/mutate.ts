/**
 * Mutation testing of the contracts: `npm run mutate` puts every fault that scripts/mutate/operators.ts knows into Escrow,
 * Reputation and ArbiterPool, one at a time, and demands that a test fails. `npm run mutate -- Escrow` does one of them,
 * `--only TEXT` only places whose file and statement contain the text. Without `--only` each target's page in docs/security/mutation
 * is written anew; its survivors are explained in scripts/mutate/explained.json, and an unexplained one fails the run.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import hre from 'hardhat'
import { mutationsOf } from './mutate/operators.ts'
import { type Explanations, nameOf, reportOf } from './mutate/report.ts'
import { targets } from './mutate/targets.ts'
import type { Job, Outcome } from './mutate/worker.ts'

const REPORTS = 'docs/security/mutation'
interface Entry {
  readonly target: string
  readonly outcome: Outcome
}

const { names, only } = parseArguments(process.argv.slice(2))
const chosen = targets.filter(({ name }) => names.length === 0 || names.includes(name))
const jobs = chosen.flatMap(({ name, sources }) => sources.flatMap((file) => jobsIn(name, file)))
const reasons = JSON.parse(readFileSync('scripts/mutate/explained.json', 'utf8')) as Explanations
await hre.tasks.getTask('build').run({ quiet: true })
const workers = availableParallelism()
console.log(`${jobs.length} mutations, ${workers} at a time`)
const entries = (await Promise.all(Array.from({ length: workers }, (_, index) => work(share(index))))).flat()
const ordered = jobs.flatMap((job) => entries.filter((entry) => isFor(entry, job)))
const survivors = ordered.filter(({ outcome }) => outcome.fate === 'survived')
for (const { outcome } of survivors) console.log(`survived, line ${outcome.line}: ${nameOf(outcome)}`)
if (only === undefined) {
  for (const { name } of chosen) {
    const outcomes = ordered.filter(({ target }) => target === name).map(({ outcome }) => outcome)
    writeFileSync(`${REPORTS}/${name}.md`, reportOf(name, outcomes, reasons))
  }
}
const unexplained = survivors.filter(({ outcome }) => reasons[nameOf(outcome)] === undefined).length
console.log(`${ordered.length - survivors.length} passed, ${unexplained} failed`)
process.exitCode = unexplained === 0 ? 0 : 1

function parseArguments(words: readonly string[]): { names: string[]; only: string | undefined } {
  const at = words.indexOf('--only')
  return {
    names: words.filter((_, index) => at < 0 || (index !== at && index !== at + 1)),
    only: at < 0 ? undefined : words[at + 1],
  }
}

function jobsIn(target: string, file: string): Job[] {
  const source = readFileSync(file, 'utf8')
  const lines = source.split('\n')
  const isWanted = (line: number): boolean => only === undefined || `${file} ${lines[line - 1]}`.includes(only)
  return mutationsOf(file, source)
    .filter(({ line }) => isWanted(line))
    .map((mutation) => ({ target, mutation }))
}

/** Every n-th, so that the workers' shares are alike. */
function share(index: number): Job[] {
  return jobs.filter((_, position) => position % workers === index)
}

function isFor({ target, outcome }: Entry, job: Job): boolean {
  const { file, start, kind } = job.mutation
  return target === job.target && outcome.file === file && outcome.start === start && outcome.kind === kind
}

async function work(mine: readonly Job[]): Promise<Entry[]> {
  const child = spawn(process.execPath, ['scripts/mutate/worker.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill())
  child.stdin.end(JSON.stringify(mine))
  const done: Entry[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as Entry
    done.push(entry)
    const { fate, file, line: at, kind } = entry.outcome
    console.log(`${fate.padEnd(9)} ${file}:${at} ${kind}`)
  }
  if (done.length !== mine.length) throw new Error(`A worker ended after ${done.length} of ${mine.length} mutations`)
  return done
}
