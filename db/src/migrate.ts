import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { COMMIT_LOCK } from './locks.ts'

const MIGRATIONS = join(import.meta.dirname, '../migrations')
const LOCK = 72_707_369 // the advisory lock that Prisma Migrate takes, so that the two never run at once
const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/**
 * Applies the SQL in db/migrations that the database has not seen, each in a transaction, and books it where Prisma's own
 * tools look. With `last` it stops after the one of that name. Returns the names applied. Throws if a migration that was applied
 * has been edited since.
 */
export async function migrate(connectionString: string, last?: string): Promise<string[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(BOOK)
    const known = await appliedChecksums(client)
    const applied: string[] = []
    for (const name of migrationNames().filter((one) => last === undefined || one <= last)) {
      const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      const was = known.get(name)
      if (was !== undefined && was !== checksum) throw new Error(`migration ${name} was edited after it was applied`)
      if (was !== undefined) continue
      await applyOne(client, { name, sql, checksum })
      applied.push(name)
    }
    return applied
  } finally {
    await client.end()
  }
}

function migrationNames(): string[] {
  const entries = readdirSync(MIGRATIONS, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function applyOne(client: pg.Client, migration: { name: string; sql: string; checksum: string }): Promise<void> {
  await client.query('BEGIN')
  await client.query('SELECT pg_advisory_xact_lock($1)', [COMMIT_LOCK])
  try {
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${migration.name} failed`, { cause })
  }
}
