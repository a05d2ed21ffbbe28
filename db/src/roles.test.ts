import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from './testing.ts'

const DENIED = { code: '42501' }

let database: TestDatabase
let admin: pg.Client
let indexer: pg.Client
let api: pg.Client

before(async () => {
  database = await createTestDatabase()
  const connect = async (connectionString: string) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    return client
  }
  admin = await connect(database.adminUrl)
  indexer = await connect(database.indexerUrl)
  api = await connect(database.apiUrl)
})
after(async () => {
  for (const client of [admin, indexer, api]) await client.end()
  await database.stop()
})

test('the api reads every table of the chain and can write none', async () => {
  for (const table of await tablesOf('chain')) {
    await api.query(`SELECT * FROM ${table}`)
    await refusesWrites(api, table)
  }
})

test('the indexer can neither read nor write what people wrote', async () => {
  for (const table of await tablesOf('app')) {
    await assert.rejects(indexer.query(`SELECT * FROM ${table}`), DENIED, `indexer read ${table}`)
    await refusesWrites(indexer, table)
  }
})

test('each role writes the tables of its own schema', async () => {
  await indexer.query(`INSERT INTO chain.counter VALUES ('eip155:1', '0xab', 1)`)
  await indexer.query(
    `INSERT INTO bus.outbox VALUES (nextval('bus.outbox_position'), 'eip155:1', 'deal.opened', FALSE, NULL, '{}', 1, NULL, NULL, NULL, '{}')`,
  )
  await indexer.query(`SELECT chain.make_event_partition('chain', 5000000)`)
  await indexer.query('TRUNCATE chain.counter')
  await api.query(`INSERT INTO app.account (did, subject) VALUES ('did:pkh:eip155:1:0xab', 'did:pkh:eip155:1:0xab')`)
  await api.query(`UPDATE app.account SET name = 'Ada'`)
  await api.query('DELETE FROM app.account')
})

test('what happened can be read and pruned by those who consume it, and altered by nobody', async () => {
  await assert.rejects(indexer.query('UPDATE bus.outbox SET retracted = TRUE'), DENIED)
  await assert.rejects(indexer.query('DELETE FROM bus.outbox'), DENIED)
  await assert.rejects(api.query('UPDATE bus.outbox SET retracted = TRUE'), DENIED)
  await assert.rejects(api.query(`INSERT INTO bus.outbox SELECT * FROM bus.outbox`), DENIED)
  await assert.rejects(indexer.query(`INSERT INTO bus.consumer VALUES ('live', 1)`), DENIED)
  await api.query(`INSERT INTO bus.consumer VALUES ('live', 1)`)
  assert.equal((await api.query('DELETE FROM bus.outbox')).rowCount, 1)
})

test('the audit log can be added to by the api, and altered by neither role', async () => {
  for (const table of ['app.audit_entry', 'app.audit_seal', 'app.audit_anchor']) {
    for (const client of [api, indexer]) {
      await assert.rejects(client.query(`UPDATE ${table} SET log = 'x'`), DENIED, `update of ${table}`)
      await assert.rejects(client.query(`DELETE FROM ${table}`), DENIED, `delete from ${table}`)
      await assert.rejects(client.query(`TRUNCATE ${table}`), DENIED, `truncate of ${table}`)
      await assert.rejects(client.query(`SELECT * FROM ${table} FOR UPDATE`), DENIED, `lock of ${table}`)
      await assert.rejects(client.query(`ALTER TABLE ${table} ADD COLUMN a INT`), DENIED, `change of ${table}`)
      await assert.rejects(
        client.query(`CREATE TRIGGER t BEFORE INSERT ON ${table} EXECUTE FUNCTION now()`),
        DENIED,
        `trigger on ${table}`,
      )
    }
    const { rows } = await admin.query(
      `SELECT privilege_type AS may FROM information_schema.role_table_grants
       WHERE format('%s.%s', table_schema, table_name) = $1 AND grantee = 'fairhold_api' ORDER BY 1`,
      [table],
    )
    assert.deepEqual(
      rows.map(({ may }) => may),
      ['INSERT', 'SELECT'],
      table,
    )
  }
  const columns = `(id, log, at, kind, actor, details, key, signature)`
  await api.query(`INSERT INTO app.audit_entry ${columns} VALUES (gen_random_uuid(), 'main', now(), 'k', 'a', '{}', 'k', 's')`)
  const again = `INSERT INTO app.audit_entry ${columns} SELECT id, log, at, 'other', actor, details, key, signature FROM app.audit_entry
    ON CONFLICT (id) DO UPDATE SET kind = 'other'`
  await assert.rejects(api.query(again), DENIED, 'by an insert that meets a row')
})

test('the indexer adds partitions of its own table and of no other', async () => {
  await assert.rejects(indexer.query(`SELECT chain.make_event_partition('app', 1)`), /no events are kept in app/)
  await assert.rejects(api.query(`SELECT chain.make_event_partition('chain', 1)`), DENIED)
})

test('neither role can change the structure or become more than it is', async () => {
  for (const client of [indexer, api]) {
    await assert.rejects(client.query('CREATE TABLE chain.mine (a INT)'), DENIED)
    await assert.rejects(client.query('CREATE TABLE app.mine (a INT)'), DENIED)
    await assert.rejects(client.query('CREATE TABLE public.mine (a INT)'), DENIED)
    await assert.rejects(client.query('DROP TABLE chain.deal'), DENIED)
    await assert.rejects(client.query('SELECT * FROM _prisma_migrations'), DENIED)
    await assert.rejects(client.query('CREATE ROLE mine'), DENIED)
  }
})

async function tablesOf(schema: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1`,
    [schema],
  )
  assert.ok(rows.length > 8, `schema ${schema} has only ${rows.length} tables`)
  return rows.map(({ name }) => name)
}

async function refusesWrites(client: pg.Client, table: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1`,
    [table],
  )
  const column = pg.escapeIdentifier(rows[0]?.name ?? '')
  await assert.rejects(client.query(`INSERT INTO ${table} DEFAULT VALUES`), DENIED, `insert into ${table}`)
  await assert.rejects(client.query(`UPDATE ${table} SET ${column} = ${column}`), DENIED, `update of ${table}`)
  await assert.rejects(client.query(`DELETE FROM ${table}`), DENIED, `delete from ${table}`)
  await assert.rejects(client.query(`TRUNCATE ${table}`), DENIED, `truncate of ${table}`)
}
