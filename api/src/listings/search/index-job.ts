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

/** Adds the listings of `search_uncounted` to how common their words are, some at a time. Of several workers one counts. */
export async function countTerms({ pool }: Pick<Context, 'pool'>, batch = BATCH): Promise<void> {
  for (let counted = batch; counted === batch; ) counted = await countSome(pool, batch)
}

async function countSome(pool: Context['pool'], batch: number): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const lock = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('search-count', 0)) AS free`,
    )
    const { rows } = lock.rows[0]?.free ? await client.query<{ counted: number }>(COUNT, [batch]) : { rows: [] }
    await client.query('COMMIT')
    return rows[0]?.counted ?? 0
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined) // the connection may be what failed
    throw error
  } finally {
    client.release()
  }
}

const COUNT = `
  WITH counted AS (
    DELETE FROM app.search_uncounted WHERE listing IN (SELECT listing FROM app.search_uncounted LIMIT $1) RETURNING listing),
  document AS MATERIALIZED (SELECT d.listing, d.terms FROM app.search_document d JOIN counted USING (listing)),
  term AS (
    INSERT INTO app.search_term AS known (term, listings)
    SELECT term, count(*)::int FROM document CROSS JOIN LATERAL unnest(terms) AS term GROUP BY term
    ON CONFLICT (term) DO UPDATE SET listings = known.listings + EXCLUDED.listings),
  word AS (
    SELECT word, count(*)::int AS listings FROM document JOIN app.listing l ON l.number = document.listing
      CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('simple', app.search_text(concat_ws(' ', l.title, l.brand))))) AS word
    GROUP BY word),
  counted_words AS (UPDATE app.search_word known SET listings = known.listings + word.listings FROM word WHERE known.word = word.word),
  size AS (
    INSERT INTO app.search_size AS known (listings) SELECT count(*)::int FROM document
    ON CONFLICT (one) DO UPDATE SET listings = known.listings + EXCLUDED.listings)
  SELECT count(*)::int AS counted FROM counted`
