import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { packOffer } from '@fairhold/protocol/deal/packed'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { permitTypedData } from '@fairhold/protocol/eip712/types'
import { type Abi, type Address, type Hex, parseSignature } from 'viem'
import { getBlock, readContract, signTypedData } from 'wagmi/actions'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain'
import { type PayOptions, preparePayment } from './pay'
import type { ContractCall } from './send'

const PERMIT_SECONDS = 3_600n

export interface OpenOptions extends PayOptions {
  listing: Listing
  unit: number
  token: TokenInfo
  /** The first instalment; null to pay the whole price. */
  deposit: bigint | null
}

/**
 * The call that buys one unit of a listing. Ether goes along with it; the whole price in a token with permits is allowed by a
 * signature in the same transaction; for anything else an allowance over exactly the amount is made first.
 */
export async function openCall(options: OpenOptions): Promise<ContractCall> {
  const { market, listing, unit, token, deposit } = options
  const offer = parseOffer(listing.offer)
  const { price } = offer.terms
  const base = { abi: escrowAbi as Abi, address: market.escrow as Address }
  const args = [packOffer(offer), unit, listing.signature as Hex] as const
  if (deposit !== null) {
    const value = await preparePayment(options, deposit)
    return { ...base, functionName: 'openInPart', args: [...args, deposit], value }
  }
  if (token.permit) return { ...base, functionName: 'openWithPermit', args: [...args, await signPermit(options, price)] }
  return { ...base, functionName: 'open', args, value: await preparePayment(options, price) }
}

async function signPermit({ config, market, token, account }: OpenOptions, value: bigint) {
  const chainId = market.chainId
  const nonce = await readContract(config, {
    abi: testUsdAbi,
    address: token.address,
    functionName: 'nonces',
    args: [account],
    chainId,
  })
  const { timestamp } = await getBlock(config, { chainId, blockTag: 'pending' })
  const deadline = timestamp + PERMIT_SECONDS
  const permit = { owner: account, spender: market.escrow as Address, value, nonce, deadline }
  const typed = permitTypedData(permit, { address: token.address, name: token.name, version: '1', chainId })
  const { r, s, yParity } = parseSignature(await signTypedData(config, { ...typed, account }))
  return { deadline, v: yParity + 27, r, s }
}
