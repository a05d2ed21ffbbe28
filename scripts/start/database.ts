import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '@fairhold/db/migrate'
import { startPostgres } from '@fairhold/db/postgres'
import { openRoles, type RoleUrls } from '@fairhold/db/roles'
import pg from 'pg'

export interface DatabaseOptions {
  dataDir: string
  port: number
  /** Administrator's URL of a database to use instead of one of our own. */
  databaseUrl: string | undefined
  log: (chunk: Buffer) => void
}

export interface RunningDatabase {
  urls: RoleUrls
  /** Settles when a server of our own ends; never for somebody else's. */
  ended: Promise<void>
  stop: () => Promise<void>
}

const NAME = 'fairhold'

/** The database, migrated, with its two roles able to log in: the one of DATABASE_URL, or one of our own in `dataDir`. */
export async function startDatabase({ dataDir, port, databaseUrl, log }: DatabaseOptions): Promise<RunningDatabase> {
  const password = secretIn(dataDir)
  if (databaseUrl !== undefined) {
    await migrate(databaseUrl)
    return { urls: await openRoles(databaseUrl, password), ended: new Promise(() => undefined), stop: async () => undefined }
  }
  const server = await startPostgres({ dir: join(dataDir, 'pg'), port, password, durable: true, log })
  try {
    await createDatabase(server.url())
    const url = server.url(NAME)
    await migrate(url)
    return { urls: await openRoles(url, password), ended: server.ended, stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** A password made once and kept beside the data, readable by its owner alone. */
function secretIn(dataDir: string): string {
  const file = join(dataDir, 'pg-password')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8')
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`)
  } finally {
    await client.end()
  }
}
