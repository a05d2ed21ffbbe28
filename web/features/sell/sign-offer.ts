import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { type Offer, offerToJson } from '@fairhold/protocol/deal/terms'
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
const SALT_BYTES = 31

const randomSalt = (): bigint => bytesToBigInt(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))

/** The offer to sign: open to any buyer, good for as long as the market's default says. */
export function offerOf(sale: Sale, market: MarketConfig, { seller, counter }: { seller: Address; counter: bigint }): Offer {
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
      shipSeconds: seconds.ship,
      deliverySeconds: seconds.delivery,
      inspectionSeconds: seconds.inspection,
      rulingSeconds: seconds.ruling,
      itemHash: itemHash(sale.content),
      salt: randomSalt(),
    },
    expiry: market.chainNow + market.defaults.expirySeconds,
    counter,
    quantity: sale.quantity,
  }
}

/** Reads the seller's counter and has the offer signed. No transaction, no gas. */
export async function signOffer(config: Config, market: MarketConfig, sale: Sale, seller: Address): Promise<PublishBody> {
  const escrow = market.escrow as Address
  const { chainId } = market
  const counter = await readContract(config, {
    abi: escrowAbi,
    address: escrow,
    functionName: 'counterOf',
    args: [seller],
    chainId,
  })
  const offer = offerOf(sale, market, { seller, counter })
  const signature = await signTypedData(config, { account: seller, ...offerTypedData(offer, { chainId, escrow }) })
  return { content: { ...sale.content, photos: [...sale.content.photos] }, offer: offerToJson(offer), signature }
}
