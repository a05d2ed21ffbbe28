import { unitDealId } from '@fairhold/protocol/deal/id'
import { type Offer, offerToJson, parseOffer } from '@fairhold/protocol/deal/terms'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { checkOffer, type SignedOffer } from './check-offer.ts'
import type { Publish } from './contract.ts'
import { insertListing, isKnownOnChain } from './queries.ts'

/**
 * Puts a signed offer on the market and returns the listing's id, which is the deal id of its first unit. All that a buyer
 * will rely on is checked here; the contract checks it again.
 * @throws AppError as `checkOffer`, or ALREADY_THERE
 */
export async function publishOffer(
  context: Context,
  account: Account,
  { content, offer: given, signature }: Publish,
): Promise<Hex> {
  const offer = parseOffer(given)
  const signed: SignedOffer = { content, offer, signature }
  await checkOffer(context, account, signed)
  const unitIds = unitIdsOf(context, offer)
  if (await isKnownOnChain(context, unitIds)) throw new AppError('ALREADY_THERE', 'Units of this offer have been sold or voided.')
  const [id] = unitIds
  if (id === undefined) throw invalid('offer.quantity', 'must be at least 1')
  const { terms, expiry, quantity } = offer
  const inserted = await insertListing(context, unitIds, {
    id,
    seller: terms.seller,
    content,
    itemHash: terms.itemHash,
    title: content.title,
    description: content.description,
    category: content.category,
    condition: content.condition,
    place: content.place,
    token: terms.token,
    price: terms.price.toString(),
    quantity,
    offer: { ...offerToJson(offer), terms: { ...offerToJson(offer).terms } },
    signature,
    expiry: BigInt(expiry),
    arbiter: terms.arbiter,
  })
  if (!inserted) throw new AppError('ALREADY_THERE', 'This offer, or one that shares units with it, is on the market already.')
  return id
}

function unitIdsOf({ domain }: Context, offer: Offer): Hex[] {
  return Array.from({ length: offer.quantity }, (_, unit) => unitDealId(offer, unit, domain))
}
