import type { Prisma } from '@fairhold/db/client'

/** The channel on which indexer and api tell every api process what changed. */
export const LIVE_CHANNEL = 'fairhold_live'

type Executor = Pick<Prisma.TransactionClient, '$executeRaw'>

/** Tells all open pages that a listing changed, once the transaction commits. */
export async function notifyListing(db: Executor, listingId: string): Promise<void> {
  const notice = JSON.stringify({ kind: 'listing', listingId })
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${notice})`
}

/** Tells the pages of a deal that something about it changed off chain: an address, a statement, a split. */
export async function notifyDeal(db: Executor, dealId: string, accounts: readonly string[]): Promise<void> {
  const notice = JSON.stringify({ kind: 'deal', id: 0, dealId, accounts, block: 0 })
  await db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${notice})`
}

/** Whether a notice is of something written off chain, as the two above are; what the chain did has the position of its event. */
export function isOffChain(notice: string): boolean {
  try {
    const { id = 0 } = JSON.parse(notice) as { id?: unknown }
    return id === 0
  } catch {
    return false
  }
}
