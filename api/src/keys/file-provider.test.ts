import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { createFileProvider } from './file-provider.ts'

const key = Buffer.alloc(32, 7)
let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fairhold-test-keys-'))
  file = join(dir, 'wrapping-keys.json')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('makes its file when it first wraps, for its owner alone', async () => {
  const provider = createFileProvider({ dir })
  assert.ok(!existsSync(file))
  const wrapped = await provider.wrap(key, 'a')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(await provider.unwrap(wrapped, 'a'), key)
  assert.ok(!Buffer.from(wrapped.wrapped).includes(key))
})

test('of many at their first start one makes the file, and all use it', async () => {
  const many = Array.from({ length: 12 }, () => createFileProvider({ dir }))
  const wrapped = await Promise.all(many.map((provider) => provider.wrap(key, 'a')))
  assert.equal(new Set(wrapped.map(({ wrappingKey }) => wrappingKey)).size, 1)
  assert.deepEqual(readdirSync(dir), ['wrapping-keys.json'])
  for (const one of wrapped) assert.deepEqual(await createFileProvider({ dir }).unwrap(one, 'a'), key)
})

test('does not unwrap a data key as another, nor an altered one', async () => {
  const provider = createFileProvider({ dir })
  const wrapped = await provider.wrap(key, 'a')
  await assert.rejects(provider.unwrap(wrapped, 'b'), { name: 'KeyError', fault: 'wrong-context' })
  const altered = wrapped.wrapped.map((byte, index) => (index === 20 ? byte ^ 1 : byte))
  await assert.rejects(provider.unwrap({ ...wrapped, wrapped: altered }, 'a'), { fault: 'wrong-context' })
})

test('says that its file is gone, and makes no other in its place', async () => {
  const provider = createFileProvider({ dir })
  const wrapped = await provider.wrap(key, 'a')
  rmSync(file)
  await assert.rejects(provider.unwrap(wrapped, 'a'), { fault: 'unknown-key', message: /is not there: .*wrapping-keys\.json/ })
  assert.ok(!existsSync(file))
})

test('says which key is missing when the file is of another installation', async () => {
  const wrapped = await createFileProvider({ dir }).wrap(key, 'a')
  rmSync(file)
  const other = createFileProvider({ dir })
  await other.wrap(key, 'b')
  await assert.rejects(other.unwrap(wrapped, 'a'), { fault: 'unknown-key', message: new RegExp(wrapped.wrappingKey) })
})

test('uses no file that others may read', { skip: process.platform === 'win32' }, async () => {
  const provider = createFileProvider({ dir })
  await provider.wrap(key, 'a')
  chmodSync(file, 0o640)
  await assert.rejects(provider.wrap(key, 'a'), { fault: 'denied', message: /chmod 600/ })
})

test('tells nothing of a damaged file but that it is damaged', async () => {
  const provider = createFileProvider({ dir })
  await provider.wrap(key, 'a')
  const text = readFileSync(file, 'utf8')
  const secret = JSON.parse(text).keys[0].key
  writeFileSync(file, text.slice(0, -4), { mode: 0o600 })
  const error = await provider.wrap(key, 'a').catch((caught: Error) => caught)
  assert.match(String(error), /damaged/)
  assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes(secret.slice(0, 10)))
})

test('renewed, it wraps under the new key and still unwraps the old until it is told to forget it', async () => {
  const provider = createFileProvider({ dir })
  const old = await provider.wrap(key, 'a')
  const id = await provider.renew?.()
  const fresh = await provider.wrap(key, 'a')
  assert.deepEqual([fresh.wrappingKey, await provider.current()], [id, id])
  assert.notEqual(id, old.wrappingKey)
  assert.equal(await provider.forget?.(new Set([old.wrappingKey])), 0)
  assert.deepEqual(await provider.unwrap(old, 'a'), key)
  assert.equal(await provider.forget?.(new Set()), 1)
  await assert.rejects(provider.unwrap(old, 'a'), { fault: 'unknown-key' })
  assert.deepEqual(await provider.unwrap(fresh, 'a'), key)
  assert.equal(statSync(file).mode & 0o777, 0o600)
})
