import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { LiveMessage } from './contract.ts'

interface Row {
  seq: string
  listing_id: string | null
  change: 'new' | 'changed' | 'gone'
}

/** Whoever missed more is told to look at everything anew. */
const MISSED_MAX = 200

/** The number of the last event of a listing that can be seen. */
export async function lastSeqOf({ pool }: Context): Promise<number> {
  const [row] = await ask<{ seq: string | null }>(
    pool,
    'last-listing-event',
    Prisma.sql`SELECT max(seq) AS seq FROM app.listing_event`,
  )
  return Number(row?.seq ?? 0)
}

/**
 * Events of listings since the one that was seen last, and those with a lower number that were not yet committed when it was
 * written: numbers are given before the commit, so that publishing waits for nobody. Some may be told twice.
 */
export async function listingsSince({ pool }: Context, lastSeq: number): Promise<LiveMessage[]> {
  const seen = Prisma.sql`
    SELECT (SELECT min(seq) FROM app.listing_event) AS first, (SELECT max(seq) FROM app.listing_event) AS last,
      (SELECT open_xid FROM app.listing_event WHERE seq = ${lastSeq}) AS open_xid`
  const [kept] = await ask<{ first: string | null; last: string | null; open_xid: string | null }>(
    pool,
    'listing-events-kept',
    seen,
  )
  if (!kept?.first || !kept.last) return lastSeq === 0 ? [] : [{ type: 'listing' }]
  // An event that is gone, by age or with the whole database, says nothing of what came after it.
  if (lastSeq > Number(kept.last) || (lastSeq > 0 && kept.open_xid === null)) return [{ type: 'listing' }]
  const openXid = kept.open_xid ?? '0'
  const rows = await ask<Row>(
    pool,
    'listing-events-since',
    Prisma.sql`SELECT seq, listing_id, change FROM app.listing_event
      WHERE (seq > ${lastSeq} OR xid >= ${openXid}) AND seq <> ${lastSeq} ORDER BY seq LIMIT ${MISSED_MAX + 1}`,
  )
  if (rows.length > MISSED_MAX) return [{ type: 'listing' }]
  return rows.map(({ seq, listing_id, change }) => {
    const which = listing_id === null ? {} : { listingId: listing_id }
    return { type: 'listing', seq: Number(seq), ...which, change }
  })
}
