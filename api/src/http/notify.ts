import { Prisma } from '@fairhold/db/client'

/** The channel on which indexer and api tell every api process what changed. */
export const LIVE_CHANNEL = 'fairhold_live'

type Executor = Pick<Prisma.TransactionClient, '$executeRaw'>

/**
 * End of a WITH that notes that listings came, changed or went, for pages and workers that are away, and tells those that are there
 * once the transaction commits. `changes` gives each one's id, and `new`, `changed` or `gone`.
 */
export function noticeOf(changes: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`event AS (INSERT INTO app.listing_event (listing_id, change) ${changes} RETURNING seq, listing_id, change)
    SELECT pg_notify(${LIVE_CHANNEL}, json_build_object('kind', 'listing', 'listingId', listing_id, 'seq', seq, 'change', change)::text)
    FROM event`
}

/** Notes that a listing went, or that a unit of it did and others are left. Of one that was deleted for good the id is not kept. */
export async function notifyListing(db: Executor, listingId: string, change: 'changed' | 'gone'): Promise<void> {
  await db.$executeRaw`WITH ${noticeOf(Prisma.sql`SELECT max(id), ${change} FROM app.listing WHERE id = ${listingId}`)}`
}

/**
 * Tells the open pages of the people who have these wallets of an offer, or of a request to the relayer. Who deals with whom is for
 * nobody else, so it goes to the topics that each account alone knows; one that never asked for its own has no open page.
 */
export async function notifyPeople(db: Executor, about: 'offers' | 'requests', wallets: readonly string[]): Promise<void> {
  await db.$executeRaw`
    SELECT pg_notify(${LIVE_CHANNEL}, json_build_object('kind', 'alert', 'topic', p.inbox, 'about', ${about}::text)::text)
    FROM app.personal p WHERE p.account_id IN (SELECT account_id FROM app.wallet WHERE address = ANY(${[...wallets]}))`
}

/** A notice that is for the worker alone. */
export const WORK = '{"kind":"work"}'

/** Has the worker look for work now. Pages are not told. */
export async function wakeWorker(db: Executor): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${WORK})`
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
