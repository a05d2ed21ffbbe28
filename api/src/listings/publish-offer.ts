import { parseOffer } from '@fairhold/protocol/deal/terms'
import { parseNewListing } from '@fairhold/protocol/listing/content'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { checkOffers, type SignedListing } from './check-offer.ts'
import type { Publish } from './contract.ts'
import { checkReplaced } from './replace.ts'
import { rowsOf } from './rows.ts'
import { insertListing, isKnownOnChain } from './stored.ts'
import { townOf } from './towns/find.ts'

/**
 * Puts a listing on the market and returns its id, which is the deal id of the first unit of its first choice. All that a buyer
 * will rely on is checked here; the contract checks it again. A listing that it replaces goes off the market with it.
 * @throws AppError as `checkOffers` and `checkReplaced`, or ALREADY_THERE
 */
export async function publishOffer(context: Context, account: Account, published: Publish): Promise<Hex> {
  const { content: given, offer, signature, otherOffers = [], replaces } = published
  const offers = [{ offer, signature }, ...otherOffers].map((one) => ({ ...one, offer: parseOffer(one.offer) }))
  const signed: SignedListing = { content: parseNewListing(given), offers }
  await checkOffers(context, account, signed)
  if (replaces !== undefined) await checkReplaced(context, account, replaces)
  const place = signed.content.v === 2 ? signed.content.place : null
  const town = place ? await townOf(context, place.townId) : null
  const rows = rowsOf(context, signed, { town, replaces: replaces ?? null })
  const unitIds = rows.units.map(({ deal_id }) => deal_id)
  if (await isKnownOnChain(context, unitIds)) throw new AppError('ALREADY_THERE', 'Units of this offer have been sold or voided.')
  if (await insertListing(context, rows)) return rows.listing.id
  throw new AppError('ALREADY_THERE', 'This offer, or one that shares units with it, is on the market already.')
}
