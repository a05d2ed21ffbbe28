import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'
import { announceAlerts } from './alerts.ts'
import type { Frequency, SavedQuery } from './contract.ts'
import { findsListing } from './finds.ts'
import { followEdit } from './follow-edit.ts'

type Tx = Prisma.TransactionClient

/** A listing as far as it decides which searches are worth asking. */
interface Fresh {
  id: string
  seller: string
  category: string
  condition: string
  token: string
  origin: string
  replaces: string | null
}

interface Asked {
  id: string
  account_id: string
  query: SavedQuery
  frequency: Frequency
}

const EVENTS = 20
const SEARCHES = 200
const TIMEOUT_MS = 60_000
/** At this hour, UTC, those who want to hear once a day hear of it. */
const DAILY_HOUR = 8

/** Compares each new listing with all saved searches, once, however many workers there are. */
export function matchingJob(context: Context, now: () => number): Job<bigint> {
  return {
    name: 'match',
    due: async () => {
      const rows = await context.db.$queryRaw<{ seq: bigint }[]>`
        SELECT seq FROM app.listing_event WHERE matched_at IS NULL ORDER BY seq LIMIT ${EVENTS}`
      return rows.map(({ seq }) => seq)
    },
    idOf: String,
    work: async (seq) => {
      const match = (tx: Tx) => matchEvent(context, tx, { seq, now: new Date(now()) })
      await context.db.$transaction(match, { timeout: TIMEOUT_MS })
      await announceAlerts(context)
    },
  }
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

async function matchEvent(context: Context, tx: Tx, { seq, now }: { seq: bigint; now: Date }): Promise<void> {
  const [event] = await tx.$queryRaw<{ listing_id: string | null; change: string }[]>`
    SELECT listing_id, change FROM app.listing_event WHERE seq = ${seq} AND matched_at IS NULL FOR UPDATE SKIP LOCKED`
  if (!event) return // another worker is at it, or was
  const fresh = event.change === 'new' && event.listing_id !== null ? await findFresh(tx, event.listing_id) : null
  if (fresh) {
    await followEdit(tx, fresh, now)
    await matchSearches(context, tx, { fresh, now })
  }
  await tx.$executeRaw`UPDATE app.listing_event SET matched_at = now() WHERE seq = ${seq}`
}

/** The listing, if it is still on the market, and the first one that it is an edit of. */
async function findFresh(tx: Tx, id: string): Promise<Fresh | null> {
  const [row] = await tx.$queryRaw<Fresh[]>`
    WITH RECURSIVE up AS (
      SELECT id, replaces, 1 AS step FROM app.listing WHERE id = ${id}
      UNION ALL SELECT up.replaces, earlier.replaces, up.step + 1 FROM up LEFT JOIN app.listing earlier ON earlier.id = up.replaces
      WHERE up.replaces IS NOT NULL AND up.step < 500)
    SELECT l.id, l.seller, l.category, l.condition, l.token, l.replaces, (SELECT up.id FROM up ORDER BY step DESC LIMIT 1) AS origin
    FROM app.listing l WHERE l.id = ${id} AND l.status = 'active'`
  return row ?? null
}

async function matchSearches(context: Context, tx: Tx, of: { fresh: Fresh; now: Date }): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const searches = await worthAsking(tx, of.fresh, after)
    for (const search of searches) {
      if (await findsListing(context, search.query, of.fresh.id)) await keepMatch(tx, { ...of, search })
    }
    const last = searches.at(-1)
    if (last === undefined || searches.length < SEARCHES) return
    after = last.id
  }
}

/** Searches that this listing does not fail by what is cheap to see. The search itself decides about the rest. */
function worthAsking(tx: Tx, { seller, category, condition, token, origin }: Fresh, after: string): Promise<Asked[]> {
  const allows = (key: string, value: string) => Prisma.sql`(s.query->>${key}::text IS NULL OR s.query->>${key}::text = ${value})`
  return tx.$queryRaw<Asked[]>(Prisma.sql`
    SELECT s.id, s.account_id, s.query, s.frequency FROM app.saved_search s
    WHERE s.id > ${after}::uuid AND ${allows('category', category)} AND ${allows('condition', condition)} AND ${allows('token', token)}
      AND ${allows('seller', seller)}
      AND NOT EXISTS (SELECT FROM app.wallet w WHERE w.account_id = s.account_id AND w.address = ${seller})
      AND NOT EXISTS (SELECT FROM app.search_match m WHERE m.search_id = s.id AND m.origin = ${origin})
    ORDER BY s.id LIMIT ${SEARCHES}`)
}

/** A listing counts once for a search however often it is edited, and is told once to a person however many searches find it. */
async function keepMatch(tx: Tx, { fresh, search, now }: { fresh: Fresh; search: Asked; now: Date }): Promise<void> {
  const { id, origin } = fresh
  await tx.$executeRaw`INSERT INTO app.search_match (search_id, origin, listing_id, found_at)
    VALUES (${search.id}::uuid, ${origin}, ${id}, ${now}) ON CONFLICT DO NOTHING`
  if (search.frequency === 'off') return
  const dueAt = search.frequency === 'daily' ? nextDigest(now) : now
  // Who wants to hear at once of one search and daily of another hears at once.
  await tx.$executeRaw`INSERT INTO app.alert AS known (account_id, kind, listing_id, origin, search_id, due_at)
    VALUES (${search.account_id}::uuid, 'match', ${id}, ${origin}, ${search.id}::uuid, ${dueAt})
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
