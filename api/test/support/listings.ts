import { type Offer, offerToJson, parseOffer, type Terms } from '@fairhold/protocol/deal/terms'
import type { DevAccount } from '@fairhold/protocol/dev-accounts'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { offersOf } from '@fairhold/protocol/listing/choices'
import { itemHash, type ListingContentV1, type ListingContentV2 } from '@fairhold/protocol/listing/content'
import { type Address, type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Context } from '../../src/context.ts'
import type { Publish } from '../../src/listings/contract.ts'
import { rowsOf } from '../../src/listings/rows.ts'
import { insertListing } from '../../src/listings/stored.ts'
import { someTerms } from './rows.ts'

export interface ListingChanges {
  content?: Partial<ListingContentV1>
  terms?: Partial<Terms>
  offer?: Partial<Omit<Offer, 'terms'>>
}

/** A body for POST /v1/listings, signed by `account` after all changes were made. */
export async function signedListing(context: Context, account: DevAccount, changes: ListingChanges = {}): Promise<Publish> {
  const content: ListingContentV1 = {
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
  const signed = { content, offers: [{ offer: parseOffer(json), signature }] }
  const rows = rowsOf(context, signed, { town: null, replaces: null })
  const inserted = await insertListing(context, rows)
  if (!inserted) throw new Error('the listing is there already')
  return rows.listing.id as Hex
}

/** A bicycle that can be sent in two ways, or fetched. */
export const bicycle: ListingContentV2 = {
  v: 2,
  language: 'en',
  title: 'Steel touring bicycle, 56 cm',
  description: 'Ridden to Santiago and back.\nNew chain, old saddle.',
  category: 'bicycles',
  attributes: { type: 'touring', brand: 'Koga', frame: '56.5', gears: '27' },
  condition: 'good',
  photos: [],
  place: { country: 'PT', town: 'Porto', townId: 2735943 },
  pickup: true,
  shipping: [
    { name: 'Parcel', to: ['PT', 'ES'], price: '25', days: [2, 5] },
    { name: 'Freight', to: ['*'], price: '90', days: [7, 21] },
  ],
}

export interface ChoicesChanges {
  content?: object
  terms?: Partial<Terms>
  quantity?: number
  nonce?: number
  replaces?: string
}

/** A body for POST /v1/listings with an offer for each choice of the bicycle, the item at 1000. */
export async function signedChoices(context: Context, account: DevAccount, changes: ChoicesChanges = {}): Promise<Publish> {
  const content = { ...bicycle, ...changes.content } as ListingContentV2
  const seller = account.address.toLowerCase() as Address
  const itemPrice = { seller, buyer: zeroAddress, price: 1_000n, itemHash: itemHash(content) } as const
  const terms = someTerms({ ...itemPrice, ...changes.terms })
  const base: Offer = { terms, expiry: 4_000_000_000, counter: 0n, nonce: changes.nonce ?? 0, quantity: changes.quantity ?? 1 }
  const wallet = privateKeyToAccount(account.privateKey)
  const signed = await Promise.all(
    offersOf(content, base).map(async (offer) => {
      const signature = await wallet.signTypedData(offerTypedData(offer, context.domain))
      return { offer: offerToJson(offer) as Publish['offer'], signature }
    }),
  )
  const [first, ...otherOffers] = signed
  if (!first) throw new Error('a listing has at least one choice')
  const replaces = changes.replaces === undefined ? {} : { replaces: changes.replaces }
  return { content: JSON.parse(JSON.stringify(content)), ...first, otherOffers, ...replaces }
}

/** Puts a listing with all choices of the bicycle in the database as if it had been published. Returns its id. */
export async function insertChoices(context: Context, account: DevAccount, changes: ChoicesChanges = {}): Promise<Hex> {
  const { content, offer, signature, otherOffers = [] } = await signedChoices(context, account, changes)
  const offers = [{ offer, signature }, ...otherOffers].map((signed) => ({ ...signed, offer: parseOffer(signed.offer) }))
  const rows = rowsOf(context, { content: content as ListingContentV2, offers } as never, { town: null, replaces: null })
  if (!(await insertListing(context, rows))) throw new Error('the listing is there already')
  return rows.listing.id as Hex
}
