import pg from 'pg'

/**
 * Empties a database that the migrations were applied to, so that they can be applied again: our schemas and their entries
 * in the book of migrations go. Does nothing where our first migration never ran: what is there is somebody else's.
 */
export async function resetDatabase(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    if (!(await isOurs(client))) return false
    await client.query(
      'BEGIN; DROP SCHEMA IF EXISTS chain, chain_next, chain_old, bus, app CASCADE; DROP TABLE _prisma_migrations; COMMIT',
    )
    return true
  } finally {
    await client.end()
  }
}

async function isOurs(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ book: string | null }>(`SELECT to_regclass('_prisma_migrations') AS book`)
  if (rows[0]?.book == null) return false
  const { rowCount } = await client.query(`SELECT FROM _prisma_migrations WHERE migration_name = '0001_init'`)
  return rowCount === 1
}
