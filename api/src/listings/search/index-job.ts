import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import type { Job } from '../../jobs/loop.ts'
import { indexListings, unindexListings } from './index-listing.ts'

const BATCH = 500
const EVERY_MS = 30_000
/** Something that was sold stays findable for a while, for who wants to see what such things cost. */
const KEEP = '30 days'

/**
 * Keeps the index fresh: counts how common words are, indexes listings that are in it not yet, as those of an older version, and
 * takes out those that nobody can buy any more. One step a batch, each whole by itself.
 */
export function searchJob(context: Context, now: () => number): Job<string> {
  let next = 0
  return {
    name: 'search',
    due: async () => (now() < next ? [] : ['index']),
    idOf: (what) => `${what} ${next}`,
    work: async () => {
      next = now() + EVERY_MS
      while ((await indexMissing(context)) === BATCH);
      await forgetOld(context)
      await countTerms(context)
    },
  }
}

async function indexMissing({ db }: Context): Promise<number> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM app.listing l WHERE status = 'active' AND expiry > extract(epoch FROM now() - ${KEEP}::interval)
        AND NOT EXISTS (SELECT FROM app.search_document d WHERE d.listing = l.number) ORDER BY number LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await indexListings(tx, ids)
    return ids.length
  })
}

async function forgetOld({ db }: Context): Promise<void> {
  await db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT l.id FROM app.listing l JOIN app.search_document d ON d.listing = l.number
      WHERE l.expiry < extract(epoch FROM now() - ${KEEP}::interval) OR l.status <> 'active' LIMIT ${BATCH}`
    if (rows.length > 0)
      await unindexListings(
        tx,
        rows.map(({ id }) => id),
      )
  })
}

/** Adds the listings of `search_uncounted` to how common their words are. Of several workers one counts. */
export async function countTerms({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<
      { free: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(hashtextextended('search-count', 0)) AS free`
    if (!lock?.free) return
    await tx.$executeRaw(Prisma.sql`
      WITH counted AS (DELETE FROM app.search_uncounted RETURNING listing),
      document AS MATERIALIZED (SELECT d.listing, d.terms FROM app.search_document d JOIN counted USING (listing)),
      term AS (
        INSERT INTO app.search_term AS known (term, listings)
        SELECT term, count(*)::int FROM document CROSS JOIN LATERAL unnest(terms) AS term GROUP BY term
        ON CONFLICT (term) DO UPDATE SET listings = known.listings + EXCLUDED.listings),
      word AS (
        SELECT word, count(*)::int AS listings FROM document JOIN app.listing l ON l.number = document.listing
          CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', app.search_text(concat_ws(' ', l.title, l.brand))))) AS word
        GROUP BY word),
      counted_words AS (UPDATE app.search_word known SET listings = known.listings + word.listings FROM word WHERE known.word = word.word)
      INSERT INTO app.search_size AS known (listings) SELECT count(*)::int FROM document
      ON CONFLICT (one) DO UPDATE SET listings = known.listings + EXCLUDED.listings`)
  })
}
