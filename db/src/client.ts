import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from './generated/client.ts'

export { Prisma } from './generated/client.ts'
export type Database = PrismaClient

/**
 * Connections to the database at `url`, for the few statements that are too frequent for Prisma.
 * @param settings of Postgres for each of them, such as `jit=off`
 * @param lasts seconds after which a connection is replaced; without it they stay
 * @param waits milliseconds after which who finds no connection free is refused; without it they wait
 */
export function createPool(
  url: string,
  { settings = [], lasts = 0, waits = 0 }: { settings?: readonly string[]; lasts?: number; waits?: number } = {},
): pg.Pool {
  const options = settings.map((setting) => `-c ${setting}`).join(' ')
  const pool = new pg.Pool({ connectionString: url, options, maxLifetimeSeconds: lasts, connectionTimeoutMillis: waits })
  // Prisma's adapter stops listening to a connection before it gives it back. An error just then, as when Postgres ends all
  // connections, would end the process: whoever uses the connection is told anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', () => undefined) // the same of a connection that nobody uses; it is replaced when somebody asks
  return pool
}

/**
 * Asks without Prisma, by a prepared statement, which each connection plans once: for what every request needs. `name` stands
 * for one text only. Columns are as pg gives them.
 */
export async function ask<Row extends pg.QueryResultRow>(pool: pg.Pool, name: string, sql: Prisma.Sql): Promise<Row[]> {
  return (await pool.query<Row>({ name, text: sql.text, values: sql.values })).rows
}

/** A Prisma client for the database at `url`, on the connections of `pool`. Close both with `$disconnect()`. */
export function createPrisma(url: string, pool = createPool(url)): Database {
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
}

const UNIQUE_VIOLATION = '23505'

/** Whether Postgres refused a statement because what it writes is there already, however it was sent. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === UNIQUE_VIOLATION
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  const { driverAdapterError: raw } = (error.meta ?? {}) as { driverAdapterError?: { cause?: { originalCode?: string } } }
  return error.code === 'P2002' || raw?.cause?.originalCode === UNIQUE_VIOLATION
}
