import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { MAX_NONCE, type Offer, offerToJson } from '@fairhold/protocol/deal/terms'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { itemHash } from '@fairhold/protocol/listing/content'
import { type Address, bytesToBigInt, zeroAddress } from 'viem'
import type { Config } from 'wagmi'
import { readContract, signTypedData } from 'wagmi/actions'
import type { api } from '@/lib/api'
import type { MarketConfig } from '@/lib/chain'
import type { Sale } from './validate'

export type PublishBody = Parameters<typeof api.listings.publish>[0]

/** Room is left above for the units of the offer, which count up from the salt. */
const SALT_BYTES = 7

const randomSalt = (): bigint => bytesToBigInt(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))

/** What an offer says of who makes it. `nonce`: group of offers that its maker can void together. */
interface Maker {
  seller: Address
  counter: bigint
  nonce: number
}

/** One of the nonces that the maker has not voided, by chance, so that few listings share theirs. */
function freeNonce(voided: bigint): number {
  const free = Array.from({ length: MAX_NONCE + 1 }, (_, nonce) => nonce).filter((nonce) => !((voided >> BigInt(nonce)) & 1n))
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1))
  return free[chance % free.length] ?? 0 // voiding all of them raises the counter, which frees them
}

/** The offer to sign: open to any buyer, good for as long as the market's default says. */
export function offerOf(sale: Sale, market: MarketConfig, maker: Maker): Offer {
  const { seller, counter, nonce } = maker
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
    expiry: market.chainNow + market.defaults.expirySeconds,
    counter,
    nonce,
    quantity: sale.quantity,
  }
}

/** Reads what the seller has voided and has the offer signed. No transaction, no gas. */
export async function signOffer(config: Config, market: MarketConfig, sale: Sale, seller: Address): Promise<PublishBody> {
  const escrow = market.escrow as Address
  const { chainId } = market
  const call = { abi: escrowAbi, address: escrow, args: [seller], chainId } as const
  const [counter, voided] = await Promise.all([
    readContract(config, { ...call, functionName: 'counterOf' }),
    readContract(config, { ...call, functionName: 'voidedNoncesOf' }),
  ])
  const offer = offerOf(sale, market, { seller, counter, nonce: freeNonce(voided) })
  const signature = await signTypedData(config, { account: seller, ...offerTypedData(offer, { chainId, escrow }) })
  return { content: { ...sale.content, photos: [...sale.content.photos] }, offer: offerToJson(offer), signature }
}
