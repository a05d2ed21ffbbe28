import { createPool, createPrisma } from '@fairhold/db/client'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { type Context, SEARCH_SETTINGS } from '../../../api/src/context.ts'
import { countTerms } from '../../../api/src/listings/search/index-job.ts'
import { indexListings } from '../../../api/src/listings/search/index-listing.ts'

/** What the search needs of a market: its database, and the tokens that prices are in. */
export type SearchContext = Context

/** A market on this database that has nothing but a search. */
export function searchContext(databaseUrl: string): { context: SearchContext; close: () => Promise<void> } {
  const pool = createPool(databaseUrl)
  const searchPool = createPool(databaseUrl, { settings: SEARCH_SETTINGS })
  const db = createPrisma(databaseUrl, pool)
  const deployment = deploymentOf(31_337)
  const context = { pool, searchPool, db, deployment, caip2: 'eip155:31337' } as unknown as Context
  const close = async (): Promise<void> => {
    await db.$disconnect()
    await searchPool.end()
    if (!pool.ended) await pool.end() // Prisma ends it only if it was asked something
  }
  return { context, close }
}

const BATCH = 2_000

/** Puts the listings that are not indexed yet into the index, as publishing them would, and counts their words. */
export async function indexAll({ db, pool }: SearchContext, progress: (done: number) => void = () => undefined): Promise<void> {
  for (let last = 0, done = 0; ; ) {
    const rows = await db.listing.findMany({
      where: { number: { gt: last } },
      select: { id: true, number: true },
      orderBy: { number: 'asc' },
      take: BATCH,
    })
    const end = rows.at(-1)
    if (!end) break
    await indexListings(
      db,
      rows.map(({ id }) => id),
    )
    last = end.number
    done += rows.length
    progress(done)
  }
  await countTerms({ pool }, 50_000)
}
