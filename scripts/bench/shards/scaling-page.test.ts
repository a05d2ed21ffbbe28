import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'

const PAGE = 'docs/operations/scaling.md'

/** What Citus calls, noting what it was asked instead of doing it. */
const CITUS = `
  create table placed (name regclass primary key, distributed_by text);
  create function create_distributed_table(name regclass, by text, shard_count int default 32, colocate_with text default 'default')
    returns void language sql as 'insert into placed values (name, by)';
  create function create_reference_table(name regclass) returns void language sql as 'insert into placed values (name, null)'`

let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query(CITUS)
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/```sql\n([^`]+)```/g)].map(([, sql]) => sql ?? '')
  assert.equal(blocks.length, 2)
  for (const sql of blocks) await client.query(sql)
})
after(async () => {
  await client?.end()
  await database?.stop()
})

test('every table that the page distributes has its column in every unique key, and never null, as Citus demands', async () => {
  const { rows } = await client.query<{ name: string; fits: boolean | null; filled: boolean }>(`
    select name::text, attnotnull as filled, (select bool_and(attnum = any(indkey)) from pg_index where indrelid = name and indisunique) as fits
    from placed join pg_attribute on attrelid = name and attname = distributed_by`)
  const expected = await client.query('select name::text from placed where distributed_by is not null')
  assert.ok(rows.length >= 14 && rows.length === expected.rowCount, 'a column that is not there')
  assert.deepEqual(
    rows.filter(({ fits, filled }) => !fits || !filled),
    [],
  )
})

test('no foreign key points from a distributed or reference table to one that is not whole on every server', async () => {
  const { rows } = await client.query(`
    select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table from pg_constraint
    join placed on placed.name = conrelid left join placed target on target.name = confrelid
    where contype = 'f' and (target.name is null or target.distributed_by is not null)`)
  assert.deepEqual(rows, [])
})

test('whatever a deal is known by stands beside it', async () => {
  const { rows } = await client.query(`
    select attrelid::regclass::text as table from pg_attribute join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p') and not relispartition
    where attname = 'deal_id' and relnamespace in ('chain'::regnamespace, 'app'::regnamespace)
      and attrelid not in (select name from placed)`)
  assert.deepEqual(rows, [])
})
