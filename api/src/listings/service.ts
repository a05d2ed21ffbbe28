import { dealId, unitDealId } from '@fairhold/protocol/deal/id'
import { type Offer, parseOffer, termsProblems, termsToJson } from '@fairhold/protocol/deal/terms'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { itemHash } from '@fairhold/protocol/listing/content'
import { hashTypedData, zeroAddress } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, type FieldError } from '../http/errors.ts'
import { notifyListing } from '../http/notify.ts'
import { pageFrom } from '../http/paging.ts'
import { isSigned } from '../http/signatures.ts'
import { peopleOf, personIn } from '../identity/people.ts'
import type { Person } from '../http/shapes.ts'
import type { Facets, Listing, ListingCard, ListingPage, Publish, Search } from './contract.ts'
import { type CardRow, countFacets, findListing, findUnits, type ListingRow, searchListings } from './queries.ts'

export { listingsOfDeals } from './queries.ts'

export async function search(context: Context, input: Search): Promise<ListingPage> {
  if ((input.minPrice || input.maxPrice) && !input.token) {
    throw new AppError('VALIDATION', 'A price range needs a token.', [{ path: 'token', message: 'say which token the prices are in' }])
  }
  const rows = await searchListings(context, input)
  const people = await peopleOf(context, rows.map((row) => row.seller))
  return pageFrom(rows, input.limit, { cursorOf: ({ key, id }) => ({ key, id }), toItem: (row) => cardOf(row, people) })
}

export function facets(context: Context, input: Search): Promise<Facets> {
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

/** Puts a signed offer on the market. All that a buyer will rely on is checked here; the contract checks it again. */
export async function publish(context: Context, account: Account, { content, offer: offerJson, signature }: Publish): Promise<Listing> {
  const offer = parseOffer(offerJson)
  await checkOffer(context, account, { content, offer, signature })
  const { terms } = offer
  const id = dealId(terms, context.domain)
  const units = Array.from({ length: offer.quantity }, (_, unit) => ({ dealId: unitDealId(offer, unit, context.domain), listingId: id, unit }))
  await context.db.$transaction(async (tx) => {
    const inserted = await tx.listing.createMany({
      data: {
        id,
        seller: account.address,
        content,
        itemHash: terms.itemHash,
        title: content.title,
        description: content.description,
        category: content.category,
        condition: content.condition,
        place: content.place,
        token: terms.token.toLowerCase(),
        price: terms.price.toString(),
        quantity: offer.quantity,
        offer: { ...offerJson, terms: { ...termsToJson(terms) } },
        signature,
        expiry: BigInt(offer.expiry),
        arbiter: terms.arbiter.toLowerCase(),
      },
      skipDuplicates: true,
    })
    if (inserted.count === 0) throw new AppError('ALREADY_THERE', 'This offer is on the market already.')
    await tx.listingUnit.createMany({ data: units })
    await notifyListing(tx, id)
  })
  return getListing(context, id)
}

/** Takes a listing off the market. Who saved the signed offer can still take it: voiding it on chain is the seller's. */
export async function withdraw(context: Context, account: Account, id: string): Promise<void> {
  const row = await findListing(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such listing.')
  if (row.seller !== account.address) throw new AppError('FORBIDDEN', 'Only the seller can take a listing off the market.')
  await context.db.$transaction(async (tx) => {
    await tx.listing.update({ where: { id }, data: { status: 'withdrawn', updatedAt: new Date() } })
    await notifyListing(tx, id)
  })
}

async function checkOffer(context: Context, account: Account, { content, offer, signature }: { content: Publish['content']; offer: Offer; signature: string }) {
  const { chain, db, deployment, domain } = context
  const { terms } = offer
  if (terms.seller.toLowerCase() !== account.address) throw new AppError('FORBIDDEN', 'The offer names another seller than the account signed in.')
  const errors = [...refusals(context, { content, offer }), ...(offer.expiry > (await context.chainNow()) ? [] : [{ path: 'offer.expiry', message: 'is in the past' }])]
  const known = await db.media.count({ where: { sha256: { in: content.photos }, owner: account.address } })
  if (known !== new Set(content.photos).size || known !== content.photos.length) errors.push({ path: 'content.photos', message: 'upload each picture once, with this account' })
  const counter = await chain.readContract({ abi: escrowAbi, address: deployment.escrow, functionName: 'counterOf', args: [terms.seller] })
  if (counter !== offer.counter) errors.push({ path: 'offer.counter', message: `must be ${counter}, your counter on chain` })
  if (errors.length > 0) throw new AppError('OFFER_REFUSED', `${errors.map(({ path, message }) => `${path} ${message}`).join('; ')}.`, errors)
  const hash = hashTypedData(offerTypedData(offer, domain))
  if (!(await isSigned(context, { address: terms.seller, hash, signature }))) throw new AppError('WRONG_SIGNATURE', 'The offer was not signed by its seller, or was changed after signing.')
}

/** What this marketplace does not take, and what the contract would refuse. */
function refusals({ env, deployment }: Context, { content, offer }: { content: Publish['content']; offer: Offer }): FieldError[] {
  const { terms } = offer
  const found: FieldError[] = termsProblems(terms).map(({ field, message }) => ({ path: `offer.terms.${field}`, message }))
  const demand = (holds: boolean, field: string, message: string) => holds || found.push({ path: `offer.terms.${field}`, message })
  const arbiter = env.arbiters.find(({ address }) => address === terms.arbiter.toLowerCase())
  demand(itemHash(content) === terms.itemHash, 'itemHash', 'is not the hash of the content')
  demand(terms.token === zeroAddress || deployment.tokens.some(({ address }) => address === terms.token.toLowerCase()), 'token', 'is not taken on this market')
  demand(arbiter !== undefined, 'arbiter', 'is not on the list of this market')
  demand(arbiter === undefined || terms.arbiterFeeBps === arbiter.feeBps, 'arbiterFeeBps', `must be ${arbiter?.feeBps}, what the arbiter asks`)
  demand(terms.operator.toLowerCase() === env.operator, 'operator', `must be ${env.operator}`)
  demand(terms.operatorFeeBps === env.operatorFeeBps, 'operatorFeeBps', `must be ${env.operatorFeeBps}`)
  demand(terms.buyer === zeroAddress, 'buyer', 'must be open to any buyer')
  return found
}

function statusOf(row: ListingRow): Listing['status'] {
  if (row.status === 'withdrawn') return 'withdrawn'
  if (row.free === 0) return 'sold'
  return row.expired ? 'expired' : 'active'
}

function cardOf(row: Omit<CardRow, 'key'>, people: Map<string, Person>): ListingCard {
  const { id, title, category, condition, place, photo, token, price, quantity, available } = row
  const seller = personIn(people, row.seller)
  return { id, title, category, condition, place, photo, token, price, seller, quantity, available, createdAt: row.created_at.toISOString() }
}
