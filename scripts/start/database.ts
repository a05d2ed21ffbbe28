import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '@fairhold/db/migrate'
import { startPostgres } from '@fairhold/db/postgres'
import { openRoles, type RoleUrls } from '@fairhold/db/roles'
import pg from 'pg'

export interface RunningDatabase {
  urls: RoleUrls
  stop: () => Promise<void>
}

const NAME = 'fairhold'

/**
 * The database, migrated. With DATABASE_URL it is that one, whose roles are its administrator's business unless it lets us
 * set their passwords; else one of our own in `dataDir`.
 */
export async function startDatabase(options: {
  dataDir: string
  port: number
  databaseUrl: string | undefined
}): Promise<RunningDatabase> {
  const password = secretIn(options.dataDir)
  if (options.databaseUrl !== undefined) {
    await migrate(options.databaseUrl)
    return { urls: await openRoles(options.databaseUrl, password), stop: async () => undefined }
  }
  const server = await startPostgres({ dir: join(options.dataDir, 'pg'), port: options.port, password, durable: true })
  await createDatabase(server.url())
  const url = server.url(NAME)
  await migrate(url)
  return { urls: await openRoles(url, password), stop: server.stop }
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
