import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { startPostgres } from './postgres.ts'
import { openRoles } from './roles.ts'

export interface TestDatabase {
  adminUrl: string
  indexerUrl: string
  apiUrl: string
  stop: () => Promise<void>
}

/** A migrated database on a real, throw-away Postgres; on the server of TEST_PG_URL where that is set. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_PG_URL === undefined ? await throwAwayServer() : undefined
  const serverUrl = server?.url ?? process.env.TEST_PG_URL ?? ''
  const name = `test_${randomBytes(6).toString('hex')}`
  await runAs(serverUrl, `CREATE DATABASE ${name}`)
  const admin = new URL(serverUrl)
  admin.pathname = `/${name}`
  await migrate(admin.href)
  const urls = await openRoles(admin.href, 'test')
  const drop = () => runAs(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)
  return { adminUrl: urls.admin, indexerUrl: urls.indexer, apiUrl: urls.api, stop: server?.stop ?? drop }
}

async function throwAwayServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const base = mkdtempSync(join(tmpdir(), 'fairhold-test-pg-'))
  chmodSync(base, 0o755)
  const server = await startPostgres({ dir: join(base, 'data'), port: await freePort(), password: 'test', durable: false })
  const stop = async () => {
    await server.stop()
    rmSync(base, { recursive: true, force: true })
  }
  return { url: server.url(), stop }
}

async function runAs(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
