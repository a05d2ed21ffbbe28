import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { states } from '@fairhold/protocol/deal/state'
import pg from 'pg'
import { createPrisma, type Database, Prisma } from './client.ts'
import { DealState } from './generated/enums.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let admin: pg.Client
let prisma: Database

before(async () => {
  database = await createTestDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  prisma = createPrisma(database.apiUrl)
})
after(async () => {
  await prisma.$disconnect()
  await admin.end()
  await database.stop()
})

test('the states of a deal are the same in Postgres, Prisma and the protocol', async () => {
  const { rows } = await admin.query<{ state: string }>('SELECT unnest(enum_range(NULL::chain.deal_state))::text AS state')
  assert.deepEqual(
    rows.map(({ state }) => state),
    [...states],
  )
  assert.deepEqual(Object.values(DealState), [...states])
})

test('every Prisma model can be read with all of its columns by the api', async () => {
  for (const model of Object.values(Prisma.ModelName)) {
    const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}` as Uncapitalize<Prisma.ModelName>
    const reader = prisma[name] as unknown as { findMany: () => Promise<unknown[]> }
    assert.deepEqual(await reader.findMany(), [], model)
  }
})

test('every column of the migrations is in the Prisma schema, and every model is a table', async () => {
  const { rows } = await admin.query<{ schema: string; table: string; column: string }>(
    `SELECT table_schema AS schema, table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema IN ('chain', 'bus', 'app') AND table_name NOT LIKE 'event_%'`,
  )
  const inPostgres = rows.map(({ schema, table, column }) => `${schema}.${table}.${column}`)
  assert.deepEqual(prismaColumns().toSorted(), inPostgres.toSorted())
})

test('the largest number of the chain goes through Prisma unharmed', async () => {
  const most = 2n ** 256n - 1n
  await admin.query('INSERT INTO chain.counter VALUES ($1, $2, $3)', ['eip155:1', '0xab', most.toString()])
  const row = await prisma.chainCounter.findUniqueOrThrow({ where: { chain_maker: { chain: 'eip155:1', maker: '0xab' } } })
  assert.equal(BigInt(row.counter.toFixed()), most)
})

/** Columns by the naming rule of the schema: a model begins with Chain or Bus, or else is of app; every name is in snake case. */
function prismaColumns(): string[] {
  return Object.values(Prisma.ModelName).flatMap((model) => {
    const prefix = ['Chain', 'Bus'].find((one) => model.startsWith(one)) ?? ''
    const table = `${prefix.toLowerCase() || 'app'}.${snake(model.slice(prefix.length))}`
    return Object.values(Prisma[`${model}ScalarFieldEnum`]).map((field) => `${table}.${snake(field)}`)
  })
}

function snake(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}
