import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
before(async () => {
  database = await createTestDatabase({ migrated: false })
})
after(() => database.stop())

test('an empty database gets every migration, and the next run changes nothing', async () => {
  assert.deepEqual(await migrate(database.adminUrl), ['0001_init'])
  assert.deepEqual(await migrate(database.adminUrl), [])
})

test('two starts at once apply each migration once', async () => {
  const other = await createTestDatabase({ migrated: false, server: database.adminUrl })
  try {
    const applied = await Promise.all([migrate(other.adminUrl), migrate(other.adminUrl)])
    assert.deepEqual(applied.flat(), ['0001_init'])
  } finally {
    await other.stop()
  }
})

test('a migration that was edited after it ran is refused by name', async () => {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    await migrate(database.adminUrl)
    await client.query(`UPDATE _prisma_migrations SET checksum = 'other'`)
    await assert.rejects(migrate(database.adminUrl), /0001_init was edited after it was applied/)
  } finally {
    await client.end()
  }
})
