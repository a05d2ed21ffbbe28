import { unitDealId } from '@fairhold/protocol/deal/id'
import { type Offer, offerToJson, parseOffer, type Terms } from '@fairhold/protocol/deal/terms'
import type { DevAccount } from '@fairhold/protocol/dev-accounts'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { itemHash, type ListingContent } from '@fairhold/protocol/listing/content'
import { type Address, type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Context } from '../../src/context.ts'
import type { Publish } from '../../src/listings/contract.ts'
import { insertListing } from '../../src/listings/queries.ts'
import { someTerms } from './rows.ts'

export interface ListingChanges {
  content?: Partial<ListingContent>
  terms?: Partial<Terms>
  offer?: Partial<Omit<Offer, 'terms'>>
}

/** A body for POST /v1/listings, signed by `account` after all changes were made. */
export async function signedListing(context: Context, account: DevAccount, changes: ListingChanges = {}): Promise<Publish> {
  const content: ListingContent = {
    v: 1,
    title: 'Rangefinder camera',
    description: 'Works well. The meter is a little off.',
    category: 'cameras',
    condition: 'good',
    photos: [],
    place: 'Ghent',
    shipsTo: 'Europe',
    ...changes.content,
  }
  const terms = someTerms({
    seller: account.address.toLowerCase() as Address,
    buyer: zeroAddress,
    itemHash: itemHash(content),
    ...changes.terms,
  })
  const offer: Offer = { terms, expiry: 4_000_000_000, counter: 0n, nonce: 0, quantity: 1, ...changes.offer }
  const signature = await privateKeyToAccount(account.privateKey).signTypedData(offerTypedData(offer, context.domain))
  return { content: { ...content, photos: [...content.photos] }, offer: offerToJson(offer) as Publish['offer'], signature }
}

/** Puts a listing in the database as if it had been published, which needs no chain. Returns its id. */
export async function insertSomeListing(context: Context, account: DevAccount, changes: ListingChanges = {}): Promise<Hex> {
  const { content, offer: json, signature } = await signedListing(context, account, changes)
  const offer = parseOffer(json)
  const id = unitDealId(offer, 0, context.domain)
  const { category, condition, description, place, title } = content
  const { arbiter, itemHash: hash, price, seller, token } = offer.terms
  const row = {
    id,
    seller,
    itemHash: hash,
    title,
    description,
    category,
    condition,
    place,
    token,
    price: price.toString(),
    signature,
    arbiter,
  }
  const inserted = await insertListing(context, [id], { ...row, content, quantity: 1, offer: json, expiry: BigInt(offer.expiry) })
  if (!inserted) throw new Error('the listing is there already')
  return id
}
