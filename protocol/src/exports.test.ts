import assert from 'node:assert/strict'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

const here = import.meta.dirname
const snapshot = join(here, '../golden/exports.json')

/** What ships: every module but the tests and what supports them. */
async function sources(): Promise<string[]> {
  const paths: string[] = []
  for await (const path of glob('**/*.ts', { cwd: here })) if (!path.includes('.test')) paths.push(path)
  return paths.toSorted()
}

/** Values that each module offers; types leave no trace at run time. */
async function surface(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const path of await sources()) {
    found[path.replace(/\.ts$/, '')] = Object.keys(await import(join(here, path))).toSorted()
  }
  return found
}

test('the public surface is the one that was agreed on (UPDATE_EXPORTS=1 records a new one)', async () => {
  const now = await surface()
  if (process.env.UPDATE_EXPORTS === '1') await writeFile(snapshot, `${JSON.stringify(now, null, 2)}\n`)
  assert.deepEqual(now, JSON.parse(await readFile(snapshot, 'utf8')))
})

test('nothing here needs Node: the sources run in browsers too', async () => {
  for (const path of await sources()) {
    const text = await readFile(join(here, path), 'utf8')
    assert.doesNotMatch(text, /from 'node:|\bprocess\.|\bBuffer\b|Date\.now|Math\.random/, path)
  }
})

test('modules import themselves, viem and nothing else', async () => {
  for (const path of await sources()) {
    const text = await readFile(join(here, path), 'utf8')
    for (const [, from] of text.matchAll(/from '([^']+)'/g)) assert.match(from ?? '', /^(\.{1,2}\/.*|viem)$/, path)
  }
})
