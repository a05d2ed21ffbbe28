import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'
import { announceAlerts } from './alerts.ts'
import type { Frequency, SavedQuery } from './contract.ts'
import { createFinds, type Finds, termsOf } from './finds.ts'
import { followEdit } from './follow-edit.ts'

type Tx = Prisma.TransactionClient

/** A listing as far as it decides which searches are worth asking. */
interface Fresh {
  id: string
  seller: string
  category: string
  condition: string
  token: string
  brand: string | null
  country: string | null
  origin: string
  ancestors: string[]
}

interface Asked {
  id: string
  account_id: string
  query: SavedQuery
  frequency: Frequency
}

const EVENTS = 50
/** So many searches are asked in one transaction. */
const SEARCHES = 200
const TIMEOUT_MS = 60_000
/** So long one listing has the worker for itself; then others come, and it goes on with the search where it stopped. */
const TURN_MS = 2_000
/** At this hour, UTC, those who want to hear once a day hear of it. */
const DAILY_HOUR = 8

interface Event {
  seq: bigint
  matched_to: string | null
}

/** Compares each new listing with all saved searches, once, however many workers there are. */
export function matchingJob(context: Context, now: () => number): Job<Event> {
  let finds = createFinds(context)
  let seen = new Set<bigint>()
  return {
    name: 'match',
    due: async () => {
      const events = await context.db.$queryRaw<Event[]>`
        SELECT seq, matched_to FROM app.listing_event
        WHERE matched_at IS NULL AND (retry_at IS NULL OR retry_at <= now()) ORDER BY seq LIMIT ${EVENTS}`
      if (events.some(({ seq }) => !seen.has(seq))) {
        finds = createFinds(context) // what it asks from now on, it asks with all of these listings there
        seen = new Set(events.map(({ seq }) => seq))
      }
      return events
    },
    idOf: ({ seq, matched_to }) => `${seq} ${matched_to ?? ''}`,
    work: async ({ seq }) => {
      const until = performance.now() + TURN_MS
      const page = (tx: Tx) => matchPage(context, tx, { seq, now: new Date(now()), finds })
      try {
        for (let more = true; more && performance.now() < until; )
          more = await context.db.$transaction(page, { timeout: TIMEOUT_MS })
      } catch (error) {
        await putOff(context, seq)
        throw error
      }
      await announceAlerts(context)
    },
  }
}

/** A listing that cannot be compared just now is tried again later and later, and does not stand before those that can. */
async function putOff({ db }: Context, seq: bigint): Promise<void> {
  await db.$executeRaw`UPDATE app.listing_event SET failures = failures + 1,
    retry_at = now() + least(600, 2 * 2 ^ least(failures, 20)) * interval '1 second' WHERE seq = ${seq}`
}

/** Tells of what became due by time alone: the alerts of who wants to hear once a day. */
export function announceJob(context: Context): Job<string> {
  return {
    name: 'announce',
    due: async () => {
      const [row] = await context.db.$queryRaw<{ due: boolean }[]>`
        SELECT EXISTS (SELECT FROM app.alert WHERE announced_at IS NULL AND due_at <= now()) AS due`
      return row?.due ? [new Date().toISOString()] : []
    },
    idOf: (at) => at,
    work: async () => {
      await announceAlerts(context)
    },
  }
}

interface Page {
  seq: bigint
  now: Date
  finds: Finds
}

