import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = [
  'web/**/*.{ts,tsx,css,mjs,json}',
  'protocol/src/**/*',
  'api/src/**/contract.ts',
  'api/src/http/shapes.ts',
  'package-lock.json',
]

/** Builds the dApp for production, unless it is built from the same sources already. */
export async function buildWeb(root: string, say: (line: string) => void): Promise<void> {
  const stamp = join(root, '.cache/web-build')
  const want = digestOf(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want && existsSync(join(root, 'web/.next/BUILD_ID'))) return
  say('building the dApp; the first time takes half a minute')
  await runNext(root)
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(stamp, want)
}

function digestOf(root: string): string {
  const hash = createHash('sha256')
  const ignored = (path: string) => path.includes('node_modules') || path.includes('.next')
  const files = SOURCES.flatMap((pattern) =>
    globSync(pattern, {
      cwd: root,
      exclude: (entry) => ignored(typeof entry === 'string' ? entry : join(entry.parentPath, entry.name)),
      withFileTypes: true,
    }),
  ).filter((entry) => entry.isFile())
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    if (!file.endsWith('tsbuildinfo') && !file.endsWith('next-env.d.ts'))
      hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function runNext(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = join(root, 'node_modules/next/dist/bin/next')
    const child = spawn(process.execPath, [next, 'build'], { cwd: join(root, 'web'), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the dApp could not be built:\n${output.slice(-4000)}`)),
    )
  })
}
