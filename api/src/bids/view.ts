import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { peopleOf, personIn } from '../identity/people.ts'
import type { Listing } from '../listings/contract.ts'
import { getListing } from '../listings/service.ts'
import type { Bid, BidStatus } from './contract.ts'
import { payableOf } from './payable.ts'
import type { BidRow } from './queries.ts'

/** Bids as one of their two people sees them. */
export async function viewsOf(context: Context, rows: readonly BidRow[], wallets: readonly string[]): Promise<Bid[]> {
  const ids = [...new Set(rows.map((row) => row.listing_id))]
  const [people, listings, now] = await Promise.all([
    peopleOf(
      context,
      rows.flatMap((row) => [row.seller, row.buyer]),
    ),
    Promise.all(ids.map((id) => listingOrNull(context, id))),
    context.chainNow(),
  ])
  const listingOf = new Map(ids.map((id, index) => [id, listings[index] ?? null]))
  return Promise.all(
    rows.map(async (row): Promise<Bid> => {
      const listing = listingOf.get(row.listing_id) ?? null
      const status = statusOf(row, listing, now)
      const wantsFacts = status === 'open' && wallets.includes(row.seller) && row.maker === row.buyer
      return {
        id: row.id,
        kind: row.maker === row.buyer ? 'bid' : 'counter',
        status,
        seller: personIn(people, row.seller),
        buyer: personIn(people, row.buyer),
        maker: row.maker,
        token: row.token,
        price: row.price,
        note: row.note,
        choice: row.choice,
        expiry: Number(row.expiry),
        createdAt: row.created_at.toISOString(),
        handed: row.handed_at !== null,
        listing: listingRef(row, listing),
        payable: wantsFacts ? await payableOf(context, row, now) : null,
      }
    }),
  )
}

/** Null for a listing that was deleted: what was offered on it is still told. */
async function listingOrNull(context: Context, id: string): Promise<Listing | null> {
  try {
    return await getListing(context, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** What has become of a bid: the chain has the last word, then its people, then time. */
export function statusOf(row: BidRow, listing: Pick<Listing, 'status' | 'available'> | null, now: number): BidStatus {
  if (row.taken) return 'accepted'
  if (row.voided) return 'voided'
  if (row.status !== 'open' && row.status !== 'ended') return row.status
  if (Number(row.expiry) < now) return 'expired'
  // One that had ended and came back, because the chain took a block back, stays closed: another may stand in its place.
  return row.status === 'open' && listing?.status === 'active' && listing.available > 0 ? 'open' : 'gone'
}

function listingRef(row: BidRow, listing: Listing | null): Bid['listing'] {
  if (!listing) return { id: row.listing_id, title: '', photo: null, token: row.token, price: row.price, status: 'withdrawn' }
  const asked = listing.choices.find(({ choice }) => choice === row.choice)?.offer.terms
  const { id, title, photo, status } = listing
  return { id, title, photo, status, token: asked?.token ?? listing.token, price: (asked?.price ?? listing.price).toString() }
}
