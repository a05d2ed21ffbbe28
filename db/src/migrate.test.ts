import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

describe('migrations', () => {
  let database: TestDatabase
  const clients: pg.Client[] = []

  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    clients.push(client)
    return client
  }

  before(async () => {
    database = await createTestDatabase()
  })

  after(async () => {
    for (const client of clients) await client.end()
    await database.stop()
  })

  test('migrations applied a second time do nothing', async () => {
    assert.deepEqual(await migrate(database.adminUrl), [])
  })

  test('a migration that was edited after it was applied is refused', async () => {
    const admin = await connect(database.adminUrl)
    const { rows } = await admin.query<{ checksum: string }>('SELECT checksum FROM _prisma_migrations LIMIT 1')
    await admin.query("UPDATE _prisma_migrations SET checksum = 'another'")
    await assert.rejects(migrate(database.adminUrl), /was edited after it was applied/)
    await admin.query('UPDATE _prisma_migrations SET checksum = $1', [rows[0]?.checksum])
  })
})
