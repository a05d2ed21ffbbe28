import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { startPostgres } from './postgres.ts'
import { openRoles, roleUrls } from './roles.ts'

const PASSWORD = 'test'

export interface TestDatabase {
  adminUrl: string
  indexerUrl: string
  apiUrl: string
  stop: () => Promise<void>
}

export interface TestDatabaseOptions {
  /** False leaves the database empty: for tests of the migrations themselves. */
  migrated?: boolean
  /** Administrator's URL of a running server to use, instead of one started for this database. TEST_PG_URL does the same. */
  server?: string | undefined
}

const LOCK = 72_707_370 // roles belong to the server: two databases must not make them at once

/**
 * A database on a real Postgres, with the migrations applied: a throw-away server of its own, or only a new database where a
 * server is named. `stop` removes whatever was made. The URLs of the two roles work once the migrations are applied.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { migrated = true, server = process.env.TEST_PG_URL } = options
  const own = server === undefined ? await throwAwayServer() : undefined
  const serverUrl = own?.url ?? server ?? ''
  const name = `test_${randomBytes(6).toString('hex')}`
  await runAs(serverUrl, `CREATE DATABASE ${name}`)
  const admin = withPath(serverUrl, name)
  if (migrated) await withLock(serverUrl, () => migrate(admin).then(() => openRoles(admin, PASSWORD)))
  const urls = roleUrls(admin, PASSWORD)
  const drop = () => runAs(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)
  return { adminUrl: urls.admin, indexerUrl: urls.indexer, apiUrl: urls.api, stop: own?.stop ?? drop }
}

async function throwAwayServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const base = mkdtempSync(join(tmpdir(), 'fairhold-test-pg-'))
  chmodSync(base, 0o755)
  const server = await startPostgres({ dir: join(base, 'data'), port: await freePort(), password: PASSWORD, durable: false })
  const stop = async () => {
    await server.stop()
    rmSync(base, { recursive: true, force: true })
  }
  return { url: server.url(), stop }
}

function withPath(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

/** Runs `work` while no other test sets up roles on this server. */
async function withLock(serverUrl: string, work: () => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withPath(serverUrl, 'postgres') })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await work()
  } finally {
    await client.end()
  }
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
