import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { LIVE_CHANNEL } from '../http/notify.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
import { standingsOf } from './cards.ts'
import type { Alert, Inbox, PageQuery } from './contract.ts'

interface Row {
  id: string
  kind: Alert['kind']
  listing_id: string
  search_id: string | null
  search_name: string | null
  old_price: string | null
  new_price: string | null
  due_at: Date
  read_at: Date | null
  key: string
}

/** How many alerts wait to be read, and the topic on which new ones are told. */
export async function inboxOf({ db }: Context, accountId: string): Promise<Inbox> {
  const inbox = randomBytes(16).toString('hex')
  await db.$executeRaw`INSERT INTO app.personal (account_id, inbox) VALUES (${accountId}::uuid, ${inbox}) ON CONFLICT DO NOTHING`
  const [row] = await db.$queryRaw<{ inbox: string; unread: number }[]>`
    SELECT p.inbox, (SELECT count(*)::int FROM app.alert a WHERE a.account_id = p.account_id AND a.due_at <= now() AND a.read_at IS NULL) AS unread
    FROM app.personal p WHERE p.account_id = ${accountId}::uuid`
  return { unread: row?.unread ?? 0, topic: row?.inbox ?? inbox }
}

/** What is due, the newest first. */
export async function listAlerts(context: Context, accountId: string, { cursor, limit }: PageQuery) {
  const after = decodeCursor(cursor)
  const rows = await context.db.$queryRaw<Row[]>`
    SELECT alert.id::text AS id, alert.kind, alert.listing_id, alert.search_id::text AS search_id, s.name AS search_name,
      alert.old_price::text AS old_price, alert.new_price::text AS new_price, alert.due_at, alert.read_at, alert.key::text AS key
    FROM (SELECT *, (extract(epoch FROM due_at) * 1000000)::numeric(30, 0) AS key FROM app.alert
      WHERE account_id = ${accountId}::uuid AND due_at <= now()) alert LEFT JOIN app.saved_search s ON s.id = alert.search_id
    WHERE ${after === null} OR (alert.key, alert.id) < (${after?.key ?? '0'}::numeric, ${BigInt(numberOr0(after?.id))})
    ORDER BY alert.key DESC, alert.id DESC LIMIT ${limit + 1}`
  const standing = await standingsOf(
    context,
    rows.slice(0, limit).map((row) => row.listing_id),
  )
  return pageFrom(rows, limit, {
    cursorOf: ({ key, id }) => ({ key, id }),
    toItem: (row): Alert => ({ ...itemOf(row), ...standing(row.listing_id) }),
  })
}

/** A cursor that somebody made up has no number there. */
const numberOr0 = (text: string | undefined): string => (text !== undefined && /^\d{1,18}$/.test(text) ? text : '0')

function itemOf({ id, kind, listing_id, search_id, search_name, old_price, new_price, due_at, read_at }: Row) {
  return {
    ...{ id, kind, listingId: listing_id, at: due_at.toISOString(), read: read_at !== null },
    search: search_id === null ? null : { id: search_id, name: search_name ?? '' },
    ...{ oldPrice: old_price, newPrice: new_price },
  }
}

/** All that is due was read. */
export async function readAlerts({ db }: Context, accountId: string): Promise<void> {
  await db.$executeRaw`UPDATE app.alert SET read_at = now() WHERE account_id = ${accountId}::uuid AND read_at IS NULL AND due_at <= now()`
}

/** Tells open pages of the alerts that have become due since the last time. Returns how many. */
export async function announceAlerts({ db }: Context): Promise<number> {
  const told = await db.$queryRaw<{ alerts: number }[]>`
    WITH due AS (SELECT id FROM app.alert WHERE announced_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED),
    told AS (UPDATE app.alert SET announced_at = now() FROM due WHERE alert.id = due.id RETURNING alert.account_id),
    notices AS (SELECT pg_notify(${LIVE_CHANNEL}, json_build_object('kind', 'alert', 'topic', p.inbox, 'about', 'alerts')::text)
      FROM (SELECT DISTINCT account_id FROM told) account JOIN app.personal p USING (account_id))
    SELECT (SELECT count(*)::int FROM told) AS alerts, (SELECT count(*) FROM notices) AS notices`
  return told[0]?.alerts ?? 0
}
