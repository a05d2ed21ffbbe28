import { readFile } from 'node:fs/promises'
import type { Listing, Photo } from '@fairhold/api/contract/listings'
import type { Config } from '@fairhold/api/contract/meta'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { dealId } from '@fairhold/protocol/deal/id'
import { type Offer, offerToJson, parseTerms } from '@fairhold/protocol/deal/terms'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { offersOf } from '@fairhold/protocol/listing/choices'
import { itemHash, type ListingContent, type ListingPhoto } from '@fairhold/protocol/listing/content'
import { parseAmount } from '@fairhold/protocol/money'
import { textHash } from '@fairhold/protocol/text'
import { type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { ApiProblem } from './api.ts'
import { towns } from './delivery.ts'
import { listings, type SeedListing } from './listings.ts'
import type { Market } from './market.ts'
import { people } from './people.ts'

const DAY = 86_400

/** A listing whose pictures are uploaded. */
export interface Prepared {
  listing: SeedListing
  content: ListingContent
}

/** A listing as it stands on the market, with what is needed to buy it. */
export interface Published {
  listing: SeedListing
  id: Hex
  offer: Offer
  signature: Hex
}

/** Signs an offer for each way of getting it and publishes them; a listing that is there already is left as it is. */
export async function publishListing(market: Market, { listing, content }: Prepared): Promise<Published> {
  const { config } = market
  const caller = market.callerOf(listing.seller)
  const account = privateKeyToAccount(people[listing.seller].account.privateKey)
  const offers = offersOf(content, await baseOf(market, { listing, content }))
  const domain = { chainId: config.chainId, escrow: market.escrow }
  const signed = await Promise.all(
    offers.map(async (offer) => ({ offer, signature: await account.signTypedData(offerTypedData(offer, domain)) })),
  )
  const [first, ...others] = signed.map(({ offer, signature }) => ({ offer: offerToJson(offer), signature }))
  try {
    await caller.send<Listing>('POST', '/v1/listings', { content, ...first, otherOffers: others })
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'ALREADY_THERE')) throw error
  }
  const [choice] = signed
  if (!choice) throw new Error(`the ${listing.key} cannot be had in any way`)
  return { listing, id: dealId(choice.offer.terms, domain), ...choice }
}

/** Uploads the pictures of a listing and puts its content together. */
export async function prepareListing(market: Market, listing: SeedListing): Promise<Prepared> {
  const caller = market.callerOf(listing.seller)
  const photos = await Promise.all(
    listing.photos.map(async (name) => {
      const file = await readFile(new URL(`./photos/${name}.webp`, import.meta.url))
      const { sha256 } = await caller.upload<Photo>('/v1/listings/photos', new Uint8Array(file))
      return { sha256, alt: '' }
    }),
  )
  return { listing, content: contentOf(market.config, { listing, photos }) }
}

/** What is signed. @throws where the market takes no such token */
export function contentOf(
  { tokens }: Pick<Config, 'tokens'>,
  { listing, photos }: { listing: SeedListing; photos: readonly ListingPhoto[] },
): ListingContent {
  const { title, description, category, condition, attributes, pickup = false, symbol, town, ways } = listing
  const token = tokens.find((one) => one.symbol === symbol)
  if (!token) throw new Error(`the market takes no ${symbol}`)
  const shipping = ways.map(({ price, ...way }) => ({ ...way, price: parseAmount(price, token.decimals).toString() }))
  const described = { v: 2, language: 'en', title, description, category, condition, attributes } as const
  return { ...described, photos, place: towns[town], pickup, shipping }
}

/** The offer with the price of the item alone. */
async function baseOf(market: Market, { listing, content }: { listing: SeedListing; content: ListingContent }): Promise<Offer> {
  const { config } = market
  const seller = people[listing.seller].account.address
  const counter = await market.chain.client.readContract({
    address: market.escrow,
    abi: escrowAbi,
    functionName: 'counterOf',
    args: [seller],
  })
  const terms = parseTerms({ ...termsOf(config, listing), seller, buyer: zeroAddress, itemHash: itemHash(content) })
  const expiry = config.chainNow + config.defaults.expirySeconds
  return { terms, expiry, counter, nonce: listings.indexOf(listing), quantity: listing.quantity }
}

function termsOf(
  { tokens, arbiters, operator, operatorFeeBps, defaults }: Config,
  { key, symbol, price, instalments }: SeedListing,
) {
  const token = tokens.find((one) => one.symbol === symbol)
  const arbiter = arbiters[0]
  if (!token || !arbiter) throw new Error(`the market takes no ${symbol}, or has no arbiter`)
  const { shipSeconds, deliverySeconds, inspectionSeconds, rulingSeconds, silentAwardBps } = defaults
  return {
    token: token.address,
    price: parseAmount(price, token.decimals),
    arbiter: arbiter.address,
    arbiterFeeBps: arbiter.feeBps,
    operator,
    operatorFeeBps,
    silentAwardBps,
    depositBps: instalments?.depositBps ?? 0,
    fundingSeconds: (instalments?.days ?? 0) * DAY,
    shipSeconds,
    deliverySeconds,
    inspectionSeconds,
    rulingSeconds,
    salt: saltOf(key),
  }
}

/** Always the same salt for the same listing, so that seeding twice makes the same deal ids; unit k has this plus k. */
function saltOf(key: string): bigint {
  return (BigInt(textHash(`demo market: ${key}`)) >> 200n) << 8n
}
