import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@fairhold/db/migrate'
import { startPostgres } from '@fairhold/db/postgres'
import { openRoles } from '@fairhold/db/roles'
import pg from 'pg'
import { freePort } from './ports.ts'

const PASSWORD = 'bench'

/** A Postgres of the benchmark's own that writes as durably as one in production does. */
export type BenchServer = {
  /** Process that is the parent of all its others. */
  pid: number
  /** Makes an empty database, on a server that has nothing left to write of what came before. */
  create: (name: string) => Promise<BenchDatabase>
  stop: () => Promise<void>
}

/** A database for one run. */
export type BenchDatabase = {
  adminUrl: string
  /** Applies our migrations; gives the URL for the indexer's role. */
  migrated: () => Promise<string>
  sizeBytes: () => Promise<number>
  drop: () => Promise<void>
}

/** @param settings of postgresql.conf, where those of a fresh installation would measure the wrong thing */
export async function startServer(settings: readonly string[] = []): Promise<BenchServer> {
  const base = mkdtempSync(join(tmpdir(), 'fairhold-bench-pg-'))
  chmodSync(base, 0o755) // where Postgres runs as another account, it has to get in
  const server = await startPostgres({
    dir: join(base, 'data'),
    port: await freePort(),
    password: PASSWORD,
    durable: true,
    settings,
  })
  const remove = (): void => rmSync(base, { recursive: true, force: true })
  process.once('exit', remove)
  const [{ folder } = { folder: '' }] = await query<{ folder: string }>(
    server.url(),
    `select current_setting('data_directory') as folder`,
  )
  return {
    pid: Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10),
    create: async (name) => {
      await query(server.url(), `create database ${name}`)
      await query(server.url(), 'checkpoint')
      return databaseAt(server.url(name), { name, serverUrl: server.url() })
    },
    stop: async () => {
      await server.stop()
      remove()
      process.removeListener('exit', remove)
    },
  }
}

function databaseAt(adminUrl: string, { name, serverUrl }: { name: string; serverUrl: string }): BenchDatabase {
  return {
    adminUrl,
    migrated: async () => {
      await migrate(adminUrl)
      return (await openRoles(adminUrl, PASSWORD)).indexer
    },
    sizeBytes: async () => {
      const [row] = await query<{ size: string }>(serverUrl, 'select pg_database_size($1) as size', [name])
      return Number(row?.size)
    },
    drop: async () => void (await query(serverUrl, `drop database ${name} with (force)`)),
  }
}

/** One statement on a connection of its own. */
export async function query<T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query<T>(sql, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}
