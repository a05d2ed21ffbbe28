import { Prisma } from '@fairhold/db/client'

/** The channel on which indexer and api tell every api process what changed. */
export const LIVE_CHANNEL = 'fairhold_live'

type Executor = Pick<Prisma.TransactionClient, '$executeRaw'>

/**
 * End of a WITH that notes that listings came or went, for pages and workers that are away, and tells those that are there once
 * the transaction commits. `changes` gives each one's id, and `new` or `gone`.
 */
export function noticeOf(changes: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`event AS (INSERT INTO app.listing_event (listing_id, change) ${changes} RETURNING seq, listing_id, change)
    SELECT pg_notify(${LIVE_CHANNEL}, json_build_object('kind', 'listing', 'listingId', listing_id, 'seq', seq, 'change', change)::text)
    FROM event`
}

/** Notes that a listing came or went, by how it stands now. */
export async function notifyListing(db: Executor, listingId: string): Promise<void> {
  await db.$executeRaw`
    WITH ${noticeOf(Prisma.sql`
      SELECT max(id), CASE WHEN bool_or(status = 'active') THEN 'new' ELSE 'gone' END FROM app.listing WHERE id = ${listingId}`)}`
}

/** Tells the open pages of an account that there are new alerts. The topic is known to them alone. */
export async function notifyInbox(db: Executor, topic: string): Promise<void> {
  const notice = JSON.stringify({ kind: 'alert', topic })
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${notice})`
}

/** Tells the pages of a deal that something about it changed off chain: an address, a statement, a split. */
export async function notifyDeal(db: Executor, dealId: string, accounts: readonly string[]): Promise<void> {
  const notice = JSON.stringify({ kind: 'deal', id: 0, dealId, accounts, block: 0 })
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${notice})`
}

/** Whether a notice is of something written off chain, as those above are; what the chain did has the position of its event. */
export function isOffChain(notice: string): boolean {
  try {
    const { id = 0 } = JSON.parse(notice) as { id?: unknown }
    return id === 0
  } catch {
    return false
  }
}
