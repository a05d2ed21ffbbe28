import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { claimData } from './claim.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairhold-claim-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a folder that a living process has is refused, naming the process', () => {
  writeFileSync(join(folder, 'running.pid'), String(process.ppid))
  assert.throws(() => claimData(folder), new RegExp(`process ${process.ppid}\\) is using the data in`))
})

test('a claim of a process that is gone does not count', () => {
  writeFileSync(join(folder, 'running.pid'), '999999999')
  claimData(folder)()
})

test('a claim that nobody renews does not count, even if something has the number of its process again', () => {
  const file = join(folder, 'running.pid')
  writeFileSync(file, String(process.ppid))
  const old = new Date(Date.now() - 60_000)
  utimesSync(file, old, old)
  claimData(folder)()
})

test('a claim that was given back can be taken', () => {
  claimData(folder)()
  claimData(folder)()
})
