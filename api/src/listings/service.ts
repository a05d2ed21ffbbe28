import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { notifyListing } from '../http/notify.ts'
import { pageFrom } from '../http/paging.ts'
import type { Person } from '../http/shapes.ts'
import { peopleOf, personIn } from '../identity/people.ts'
import type { Facets, Listing, ListingCard, ListingPage, Publish, Search } from './contract.ts'
import { publishOffer } from './publish-offer.ts'
import { type CardRow, countFacets, findListing, findUnits, type ListingRow, searchListings } from './queries.ts'

export { listingsOfDeals } from './queries.ts'

export async function search(context: Context, input: Search): Promise<ListingPage> {
  requireTokenOfRange(input)
  const rows = await searchListings(context, input)
  const people = await peopleOf(
    context,
    rows.map((row) => row.seller),
  )
  return pageFrom(rows, input.limit, { cursorOf: ({ key, id }) => ({ key, id }), toItem: (row) => cardOf(row, people) })
}

export async function facets(context: Context, input: Search): Promise<Facets> {
  requireTokenOfRange(input)
  return countFacets(context, input)
}

/** @throws AppError NOT_FOUND */
export async function getListing(context: Context, id: string): Promise<Listing> {
  const row = await findListing(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such listing.')
  const [units, people] = await Promise.all([findUnits(context, id), peopleOf(context, [row.seller])])
  const { content, offer, signature } = row
  return {
    ...cardOf({ ...row, photo: content.photos[0] ?? null }, people),
    description: content.description,
    shipsTo: content.shipsTo,
    photos: [...content.photos],
    content: { ...content, photos: [...content.photos] },
    offer,
    signature,
    itemHash: row.item_hash,
    expiry: Number(row.expiry),
    arbiter: row.arbiter,
    status: statusOf(row),
    units,
  }
}

/** Puts a signed offer on the market. */
export async function publish(context: Context, account: Account, input: Publish): Promise<Listing> {
  return getListing(context, await publishOffer(context, account, input))
}

/** Takes a listing off the market. Who saved the signed offer can still take it: voiding it on chain is the seller's. */
export async function withdraw(context: Context, account: Account, id: string): Promise<void> {
  const row = await findListing(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such listing.')
  if (!account.wallets.includes(row.seller)) throw new AppError('FORBIDDEN', 'Only the seller can take a listing off the market.')
  await context.db.$transaction(async (tx) => {
    await tx.listing.update({ where: { id }, data: { status: 'withdrawn', updatedAt: new Date() } })
    await notifyListing(tx, id)
  })
}

/** A number of base units means nothing without its token. */
function requireTokenOfRange({ minPrice, maxPrice, token }: Search): void {
  if ((minPrice === undefined && maxPrice === undefined) || token !== undefined) return
  throw invalid('token', 'say which token the prices are in')
}

function statusOf(row: ListingRow): Listing['status'] {
  if (row.status === 'withdrawn') return 'withdrawn'
  if (row.free === 0) return row.bought ? 'sold' : 'withdrawn'
  return row.expired ? 'expired' : 'active'
}

function cardOf(row: Omit<CardRow, 'key'>, people: Map<string, Person>): ListingCard {
  const { id, title, category, condition, place, photo, token, price, quantity, available } = row
  const seller = personIn(people, row.seller)
  return {
    id,
    title,
    category,
    condition,
    place,
    photo,
    token,
    price,
    seller,
    quantity,
    available,
    createdAt: row.created_at.toISOString(),
  }
}