/** Asks the next searches about the listing of an event, and notes how far it came. Whether there are more. */
async function matchPage(context: Context, tx: Tx, { seq, now, finds }: Page): Promise<boolean> {
  const [event] = await tx.$queryRaw<{ listing_id: string | null; change: string; matched_to: string | null }[]>`
    SELECT listing_id, change, matched_to FROM app.listing_event WHERE seq = ${seq} AND matched_at IS NULL FOR UPDATE SKIP LOCKED`
  if (!event) return false // another worker is at it, or was
  const fresh = event.change === 'new' && event.listing_id !== null ? await findFresh(tx, event.listing_id) : null
  if (fresh && event.matched_to === null) await followEdit(tx, fresh, now)
  const searches = fresh ? await worthAsking(tx, fresh, event.matched_to ?? FIRST) : []
  if (fresh) {
    const listing = { id: fresh.id, terms: searches.length > 0 ? await termsOf(context, fresh.id) : new Set<string>() }
    const found = await finds(searches, listing)
    if (found.length > 0) await keepMatches(tx, { fresh, searches: found, now })
  }
  const last = searches.length < SEARCHES ? undefined : searches.at(-1)
  if (last) await tx.$executeRaw`UPDATE app.listing_event SET matched_to = ${last.id}::uuid WHERE seq = ${seq}`
  else await tx.$executeRaw`UPDATE app.listing_event SET matched_at = now() WHERE seq = ${seq}`
  return last !== undefined
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/** The listing, if it is still on the market, and the first one that it is an edit of. */
async function findFresh(tx: Tx, id: string): Promise<Fresh | null> {
  const [row] = await tx.$queryRaw<Fresh[]>`
    WITH RECURSIVE up AS (
      SELECT id, replaces, 1 AS step FROM app.listing WHERE id = ${id}
      UNION ALL SELECT up.replaces, earlier.replaces, up.step + 1 FROM up LEFT JOIN app.listing earlier ON earlier.id = up.replaces
      WHERE up.replaces IS NOT NULL AND up.step < 500)
    SELECT l.id, l.seller, l.category, l.condition, l.token, lower(l.brand) AS brand, l.country,
      (SELECT up.id FROM up ORDER BY step DESC LIMIT 1) AS origin,
      (SELECT COALESCE(array_agg(up.id ORDER BY step), '{}') FROM up WHERE step > 1) AS ancestors
    FROM app.listing l WHERE l.id = ${id} AND l.status = 'active'`
  return row ?? null
}

/** Searches that this listing does not fail by what is cheap to see. The search itself decides about the rest. */
function worthAsking(
  tx: Tx,
  { seller, category, condition, token, brand, country, origin }: Fresh,
  after: string,
): Promise<Asked[]> {
  const allows = (key: string, value: string | null) =>
    Prisma.sql`(s.query->>${key}::text IS NULL OR lower(s.query->>${key}::text) = lower(${value}::text))`
  return tx.$queryRaw<Asked[]>(Prisma.sql`
    SELECT s.id, s.account_id, s.query, s.frequency FROM app.saved_search s
    WHERE s.id > ${after}::uuid AND ${allows('category', category)} AND ${allows('condition', condition)} AND ${allows('token', token)}
      AND ${allows('seller', seller)} AND ${allows('brand', brand)} AND ${allows('country', country)}
      AND NOT EXISTS (SELECT FROM app.wallet w WHERE w.account_id = s.account_id AND w.address = ${seller})
      AND NOT EXISTS (SELECT FROM app.search_match m WHERE m.search_id = s.id AND m.origin = ${origin})
    ORDER BY s.id LIMIT ${SEARCHES}`)
}

/** A listing counts once for a search however often it is edited, and is told once to a person however many searches find it. */
async function keepMatches(tx: Tx, { fresh, searches, now }: { fresh: Fresh; searches: readonly Asked[]; now: Date }) {
  const { id, origin } = fresh
  await tx.$executeRaw`INSERT INTO app.search_match (search_id, origin, listing_id, found_at)
    SELECT search_id, ${origin}, ${id}, ${now} FROM unnest(${searches.map((search) => search.id)}::uuid[]) AS search_id ON CONFLICT DO NOTHING`
  const told = searches.filter(({ frequency }) => frequency !== 'off')
  const dueAt = told.map(({ frequency }) => (frequency === 'daily' ? nextDigest(now) : now))
  // Who wants to hear at once of one search and daily of another hears at once.
  await tx.$executeRaw`INSERT INTO app.alert AS known (account_id, kind, listing_id, origin, search_id, due_at)
    SELECT DISTINCT ON (account_id) account_id, 'match', ${id}, ${origin}, search_id, due_at
    FROM unnest(${told.map((search) => search.account_id)}::uuid[], ${told.map((search) => search.id)}::uuid[], ${dueAt}::timestamptz[])
      AS told (account_id, search_id, due_at)
    ORDER BY account_id, due_at, search_id
    ON CONFLICT (account_id, origin) WHERE kind = 'match'
    DO UPDATE SET due_at = EXCLUDED.due_at, search_id = EXCLUDED.search_id WHERE known.due_at > EXCLUDED.due_at AND known.announced_at IS NULL`
}

/** The next morning on which daily alerts are told. */
export function nextDigest(now: Date): Date {
  const at = new Date(now)
  at.setUTCHours(DAILY_HOUR, 0, 0, 0)
  if (at <= now) at.setUTCDate(at.getUTCDate() + 1)
  return at
}
