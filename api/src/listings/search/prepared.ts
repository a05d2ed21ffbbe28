import { createHash } from 'node:crypto'
import type { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { createMemory } from './remember.ts'

/** So many different statements are kept planned on each connection, and for so long after they were last wanted. */
const MOST = 200
/** Connections do not forget statements, so they live no longer than this, in seconds. */
export const CONNECTION_LASTS = 600
const wanted = createMemory<true>({ size: MOST, ms: CONNECTION_LASTS * 1_000 })

/**
 * Asks by a prepared statement, from the second time on: searches come in few shapes, and planning one takes as long as carrying it
 * out. Odd ones, as with many filters, are wanted once and push out nothing that is wanted all the time.
 */
export async function run<Row extends object>({ searchPool }: Pick<Context, 'searchPool'>, sql: Prisma.Sql): Promise<Row[]> {
  const { text, values } = sql
  const isWanted = wanted.get(text) === true
  wanted.set(text, true)
  const name = isWanted ? { name: `search-${createHash('sha1').update(text).digest('base64url')}` } : {}
  return (await searchPool.query<Row & Record<string, unknown>>({ ...name, text, values })).rows
}
