/**
 * One worker of `npm run mutate`: takes every n-th mutation, builds the mutant, puts its bytecode in the place of the real one in
 * a copy of the project, and runs the tests there. Prints a JSON line for each.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { compileMutant } from './compile.ts'
import { applyMutation, type Mutation } from './operators.ts'
import { type Target, targets } from './targets.ts'

/** What became of a mutant. Only a survivor is bad news: `invalid` does not compile, `same` has the bytecode of the original. */
export type Fate = 'killed' | 'survived' | 'invalid' | 'same'
export interface Outcome extends Mutation {
  readonly fate: Fate
  /** The statement it stands in, to recognise the mutation when lines move. */
  readonly context: string
}
export interface Job {
  readonly target: string
  readonly mutation: Mutation
}

const COPIED = [
  'artifacts',
  'cache',
  'contracts',
  'test',
  'protocol/golden',
  'hardhat.config.ts',
  'package.json',
  'tsconfig.base.json',
]
/** A mutant that loops or burns gas for so long counts as noticed. */
const MAX_MS = 240_000
const HARDHAT = 'node_modules/hardhat/dist/src/cli.js'

let testing: ChildProcess | undefined
const jobs = JSON.parse(readFileSync(0, 'utf8')) as Job[]
const folder = mkdtempSync(join(tmpdir(), 'fairhold-mutants-'))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
process.on('exit', () => {
  testing?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

for (const path of COPIED) cpSync(path, join(folder, path), { recursive: true })
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
const originals = new Map<string, string>()
for (const { target: name, mutation } of jobs) {
  const target = targets.find((candidate) => candidate.name === name)
  if (target === undefined) throw new Error(`No target ${name}`)
  const source = readFileSync(mutation.file, 'utf8')
  const context = source.split('\n')[mutation.line - 1]?.trim() ?? ''
  const outcome: Outcome = { ...mutation, context, fate: await fateOf(target, mutation, source) }
  console.log(JSON.stringify({ target: name, outcome }))
}
process.exit(0)

async function fateOf(target: Target, mutation: Mutation, source: string): Promise<Fate> {
  const original = originals.get(target.name) ?? (await unmutated(target))
  originals.set(target.name, original)
  const code = compileMutant(target, mutation.file, applyMutation(source, mutation))
  if (code === null) return 'invalid'
  if (code === original) return 'same'
  install(target, code)
  return (await passes(target)) ? 'survived' : 'killed'
}

/** The code without any fault, compiled as the mutants are. All tests must pass on it, or what they notice means nothing. */
async function unmutated(target: Target): Promise<string> {
  const code = compileMutant(target, target.entry.file, readFileSync(target.entry.file, 'utf8'))
  if (code === null) throw new Error(`${target.name} does not compile`)
  install(target, code)
  if (!(await passes(target))) throw new Error(`The tests of ${target.name} fail without any fault`)
  return code
}

/** Puts code in the place of the artifact that the tests deploy. */
function install({ entry }: Target, code: string): void {
  const path = `artifacts/${entry.file}/${entry.contract}.json`
  const artifact = JSON.parse(readFileSync(path, 'utf8')) as object
  writeFileSync(join(folder, path), JSON.stringify({ ...artifact, bytecode: `0x${code}` }))
}

async function passes({ near, far }: Target): Promise<boolean> {
  for (const files of [near, far]) if (files.length > 0 && !(await run(files))) return false
  return true
}

function run(files: readonly string[]): Promise<boolean> {
  return new Promise((done) => {
    testing = spawn(process.execPath, [HARDHAT, 'test', 'solidity', '--no-compile', ...files], { cwd: folder, stdio: 'ignore' })
    const timer = setTimeout(() => testing?.kill('SIGKILL'), MAX_MS)
    testing.once('close', (code) => {
      clearTimeout(timer)
      done(code === 0)
    })
  })
}
