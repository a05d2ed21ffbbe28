import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { signalGroup } from './children.ts'
import { compressStatic } from './compress.ts'

const SOURCES = [
  'web/**/*.{ts,tsx,css,mjs,json,svg,woff2}',
  'protocol/src/**/*.{ts,json}',
  'api/src/**/contract.ts',
  'api/src/http/shapes.ts',
  'tsconfig.base.json',
  'package-lock.json',
]
const NOT_SOURCES = new Set(['next-env.d.ts', 'tsconfig.tsbuildinfo'])

export interface BuildOptions {
  root: string
  say: (line: string) => void
  /** Ends the build when it is not wanted any more. */
  signal: AbortSignal
}

/** Builds the dApp for production, unless it is built from the same sources already. Throws with the end of Next's output. */
export async function buildWeb({ root, say, signal }: BuildOptions): Promise<void> {
  const built = join(root, 'web', process.env.NEXT_DIST_DIR ?? '.next')
  const stamp = join(built, 'fairhold-sources') // in the build itself, so that it goes when that goes
  const want = digestOf(root)
  if (existsSync(join(built, 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  say('building the dApp; the first time takes half a minute')
  rmSync(stamp, { force: true })
  await runNext(root, signal)
  await compressStatic(built)
  writeFileSync(stamp, want)
  say('the dApp is built')
}

function digestOf(root: string): string {
  const hash = createHash('sha256')
  const exclude = (path: string) => path.split(/[\\/]/).some((part) => part === 'node_modules' || part.startsWith('.next'))
  for (const path of SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root, exclude })).sort()) {
    if (!NOT_SOURCES.has(basename(path)) && !path.includes('.test.')) hash.update(path).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function runNext(root: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: join(root, 'web'),
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32', // a group of its own: Next starts processes that must end with it
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
    const giveUp = () => signalGroup(child, 'SIGKILL')
    signal.addEventListener('abort', giveUp, { once: true })
    child.once('error', reject)
    child.once('close', (code) => {
      signal.removeEventListener('abort', giveUp)
      if (code === 0) resolve()
      else reject(new Error(`the dApp could not be built:\n${output.slice(-4000).trim()}`))
    })
  })
}
