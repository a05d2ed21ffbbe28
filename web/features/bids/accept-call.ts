import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { openCall, type Payment } from '@fairhold/protocol/deal/payment'
import { parseOffer, parseTerms } from '@fairhold/protocol/deal/terms'
import { actTypedData } from '@fairhold/protocol/eip712/acts'
import { type Abi, type Address, encodeFunctionData, type Hex, zeroHash } from 'viem'
import { signTypedData } from 'wagmi/actions'
import { chainTime, type PayerOptions } from '@/features/checkout/sign-payment'
import type { ContractCall } from '@/features/deals/send'
import type { Acceptance } from '@/lib/api/bids'
import type { VoidingIn } from '@/lib/api/relay'

const abi = escrowAbi as Abi

/**
 * The one transaction by which a seller takes a bid: it opens the deal with the bidder's money and voids the asks of the same
 * unit. All or nothing, so that the unit is sold once, whoever is buying it at the same moment.
 */
export function acceptCall(acceptance: Acceptance, escrow: Address): ContractCall {
  const offer = parseOffer(acceptance.offer)
  const payment = (acceptance.payment ?? { method: 'allowance' }) as Payment
  const signature = acceptance.signature as Hex
  const { functionName, args } = openCall({ offer, unit: 0, signature, buyer: offer.terms.buyer, payment })
  const open = encodeFunctionData({ abi, functionName, args })
  const voids = acceptance.voids.map((terms) =>
    encodeFunctionData({ abi, functionName: 'cancelOffer', args: [packTerms(parseTerms(terms))] }),
  )
  return { abi, address: escrow, functionName: 'multicall', args: [[open, ...voids]] }
}

/** Voids an offer on chain, for its maker: what its other side may have of it is worth nothing then. */
export function voidCall(terms: Acceptance['offer']['terms'], escrow: Address): ContractCall {
  return { abi, address: escrow, functionName: 'cancelOffer', args: [packTerms(parseTerms(terms))] }
}

/** An hour, as steps of deals: what is signed for somebody else to send does not stand for long. */
const LASTS = 3_600

/** The same, signed by the maker for the marketplace to send. */
export async function signVoidBid(
  { config, market, account }: Pick<PayerOptions, 'config' | 'market' | 'account'>,
  bidId: string,
): Promise<VoidingIn> {
  const expiry = (await chainTime({ config, market })) + LASTS
  const what = { action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry } as const
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  const typed = actTypedData({ signer: account, dealId: bidId as Hex, ...what }, domain)
  return { how: 'bid', bidId, expiry, signature: await signTypedData(config, { ...typed, account }) }
}
