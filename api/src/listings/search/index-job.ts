import type { Context } from '../../context.ts'
import type { Job } from '../../jobs/loop.ts'
import { indexListings, unindexListings, WORDS } from './index-listing.ts'

const BATCH = 500
const EVERY_MS = 30_000
/** What reads all listings is done so often: whoever publishes puts the listing into the index, and what is old goes by the day. */
const ROUND_MS = 3_600_000
/** Something that was sold stays findable for a while, for who wants to see what such things cost. */
const KEEP = '30 days'

/**
 * Keeps the index fresh: counts how common words are, indexes listings that are in it not yet, as those of an older version, and
 * takes out those that nobody can buy any more. One step a batch, each whole by itself.
 */
export function searchJob(context: Context, now: () => number): Job<string> {
  let [next, nextRound] = [0, 0]
  return {
    name: 'search',
    due: async () => (now() < next ? [] : ['index']),
    idOf: (what) => `${what} ${next}`,
    work: async () => {
      next = now() + EVERY_MS
      if (now() >= nextRound || (await isEmpty(context))) {
        while ((await indexMissing(context)) === BATCH);
        while ((await forgetOld(context)) === BATCH);
        nextRound = now() + ROUND_MS
      }
      await countTerms(context)
    },
  }
}

/** As it is made when its weights are changed. */
async function isEmpty({ db }: Context): Promise<boolean> {
  const [row] = await db.$queryRaw<{ empty: boolean }[]>`SELECT NOT EXISTS (SELECT FROM app.search_document) AS empty`
  return row?.empty ?? false
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

async function forgetOld({ db }: Context): Promise<number> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT l.id FROM app.listing l JOIN app.search_document d ON d.listing = l.number
      WHERE l.expiry < extract(epoch FROM now() - ${KEEP}::interval) OR l.status <> 'active' LIMIT ${BATCH}`
    if (rows.length > 0)
      await unindexListings(
        tx,
        rows.map(({ id }) => id),
      )
    return rows.length
  })
}

/** Adds the listings of `search_uncounted` to how common words are, and takes off those of `search_gone`, some at a time. Of several workers one counts. */
export async function countTerms({ pool }: Pick<Context, 'pool'>, batch = BATCH): Promise<void> {
  for (const sql of [COUNT, TAKE_OFF]) for (let counted = batch; counted === batch; ) counted = await countSome(pool, sql, batch)
}

async function countSome(pool: Context['pool'], sql: string, batch: number): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const lock = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('search-count', 0)) AS free`,
    )
    const { rows } = lock.rows[0]?.free ? await client.query<{ counted: number }>(sql, [batch]) : { rows: [] }
    await client.query('COMMIT')
    return rows[0]?.counted ?? 0
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined) // the connection may be what failed
    throw error
  } finally {
    client.release()
  }
}

/** Words are written anew where they are missing: another listing that had them may have been taken off since. */
const COUNT = `
  WITH counted AS (
    DELETE FROM app.search_uncounted WHERE listing IN (SELECT listing FROM app.search_uncounted LIMIT $1) RETURNING listing),
  document AS MATERIALIZED (SELECT d.listing, d.terms FROM app.search_document d JOIN counted USING (listing)),
  term AS (
    INSERT INTO app.search_term AS known (term, listings)
    SELECT term, count(*)::int FROM document CROSS JOIN LATERAL unnest(terms) AS term GROUP BY term ORDER BY term
    ON CONFLICT (term) DO UPDATE SET listings = known.listings + EXCLUDED.listings),
  word AS (
    INSERT INTO app.search_word AS known (word, listings)
    SELECT word, count(*)::int FROM document JOIN app.listing l ON l.number = document.listing CROSS JOIN LATERAL ${WORDS}
    GROUP BY word ORDER BY word
    ON CONFLICT (word) DO UPDATE SET listings = known.listings + EXCLUDED.listings),
  size AS (
    INSERT INTO app.search_size AS known (listings) SELECT count(*)::int FROM document
    ON CONFLICT (one) DO UPDATE SET listings = known.listings + EXCLUDED.listings)
  SELECT count(*)::int AS counted FROM counted`

/** What no listing has any more is deleted: nobody can be reminded of a word that was taken back. */
const TAKE_OFF = `
  WITH gone AS (DELETE FROM app.search_gone WHERE id IN (SELECT id FROM app.search_gone LIMIT $1) RETURNING terms, words, counted),
  term AS (SELECT term, count(*)::int AS listings FROM gone CROSS JOIN LATERAL unnest(terms) AS term WHERE counted GROUP BY term),
  word AS (SELECT word, (count(*) FILTER (WHERE counted))::int AS listings FROM gone CROSS JOIN LATERAL unnest(words) AS word GROUP BY word),
  fewer_terms AS (UPDATE app.search_term known SET listings = known.listings - term.listings FROM term
    WHERE known.term = term.term AND known.listings > term.listings),
  no_terms AS (DELETE FROM app.search_term known USING term WHERE known.term = term.term AND known.listings <= term.listings),
  fewer_words AS (UPDATE app.search_word known SET listings = known.listings - word.listings FROM word
    WHERE known.word = word.word AND known.listings > word.listings),
  no_words AS (DELETE FROM app.search_word known USING word WHERE known.word = word.word AND known.listings <= word.listings),
  size AS (UPDATE app.search_size SET listings = greatest(0, listings - (SELECT count(*) FROM gone WHERE counted)))
  SELECT count(*)::int AS counted FROM gone`
