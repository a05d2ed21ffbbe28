import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { type Offer, offerToJson } from '@fairhold/protocol/deal/terms'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { choicesOf, offersOf } from '@fairhold/protocol/listing/choices'
import { itemHash } from '@fairhold/protocol/listing/content'
import { type Address, bytesToBigInt, zeroAddress } from 'viem'
import type { Config } from 'wagmi'
import { readContract, signTypedData } from 'wagmi/actions'
import { api } from '@/lib/api'
import type { MarketConfig } from '@/lib/chain'
import { groupFor } from './group'
import type { Sale } from './validate'

export type PublishBody = Parameters<typeof api.listings.publish>[0]

/** Room is left above for the units of the offers, which count up from the salt. */
const SALT_BYTES = 7

const randomSalt = (): bigint => bytesToBigInt(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))

/** What an offer says of who makes it. `nonce`: group of offers that its maker can void together. */
interface Maker {
  seller: Address
  counter: bigint
  nonce: number
}

/** The offer with the price of the item alone: open to any buyer. */
function baseOf(sale: Sale, market: MarketConfig, { seller, counter, nonce }: Maker): Offer {
  const { seconds, arbiter } = sale
  return {
    terms: {
      seller,
      buyer: zeroAddress,
      token: sale.token,
      price: sale.price,
      arbiter: arbiter.address,
      operator: market.operator as Address,
      operatorFeeBps: market.operatorFeeBps,
      arbiterFeeBps: arbiter.feeBps,
      silentAwardBps: sale.silentAwardBps,
      depositBps: sale.instalments?.depositBps ?? 0,
      fundingSeconds: sale.instalments?.fundingSeconds ?? 0,
      shipSeconds: seconds.ship,
      deliverySeconds: seconds.delivery,
      inspectionSeconds: seconds.inspection,
      rulingSeconds: seconds.ruling,
      itemHash: itemHash(sale.content),
      salt: randomSalt(),
    },
    expiry: market.chainNow + sale.expirySeconds,
    counter,
    nonce,
    quantity: sale.quantity,
  }
}

/** Offers on their way to being signed: one for each choice. What was signed stays, so that going on asks for the rest alone. */
export interface Signing {
  offers: readonly Offer[]
  /** What each is for: the seller's name of the way of sending; empty for pick-up. */
  names: readonly string[]
  signatures: string[]
}

/** Reads what the seller has voided and writes the offers. No transaction, no gas, nothing to sign yet. */
export async function prepareOffers(config: Config, market: MarketConfig, sale: Sale, seller: Address): Promise<Signing> {
  const call = { abi: escrowAbi, address: market.escrow as Address, args: [seller], chainId: market.chainId } as const
  const [counter, voided, groups] = await Promise.all([
    readContract(config, { ...call, functionName: 'counterOf' }),
    readContract(config, { ...call, functionName: 'voidedNoncesOf' }),
    api.listings.groups(seller.toLowerCase()),
  ])
  const base = baseOf(sale, market, { seller, counter, nonce: groupFor(voided, groups) })
  const names = choicesOf(sale.content).map(({ name }) => name)
  return { offers: offersOf(sale.content, base), names, signatures: [] }
}

/** Has the next offer signed and keeps its signature in `signing`. */
export async function signNext(config: Config, market: MarketConfig, signing: Signing): Promise<void> {
  const offer = signing.offers[signing.signatures.length]
  if (!offer) return
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  const signature = await signTypedData(config, { account: offer.terms.seller, ...offerTypedData(offer, domain) })
  signing.signatures.push(signature)
}

/** What is sent once all is signed. */
export function bodyOf({ content }: Sale, { offers, signatures }: Signing, replaces: string | null): PublishBody {
  const signed = offers.map((offer, at) => ({ offer: offerToJson(offer), signature: signatures[at] ?? '' }))
  const [first, ...otherOffers] = signed
  if (!first) throw new Error('a listing has at least one offer')
  const plain = JSON.parse(JSON.stringify(content)) as PublishBody['content']
  return { content: plain, ...first, otherOffers, ...(replaces === null ? {} : { replaces }) }
}
