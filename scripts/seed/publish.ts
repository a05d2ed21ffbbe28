import { readFile } from 'node:fs/promises'
import type { Listing, Photo } from '@fairhold/api/contract/listings'
import type { Config } from '@fairhold/api/contract/meta'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { dealId } from '@fairhold/protocol/deal/id'
import { type Offer, offerToJson, parseTerms } from '@fairhold/protocol/deal/terms'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { itemHash, type ListingContent } from '@fairhold/protocol/listing/content'
import { parseAmount } from '@fairhold/protocol/money'
import { textHash } from '@fairhold/protocol/text'
import { type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { ApiProblem } from './api.ts'
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

/** Signs the offer and publishes it; a listing that is there already is left as it is. */
export async function publishListing(market: Market, { listing, content }: Prepared): Promise<Published> {
  const { config } = market
  const caller = market.callerOf(listing.seller)
  const account = privateKeyToAccount(people[listing.seller].account.privateKey)
  const offer = await offerOf(market, { listing, content })
  const domain = { chainId: config.chainId, escrow: market.escrow }
  const id = dealId(offer.terms, domain)
  const signature = await account.signTypedData(offerTypedData(offer, domain))
  try {
    await caller.send<Listing>('POST', '/v1/listings', { content, offer: offerToJson(offer), signature })
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'ALREADY_THERE')) throw error
  }
  return { listing, id, offer, signature }
}

/** Uploads the pictures of a listing and puts its content together. */
export async function prepareListing(market: Market, listing: SeedListing): Promise<Prepared> {
  const caller = market.callerOf(listing.seller)
  const { title, description, category, condition, place, shipsTo } = listing
  const photos = await Promise.all(
    listing.photos.map(async (name) => {
      const file = await readFile(new URL(`./photos/${name}.webp`, import.meta.url))
      return (await caller.upload<Photo>('/v1/listings/photos', new Uint8Array(file))).sha256
    }),
  )
  return { listing, content: { v: 1, title, description, category, condition, photos, place, shipsTo } }
}

async function offerOf(market: Market, { listing, content }: { listing: SeedListing; content: ListingContent }): Promise<Offer> {
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
