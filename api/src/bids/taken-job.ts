import type { Context } from '../context.ts'
import { notifyListing } from '../http/notify.ts'
import type { Job } from '../jobs/loop.ts'
import { isSoldOut } from '../listings/stored.ts'
import { type TakenBid, takenBids, unitSoldBy } from './queries.ts'

/** In the place of a choice: no ask of the listing, but a bid or a counter. */
const BY_BID = -1

/**
 * Counts a bid that became a deal as a unit of its listing, so that the market shows the unit as sold. Which deals there are the
 * chain says; writing it down twice changes nothing. The listing is locked, so that two are not counted as the same unit.
 */
export function takenBidJob(context: Context): Job<TakenBid> {
  return {
    name: 'bid',
    due: () => takenBids(context),
    idOf: ({ id }) => id,
    work: async (bid) => {
      const { id, listingId } = bid
      await context.db.$transaction(async (tx) => {
        const locked = await tx.$executeRaw`SELECT FROM app.listing WHERE id = ${listingId} FOR UPDATE`
        if (locked === 0) return // deleted for good meanwhile
        // Where more was sold than there is, the seller refunds one; the deal still belongs to the listing.
        const unit = (await unitSoldBy(context, tx, bid)) ?? bid.unit ?? 0
        const counted = await tx.$executeRaw`INSERT INTO app.listing_unit (deal_id, listing_id, unit, choice)
          VALUES (${id}, ${listingId}, ${unit}, ${BY_BID}) ON CONFLICT DO NOTHING`
        if (counted > 0) await notifyListing(tx, listingId, (await isSoldOut(context, tx, listingId)) ? 'gone' : 'changed')
      })
    },
  }
}
