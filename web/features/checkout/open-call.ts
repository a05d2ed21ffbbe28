import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { packOffer } from '@fairhold/protocol/deal/packed'
import { openCall, type Payment } from '@fairhold/protocol/deal/payment'
import { offerToJson, parseOffer } from '@fairhold/protocol/deal/terms'
import type { Abi, Address, Hex } from 'viem'
import { readContract } from 'wagmi/actions'
import { payingCall, preparePayment } from '@/features/deals/pay'
import { SendEnded } from '@/features/deals/problem'
import type { ContractCall } from '@/features/deals/send'
import type { Listing } from '@/lib/api'
import type { OpeningIn } from '@/lib/api/relay'
import { chainTime, type Due, type PayerOptions, signAuthorization, signForOthers, signPermit } from './sign-payment'

const PERMIT_SECONDS = 3_600

/** What a buyer takes: one unit of an offer that a seller signed. */
export interface Purchase {
  offer: Listing['offer']
  signature: string
  unit: number
  /** Deals that would sell the same unit in another way: none may be there yet. */
  siblings: readonly string[]
}

const escrowOf = ({ market }: Pick<PayerOptions, 'market'>) => ({ abi: escrowAbi as Abi, address: market.escrow as Address })

/**
 * The call that buys one unit. Coins go along with it; the whole price in a token with permits is allowed by a signature in the same
 * transaction; for anything else it needs an allowance over exactly the amount. `deposit`: the first instalment, null for all.
 */
export async function purchaseCall(options: PayerOptions, purchase: Purchase, deposit: bigint | null): Promise<ContractCall> {
  const offer = parseOffer(purchase.offer)
  await requireFree(options, purchase)
  const dealId = unitDealId(offer, purchase.unit, domainOf(options))
  const signature = purchase.signature as Hex
  if (deposit !== null) {
    const args = [packOffer(offer), purchase.unit, signature, deposit]
    const call = { ...escrowOf(options), functionName: 'openInPart', args }
    return payingCall(call, dealId, await preparePayment(options, deposit))
  }
  const signed = await signedPayment(options, { dealId, price: offer.terms.price })
  const payment = signed ?? { method: 'allowance' }
  const call = openCall({ offer, unit: purchase.unit, signature, buyer: options.account, payment })
  if (signed) return { ...escrowOf(options), ...call }
  return payingCall({ ...escrowOf(options), ...call }, dealId, await preparePayment(options, offer.terms.price))
}

/** The whole price, signed by a buyer who sends the transaction itself; null for coins, and where the token takes no signatures. */
async function signedPayment(options: PayerOptions, due: Omit<Due, 'until'>): Promise<Payment | null> {
  const { authorization, permit } = options.token
  if (!permit && !authorization) return null
  const until = (await chainTime(options)) + PERMIT_SECONDS
  return permit ? signPermit(options, { ...due, until }) : signAuthorization(options, { ...due, until })
}

const domainOf = ({ market }: Pick<PayerOptions, 'market'>) => ({
  chainId: market.chainId,
  escrow: market.escrow as Address,
})

/** What the relayer gets to buy one unit for somebody, signed to pay the price and its tip; null where the token cannot. */
export async function relayedPurchase(options: PayerOptions, purchase: Purchase, tip: bigint): Promise<OpeningIn | null> {
  const offer = parseOffer(purchase.offer)
  await requireFree(options, purchase)
  const until = (await chainTime(options)) + PERMIT_SECONDS
  const due = { dealId: unitDealId(offer, purchase.unit, domainOf(options)), price: offer.terms.price, tip, until }
  const payment = await signForOthers(options, due)
  if (payment === null) return null
  const { signature, unit } = purchase
  return { offer: offerToJson(offer) as OpeningIn['offer'], unit, signature, buyer: options.account, payment }
}

/**
 * Looks on the chain, just before paying, whether the unit has gone in another way: the choices of a listing are deals of their
 * own, so the contract would sell it twice.
 * @throws SendEnded as undone where it has
 */
export async function requireFree(
  options: Pick<PayerOptions, 'config' | 'market'>,
  { siblings }: Pick<Purchase, 'siblings'>,
): Promise<void> {
  const free = await Promise.all(siblings.map((id) => isFree(options, id)))
  if (free.includes(false)) throw new SendEnded('taken', null)
}

/** Whether no deal of this id was ever opened or voided. */
export async function isFree({ config, market }: Pick<PayerOptions, 'config' | 'market'>, dealId: string): Promise<boolean> {
  const call = { abi: escrowAbi, address: market.escrow as Address, chainId: market.chainId } as const
  const { state } = await readContract(config, { ...call, functionName: 'dealOf', args: [dealId as Hex] })
  return state === 0
}
