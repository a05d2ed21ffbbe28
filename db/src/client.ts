import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

export { Prisma } from './generated/client.ts'
export type Database = PrismaClient

/** A Prisma client for the database at `url`. Close it with `$disconnect()`. */
export function createPrisma(url: string): Database {
  const pool = new pg.Pool({ connectionString: url })
  // Prisma's adapter stops listening to a connection before it gives it back. An error just then, as when Postgres ends all
  // connections, would end the process: whoever uses the connection is told anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
}
