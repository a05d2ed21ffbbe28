import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { resetDatabase } from './reset.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

const ALL = readdirSync(join(import.meta.dirname, '../migrations')).sort()

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

  test('an empty database gets every migration, in order', async () => {
    const empty = await createTestDatabase({ migrated: false, server: database.adminUrl })
    assert.deepEqual(await migrate(empty.adminUrl), ALL)
    await empty.stop()
  })

  test('two starts at once apply each migration once', async () => {
    const empty = await createTestDatabase({ migrated: false, server: database.adminUrl })
    const applied = await Promise.all([migrate(empty.adminUrl), migrate(empty.adminUrl)])
    assert.deepEqual(applied.flat(), ALL)
    await empty.stop()
  })

  test('an emptied database can be migrated again, and one that is not ours is left alone', async () => {
    const other = await createTestDatabase({ server: database.adminUrl })
    assert.equal(await resetDatabase(other.adminUrl), true)
    assert.equal(await resetDatabase(other.adminUrl), false)
    assert.deepEqual(await migrate(other.adminUrl), ALL)
    await other.stop()
  })

  test('migrations applied a second time do nothing', async () => {
    assert.deepEqual(await migrate(database.adminUrl), [])
  })

  test('a market of the first contracts is indexed anew, and its offers, which cannot be taken, are withdrawn', async () => {
    const old = await createTestDatabase({ migrated: false, server: database.adminUrl })
    const admin = await connect(old.adminUrl)
    assert.deepEqual(await migrate(old.adminUrl, ALL[0]), ALL.slice(0, 1))
    await admin.query(`INSERT INTO chain.counter VALUES ('0xab', 1)`)
    await admin.query(`INSERT INTO chain.checkpoint VALUES (31337, 9, '0xab', 0)`)
    await admin.query(`INSERT INTO app.review VALUES ('0xd1', '0xab', 5, 'Good.', '0x', '0x')`)
    await admin.query(
      `INSERT INTO app.listing (id, seller, content, item_hash, title, description, category, condition, place, token, price, quantity,
         offer, signature, expiry, arbiter)
       VALUES ('0x01', '0xab', '{}', '0x', 'Lamp', '', 'home', 'good', '', '0x', 1, 1, '{"counter": "0"}', '0x', 1, '0xcd')`,
    )
    assert.deepEqual(await migrate(old.adminUrl), ALL.slice(1))
    for (const table of ['chain.counter', 'chain.checkpoint', 'app.review']) {
      assert.equal((await admin.query(`SELECT 1 FROM ${table}`)).rowCount, 0, table)
    }
    assert.deepEqual((await admin.query('SELECT status FROM app.listing')).rows, [{ status: 'withdrawn' }])
    await admin.end()
    clients.pop()
    await old.stop()
  })

  test('an account of one address becomes a person with that wallet', async () => {
    const old = await createTestDatabase({ migrated: false, server: database.adminUrl })
    const admin = await connect(old.adminUrl)
    await migrate(old.adminUrl, '0003_chains_and_bus')
    await admin.query(`INSERT INTO app.account (address, did, name) VALUES ('0xab', 'did:pkh:eip155:31337:0xab', 'Ada')`)
    await migrate(old.adminUrl)
    const { rows } = await admin.query(
      'SELECT chain, address, kind, name, did, subject FROM app.wallet JOIN app.account ON account.id = wallet.account_id',
    )
    const did = 'did:pkh:eip155:31337:0xab'
    assert.deepEqual(rows, [{ chain: 'eip155:31337', address: '0xab', kind: 'eoa', name: 'Ada', did, subject: did }])
    await admin.end()
    clients.pop()
    await old.stop()
  })

  test('a migration that was edited after it was applied is refused', async () => {
    const admin = await connect(database.adminUrl)
    const { rows } = await admin.query<{ checksum: string }>(
      `SELECT checksum FROM _prisma_migrations WHERE migration_name = '${ALL[0]}'`,
    )
    await admin.query(`UPDATE _prisma_migrations SET checksum = 'another' WHERE migration_name = '${ALL[0]}'`)
    await assert.rejects(migrate(database.adminUrl), /was edited after it was applied/)
    await admin.query('UPDATE _prisma_migrations SET checksum = $1 WHERE migration_name = $2', [rows[0]?.checksum, ALL[0]])
  })
})
