import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'

export { Prisma } from './generated/client.ts'
export type Database = PrismaClient

/** A Prisma client for the database at `url`. Close it with `$disconnect()`. */
export function createPrisma(url: string): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
}
