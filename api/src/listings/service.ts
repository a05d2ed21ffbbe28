import { choicesOf } from '@fairhold/protocol/listing/choices'
import { photosOf } from '@fairhold/protocol/listing/content'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { cardOf } from './card.ts'
import type { Choice, Listing, Publish } from './contract.ts'
import { publishOffer } from './publish-offer.ts'
import { findListing, findOffers, findUnits, type ListingRow, type OfferRow, type UnitRow } from './stored.ts'
import { withdrawalOf } from './withdraw.ts'

export { listingsOfDeals } from './stored.ts'

/** @throws AppError NOT_FOUND */
export async function getListing(context: Context, id: string): Promise<Listing> {
  const row = await findListing(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such listing.')
  const [offers, units] = await Promise.all([findOffers(context, id), findUnits(context, id)])
  const choices = choicesFrom(row, offers, units)
  return {
    ...cardOf(row),
    ...wordsOf(row),
    offer: row.offer,
    signature: row.signature,
    choices,
    itemHash: row.item_hash,
    expiry: Number(row.expiry),
    arbiter: row.arbiter,
    status: statusOf(row),
    units: choices[0]?.units ?? [],
    free: choices.flatMap(({ units: own }) => own).filter((unit) => unit.free).length,
    domain: context.domain,
    replaces: row.replaces,
    replacedBy: row.replaced_by,
    withdrawal: withdrawalOf(row),
  }
}

/** What the seller wrote. */
function wordsOf({ content, ships_to }: ListingRow) {
  return {
    description: content.description,
    language: content.v === 2 ? content.language : 'en',
    attributes: content.v === 2 ? { ...content.attributes } : {},
    town: content.v === 2 && content.place ? { ...content.place } : null,
    shipsTo: ships_to,
    photos: photosOf(content).map(({ sha256 }) => sha256),
    content: content as Listing['content'],
  }
}

function choicesFrom(
  { content, expired, void: isVoid }: ListingRow,
  offers: readonly OfferRow[],
  units: readonly UnitRow[],
): Choice[] {
  return choicesOf(content).flatMap((choice): Choice[] => {
    const signed = offers.find((one) => one.choice === choice.choice)
    if (!signed) return []
    const { offer, signature } = signed
    const own = units.filter((unit) => unit.choice === choice.choice)
    return [
      {
        ...choice,
        to: [...choice.to],
        days: choice.days ? [...choice.days] : null,
        shipping: choice.shipping.toString(),
        price: offer.terms.price,
        offer,
        signature,
        units: own.map(({ unit, dealId, taken, free }) => ({ unit, dealId, taken, free: free && !isVoid && !expired })),
      },
    ]
  })
}

/** Puts a signed offer on the market. */
export async function publish(context: Context, account: Account, input: Publish): Promise<Listing> {
  return getListing(context, await publishOffer(context, account, input))
}

/** How a listing stands: what its seller did, and what the chain says of its units. */
export function statusOf(row: Pick<ListingRow, 'status' | 'free' | 'bought' | 'expired'>): Listing['status'] {
  if (row.status === 'withdrawn') return 'withdrawn'
  if (row.free === 0) return row.bought ? 'sold' : 'withdrawn'
  return row.expired ? 'expired' : 'active'
}
