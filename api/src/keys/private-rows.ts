import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { type PrivateTable, privateTables, type TableName } from './columns.ts'
import { keyIdOf } from './sealed.ts'

type Reach = Pick<Context, 'db' | 'keys'>

/** A private value as it is stored. */
export interface StoredValue {
  table: TableName
  column: string
  row: string
  sealed: Uint8Array
}

const BATCH = 200
const all = Object.entries(privateTables) as [TableName, PrivateTable][]

/** All sealed values in the order of their rows, a batch at a time, so that nothing is held open over them. */
export async function* storedValues({ db }: Pick<Context, 'db'>): AsyncGenerator<StoredValue> {
  for (const [table, { key, columns }] of all) {
    const names = Object.keys(columns)
    for (let last = ''; ; ) {
      const rows = await db.$queryRaw<Record<string, string | Uint8Array | null>[]>(Prisma.sql`
        SELECT ${name(key)}::text AS row, ${Prisma.join(names.map(name))} FROM ${tableName(table)}
        WHERE ${name(key)}::text > ${last} ORDER BY ${name(key)}::text LIMIT ${BATCH}`)
      for (const row of rows)
        for (const column of names)
          if (row[column]) yield { table, column, row: String(row.row), sealed: row[column] as Uint8Array }
      if (rows.length < BATCH) break
      last = String(rows.at(-1)?.row)
    }
  }
}

/** Puts a value under the current data key. False if it was changed meanwhile: then whoever did so has put it under one. */
export async function resealValue({ db, keys }: Reach, { table, column, row, sealed }: StoredValue): Promise<boolean> {
  const fresh = await keys.seal({ table, column, row }, await keys.open({ table, column, row }, sealed))
  const changed = await db.$executeRaw(Prisma.sql`
    UPDATE ${tableName(table)} SET ${name(column)} = ${fresh}
    WHERE ${name(privateTables[table].key)}::text = ${row} AND ${name(column)} = ${Buffer.from(sealed)}`)
  return changed === 1
}

/** How many values are under each data key; under the empty one what does not even say so. */
export async function countByKey(reach: Pick<Context, 'db'>): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const value of storedValues(reach)) {
    const id = keyIn(value)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

function keyIn(value: StoredValue): string {
  try {
    return keyIdOf(value, value.sealed)
  } catch {
    return ''
  }
}

/** How many values still stand there as plain text. */
export async function countPlain({ db }: Pick<Context, 'db'>): Promise<number> {
  let count = 0
  for (const [table, { columns }] of all)
    for (const plain of Object.values(columns).filter((one) => one !== null)) {
      const [row] = await db.$queryRaw<{ count: bigint }[]>(
        Prisma.sql`SELECT count(*) FROM ${tableName(table)} WHERE ${name(plain)} IS NOT NULL`,
      )
      count += Number(row?.count ?? 0)
    }
  return count
}

/**
 * Seals values that stand there as plain text, and empties their plain columns; at most `limit` of each column. What changes
 * meanwhile is left for the next time. Returns how many.
 */
export async function sealPlain({ db, keys }: Reach, limit = BATCH): Promise<number> {
  let sealed = 0
  for (const [table, { key, columns }] of all)
    for (const [column, plain] of Object.entries(columns)) {
      if (plain === null) continue
      const rows = await db.$queryRaw<{ row: string; text: string }[]>(Prisma.sql`
        SELECT ${name(key)}::text AS row, ${name(plain)} AS text FROM ${tableName(table)}
        WHERE ${name(plain)} IS NOT NULL LIMIT ${limit}`)
      for (const { row, text } of rows) {
        const value = await keys.seal({ table, column, row }, text)
        sealed += await db.$executeRaw(Prisma.sql`
          UPDATE ${tableName(table)} SET ${name(column)} = ${value}, ${name(plain)} = NULL
          WHERE ${name(key)}::text = ${row} AND ${name(plain)} = ${text}`)
      }
    }
  return sealed
}

/** Only names of `privateTables` come here; none is of a request. */
function name(identifier: string): Prisma.Sql {
  return Prisma.raw(`"${identifier}"`)
}

function tableName(table: TableName): Prisma.Sql {
  return Prisma.raw(`app."${table}"`)
}
