import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'

/** A process that starts a server, says its URL, and then waits to be ended. */
const HOLDER = `
  const { createTestDatabase } = await import('./testing.ts')
  const database = await createTestDatabase({ migrated: false })
  console.log(database.adminUrl)
  setInterval(() => undefined, 1000)`

test('the server ends with the process that started it, even one that is killed', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairhold-killed-'))
  chmodSync(folder, 0o755) // the server may run as another account
  const env = { ...process.env, TEST_PG_URL: undefined, TMPDIR: folder }
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER], { cwd: import.meta.dirname, env })
  const [said] = (await once(holder.stdout, 'data')) as [Buffer]
  const url = String(said).trim()
  assert.equal(await answers(url), true)
  holder.kill('SIGKILL')
  const deadline = Date.now() + 10_000
  while (await answers(url)) {
    assert.ok(Date.now() < deadline, 'the server is still there')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
