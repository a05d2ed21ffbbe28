import type { Context } from '../context.ts'
import { notifyListing } from '../http/notify.ts'
import type { Job } from '../jobs/loop.ts'
import { takenBids } from './queries.ts'

type Taken = Awaited<ReturnType<typeof takenBids>>[number]

/** In the place of a choice: no ask of the listing, but a bid or a counter. */
const BY_BID = -1

/**
 * Counts a bid that became a deal as a unit of its listing, so that the market shows the unit as sold. Which deals there are the
 * chain says; writing it down twice changes nothing.
 */
export function takenBidJob(context: Context): Job<Taken> {
  return {
    name: 'bid',
    due: () => takenBids(context),
    idOf: ({ id }) => id,
    work: async ({ id, listingId, unit }) => {
      await context.db.$transaction(async (tx) => {
        await tx.$executeRaw`INSERT INTO app.listing_unit (deal_id, listing_id, unit, choice)
          SELECT ${id}, id, ${unit ?? 0}, ${BY_BID} FROM app.listing WHERE id = ${listingId} ON CONFLICT DO NOTHING`
        await notifyListing(tx, listingId)
      })
    },
  }
}
