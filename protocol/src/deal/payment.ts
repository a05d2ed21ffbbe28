import { type Address, type Hex, zeroAddress } from 'viem'
import { type PackedOffer, packOffer } from './packed.ts'
import type { Offer } from './terms.ts'

/**
 * How a buyer pays for one deal by signature, or by an allowance that is there already. In JSON, so numbers beyond 53 bits are
 * decimal strings. `tip`: what whoever submits it earns on top of the price, in base units.
 */
export type Payment =
  | { readonly method: 'allowance' }
  | { readonly method: 'permit'; readonly deadline: number; readonly v: number; readonly r: Hex; readonly s: Hex }
  | {
      readonly method: 'permit2'
      readonly tip: string
      /** Any number that this owner has not used with Permit2. */
      readonly nonce: string
      readonly deadline: number
      readonly signature: Hex
    }
  | {
      readonly method: 'authorization'
      readonly tip: string
      readonly validAfter: number
      readonly validBefore: number
      readonly signature: Hex
    }
export type PaymentMethod = Payment['method']

export interface OpenCallOptions {
  readonly offer: Offer
  readonly unit: number
  /** The maker's, over the offer. */
  readonly signature: Hex
  readonly buyer: Address
  readonly payment: Payment
}

type Args = readonly [PackedOffer, number, Hex]
/** A call of the escrow that opens a deal: function, arguments, and the chain's own coin that goes along. */
export type OpenCall =
  | { readonly functionName: 'open'; readonly args: Args; readonly value: bigint }
  | { readonly functionName: 'openWithPermit'; readonly args: readonly [...Args, object]; readonly value: bigint }
  | { readonly functionName: 'openWithPermit2'; readonly args: readonly [...Args, object]; readonly value: bigint }
  | { readonly functionName: 'openWithAuthorization'; readonly args: readonly [...Args, object]; readonly value: bigint }

/**
 * The call that opens one unit of an offer with a payment. Coins go along only with the chain's own coin, which nobody can pull:
 * so only where whoever calls is the buyer.
 */
export function openCall({ offer, unit, signature, buyer, payment }: OpenCallOptions): OpenCall {
  const args = [packOffer(offer), unit, signature] as const
  const value = offer.terms.token === zeroAddress ? offer.terms.price : 0n
  if (payment.method === 'allowance') return { functionName: 'open', args, value }
  if (payment.method === 'permit') {
    const { deadline, v, r, s } = payment
    return { functionName: 'openWithPermit', args: [...args, { deadline: BigInt(deadline), v, r, s }], value: 0n }
  }
  const tip = BigInt(payment.tip)
  if (payment.method === 'permit2') {
    const { nonce, deadline, signature: signed } = payment
    const paid = { buyer, tip, nonce: BigInt(nonce), deadline: BigInt(deadline), signature: signed }
    return { functionName: 'openWithPermit2', args: [...args, paid], value: 0n }
  }
  const { validAfter, validBefore, signature: signed } = payment
  const paid = { buyer, tip, validAfter: BigInt(validAfter), validBefore: BigInt(validBefore), signature: signed }
  return { functionName: 'openWithAuthorization', args: [...args, paid], value: 0n }
}

/** Last chain second at which a payment works; null for one that does not end. */
export function endOf(payment: Payment): number | null {
  if (payment.method === 'allowance') return null
  return payment.method === 'authorization' ? payment.validBefore - 1 : payment.deadline
}

/** What whoever submits a payment earns on top of the price, in base units. */
export function tipOf(payment: Payment): bigint {
  return 'tip' in payment ? BigInt(payment.tip) : 0n
}
