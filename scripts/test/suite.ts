import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { signalGroup } from '../start/children.ts'

/** A command of the test run, and how its tests are counted: by its runner's summary, or as one test by its exit code. */
export interface Suite {
  name: string
  counts: 'exit' | 'hardhat' | 'node' | 'seeds'
  /** Arguments for this Node; empty where there is nothing to run, which is a failure. */
  command: string[]
}

export interface Result {
  passed: number
  failed: number
}

/** Where the output of every suite is kept. */
export const LOGS = 'test-results/logs'
const TAIL_LINES = 80

/** Runs one suite, says how it went, and prints the end of its output if it failed. All of it is kept in test-results/logs. */
export async function runSuite(suite: Suite): Promise<Result> {
  const started = performance.now()
  process.stdout.write(`▶ ${suite.name}\n`)
  const { output, code } = await collect(suite)
  const counted = countTests(suite.counts, output, code)
  const failed = counted.failed === 0 && (code !== 0 || counted.passed === 0) ? 1 : counted.failed
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (failed > 0) console.log(output.split('\n').slice(-TAIL_LINES).join('\n'))
  for (const line of leftOut(output)) console.log(line)
  if (counted.passed + counted.failed === 0) console.log(`${suite.name} ran no test`)
  console.log(`${failed > 0 ? '✖' : '✔'} ${suite.name}: ${counted.passed} passed, ${failed} failed (${seconds} s)`)
  return { passed: counted.passed, failed }
}

/** How many tests a runner says passed and failed, in the summary at its end. Pure, so that it can be tested on what runners print. */
export function countTests(counts: Suite['counts'], output: string, code: number): Result {
  if (counts === 'exit') return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (counts === 'hardhat') return { passed: last(output, /(\d+) passing/g), failed: last(output, /(\d+) failing/g) }
  if (counts === 'seeds') return { passed: last(output, /^(\d+) passed, /gm), failed: last(output, /, (\d+) failed$/gm) }
  return {
    passed: last(output, /^ℹ pass (\d+)/gm),
    failed: last(output, /^ℹ fail (\d+)/gm) + last(output, /^ℹ cancelled (\d+)/gm),
  }
}

/** What a runner left out, and why: nothing is left out in silence. */
export function leftOut(output: string): string[] {
  return [...output.matchAll(/^\s*﹣ (.+?) \([\d.]+ms\) # (.+)$/gm)].map(([, name, why]) => `﹣ left out: ${name}: ${why}`)
}

/** Only the last: a test may print what looks like a summary. */
function last(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0)
}

let running: ChildProcess | undefined
process.on('exit', () => running && signalGroup(running, 'SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1))

function collect(suite: Suite): Promise<{ output: string; code: number }> {
  if (suite.command.length === 0) return Promise.resolve({ output: '', code: 1 })
  mkdirSync(LOGS, { recursive: true })
  const log = createWriteStream(join(LOGS, `${suite.name.replace(/[^a-z0-9]+/gi, '-')}.log`))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, suite.command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
      detached: process.platform !== 'win32', // a group of its own, which ends when we do
    })
    running = child
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk
        log.write(chunk)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => {
      running = undefined
      log.end()
      resolve({ output, code: code ?? 1 })
    })
  })
}
