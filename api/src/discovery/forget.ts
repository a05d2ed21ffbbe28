import type { Prisma } from '@fairhold/db/client'

/** Forgets what anybody keeps of listings that are deleted for good: the note that they were saved, found, looked at or announced. */
export async function forgetListings(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<void> {
  const where = { listingId: { in: [...ids] } }
  await tx.alert.deleteMany({ where: { OR: [where, { origin: { in: [...ids] } }] } })
  await tx.searchMatch.deleteMany({ where: { OR: [where, { origin: { in: [...ids] } }] } })
  await tx.savedListing.deleteMany({ where })
  await tx.listingView.deleteMany({ where })
  await tx.listingEvent.deleteMany({ where })
}
