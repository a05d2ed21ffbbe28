import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import type { Payment } from '@fairhold/protocol/deal/payment'
import { MAX_NONCE, type Offer, offerToJson, parseOffer } from '@fairhold/protocol/deal/terms'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, bytesToBigInt, erc20Abi } from 'viem'
import { readContract, signTypedData, waitForTransactionReceipt, writeContract } from 'wagmi/actions'
import { chainTime, type PayerOptions, signForOthers } from '@/features/checkout/sign-payment'
import type { Listing } from '@/lib/api'
import type { bids } from '@/lib/api/bids'

type BidBody = Omit<Parameters<typeof bids.make>[0], 'answers'>

export interface BidDraft {
  listingId: string
  choice: number
  /** The ask that is answered. */
  ask: Listing['offer']
  price: bigint
  /** How long it stands, in seconds. */
  lasts: number
  note: string
}

/** An offer about the same thing between two people, at another price. */
async function offerFrom(options: PayerOptions, draft: BidDraft, buyer: Address, maker: 'buyer' | 'seller'): Promise<Offer> {
  const ask = parseOffer(draft.ask)
  const { counter, nonce } = maker === 'seller' ? ask : await ownNonce(options)
  const salt = bytesToBigInt(crypto.getRandomValues(new Uint8Array(7)))
  const changes = { buyer, token: options.token.address, price: draft.price, depositBps: 0, fundingSeconds: 0, salt }
  const expiry = (await chainTime(options)) + draft.lasts
  return { terms: { ...ask.terms, ...changes }, expiry, counter, nonce, quantity: 1 }
}

/** The account's counter, and the first nonce that it has not voided. */
async function ownNonce({ config, market, account }: PayerOptions): Promise<{ counter: bigint; nonce: number }> {
  const escrow = market.escrow as Address
  const call = { abi: escrowAbi, address: escrow, args: [account], chainId: market.chainId } as const
  const [counter, voided] = await Promise.all([
    readContract(config, { ...call, functionName: 'counterOf' }),
    readContract(config, { ...call, functionName: 'voidedNoncesOf' }),
  ])
  const nonce = Array.from({ length: MAX_NONCE + 1 }, (_, at) => at).find((at) => !((voided >> BigInt(at)) & 1n))
  return { counter, nonce: nonce ?? 0 }
}

function signOffer({ config, market, account }: PayerOptions, offer: Offer) {
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  return signTypedData(config, { account, ...offerTypedData(offer, domain) })
}

/**
 * A bid with its payment. Where the token can be paid by signature the bidder sends nothing and the seller takes it in one
 * transaction; else an allowance over exactly the price is sent first, and pays if the seller accepts.
 */
export async function signBid(
  options: PayerOptions,
  draft: BidDraft,
  say: (at: 'allowing' | 'preparing') => void,
): Promise<BidBody> {
  const offer = await offerFrom(options, draft, options.account, 'buyer')
  const domain = { chainId: options.market.chainId, escrow: options.market.escrow as Address }
  const due = { dealId: unitDealId(offer, 0, domain), price: draft.price, until: offer.expiry }
  const payment = (await signForOthers(options, due)) ?? (await payByAllowance(options, draft.price, say))
  const signature = await signOffer(options, offer)
  return { ...bodyOf(draft, offer), signature, payment: payment as BidBody['payment'] }
}

/** On top of what is allowed already: earlier bids may count on that. */
async function payByAllowance(
  options: PayerOptions,
  price: bigint,
  say: (at: 'allowing' | 'preparing') => void,
): Promise<Payment> {
  const { config, market, token, account } = options
  const call = { abi: erc20Abi, address: token.address, chainId: market.chainId } as const
  const spender = market.escrow as Address
  const allowed = await readContract(config, { ...call, functionName: 'allowance', args: [account, spender] })
  say('allowing')
  const hash = await writeContract(config, { ...call, functionName: 'approve', args: [spender, allowed + price], account })
  await waitForTransactionReceipt(config, { hash, chainId: market.chainId })
  say('preparing')
  return { method: 'allowance' }
}

/** The seller's answer to one buyer. It shares the ask's nonce: voiding the listing voids it too. */
export async function signCounter(options: PayerOptions, draft: BidDraft, buyer: Address): Promise<BidBody> {
  const offer = await offerFrom(options, draft, buyer, 'seller')
  return { ...bodyOf(draft, offer), signature: await signOffer(options, offer) }
}

function bodyOf({ listingId, choice, note }: BidDraft, offer: Offer): Omit<BidBody, 'signature'> {
  return { listingId, choice, note, offer: offerToJson(offer) as Listing['offer'] }
}
