import type { Address, Hex } from 'viem'
import type { Offer, Terms } from '../deal/terms.ts'
import { type EscrowDomain, escrowDomain, type ReputationDomain, reputationDomain } from './domain.ts'

/** Members of Terms, in the order of contracts/types/Terms.sol. */
const termsMembers = [
  { name: 'seller', type: 'address' },
  { name: 'buyer', type: 'address' },
  { name: 'token', type: 'address' },
  { name: 'price', type: 'uint256' },
  { name: 'arbiter', type: 'address' },
  { name: 'operator', type: 'address' },
  { name: 'operatorFeeBps', type: 'uint16' },
  { name: 'arbiterFeeBps', type: 'uint16' },
  { name: 'silentAwardBps', type: 'uint16' },
  { name: 'depositBps', type: 'uint16' },
  { name: 'fundingSeconds', type: 'uint32' },
  { name: 'shipSeconds', type: 'uint32' },
  { name: 'deliverySeconds', type: 'uint32' },
  { name: 'inspectionSeconds', type: 'uint32' },
  { name: 'rulingSeconds', type: 'uint32' },
  { name: 'itemHash', type: 'bytes32' },
  { name: 'salt', type: 'uint64' },
] as const

export const termsTypes = { Terms: termsMembers } as const

export const offerTypes = {
  Terms: termsMembers,
  Offer: [
    { name: 'terms', type: 'Terms' },
    { name: 'expiry', type: 'uint40' },
    { name: 'counter', type: 'uint256' },
    { name: 'nonce', type: 'uint8' },
    { name: 'quantity', type: 'uint32' },
  ],
} as const

export const settlementTypes = {
  Settlement: [
    { name: 'dealId', type: 'bytes32' },
    { name: 'toBuyer', type: 'uint128' },
    { name: 'remaining', type: 'uint128' },
    { name: 'expiry', type: 'uint40' },
  ],
} as const

export const rulingTypes = {
  Ruling: [
    { name: 'dealId', type: 'bytes32' },
    { name: 'buyerBps', type: 'uint16' },
    { name: 'reasonHash', type: 'bytes32' },
  ],
} as const

export const withdrawalTypes = {
  Withdrawal: [
    { name: 'account', type: 'address' },
    { name: 'token', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'tip', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'expiry', type: 'uint40' },
  ],
} as const

export const voidingTypes = {
  Voiding: [
    { name: 'maker', type: 'address' },
    { name: 'counter', type: 'uint256' },
    { name: 'nonces', type: 'uint128' },
    { name: 'expiry', type: 'uint40' },
  ],
} as const

export const reviewTypes = {
  Review: [
    { name: 'dealId', type: 'bytes32' },
    { name: 'author', type: 'address' },
    { name: 'commitment', type: 'bytes32' },
    { name: 'publisher', type: 'address' },
  ],
} as const

export const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const

/** A split that both parties sign. */
export interface Settlement {
  readonly dealId: Hex
  /** What goes back to the buyer, in base units; the rest is the seller's. */
  readonly toBuyer: bigint
  /** What is left in the deal as they sign; the contract refuses the split once that has changed. */
  readonly remaining: bigint
  /** Last chain second at which the split may be carried out. */
  readonly expiry: number
}

/** An arbiter's decision. */
export interface Ruling {
  readonly dealId: Hex
  /** Buyer's ten-thousandths of what is left after the arbiter's fee. */
  readonly buyerBps: number
  /** Hash of the written reason, see text. */
  readonly reasonHash: Hex
}

/** A credit taken out by whoever submits this. */
export interface Withdrawal {
  readonly account: Address
  /** Zero for the chain's own coin. */
  readonly token: Address
  readonly to: Address
  /** What whoever submits it earns out of the credit, in base units. */
  readonly tip: bigint
  /** `withdrawalsOf(account)` as it is signed; each withdrawal uses one up. */
  readonly nonce: bigint
  /** Last chain second at which it may be submitted. */
  readonly expiry: number
}

/** Offers that their maker takes back by signature. */
export interface Voiding {
  readonly maker: Address
  /** `counterOf(maker)` as it is signed. */
  readonly counter: bigint
  /** One bit for each nonce, the lowest for nonce 0; all 128 set voids every offer signed so far. */
  readonly nonces: bigint
  /** Last chain second at which it may be submitted. */
  readonly expiry: number
}

/** A sealed review as its author signs it. */
export interface Review {
  readonly dealId: Hex
  readonly author: Address
  /** See reputation/review. */
  readonly commitment: Hex
  /** Who alone may publish it, together with the other side's; zero for a review that is to be sealed on chain. */
  readonly publisher: Address
}

/** An ERC-2612 permit, which gives the escrow an allowance by signature. */
export interface Permit {
  readonly owner: Address
  readonly spender: Address
  readonly value: bigint
  readonly nonce: bigint
  readonly deadline: bigint
}

/** Typed data whose digest is the deal id. Nobody signs it. */
export function termsTypedData(terms: Terms, domain: EscrowDomain) {
  return { domain: escrowDomain(domain), types: termsTypes, primaryType: 'Terms', message: terms } as const
}

/** What a maker signs to make an offer. */
export function offerTypedData(offer: Offer, domain: EscrowDomain) {
  return { domain: escrowDomain(domain), types: offerTypes, primaryType: 'Offer', message: offer } as const
}

/** What buyer and seller sign to split what is left. */
export function settlementTypedData(settlement: Settlement, domain: EscrowDomain) {
  const message = settlement
  return { domain: escrowDomain(domain), types: settlementTypes, primaryType: 'Settlement', message } as const
}

/** What an arbiter signs to rule. */
export function rulingTypedData(ruling: Ruling, domain: EscrowDomain) {
  return { domain: escrowDomain(domain), types: rulingTypes, primaryType: 'Ruling', message: ruling } as const
}

/** What an account signs to have its credit sent. */
export function withdrawalTypedData(withdrawal: Withdrawal, domain: EscrowDomain) {
  const message = withdrawal
  return { domain: escrowDomain(domain), types: withdrawalTypes, primaryType: 'Withdrawal', message } as const
}

/** What a maker signs to void offers. */
export function voidingTypedData(voiding: Voiding, domain: EscrowDomain) {
  return { domain: escrowDomain(domain), types: voidingTypes, primaryType: 'Voiding', message: voiding } as const
}

/** What a party of an ended deal signs to review the other. */
export function reviewTypedData(review: Review, domain: ReputationDomain) {
  return { domain: reputationDomain(domain), types: reviewTypes, primaryType: 'Review', message: review } as const
}

/** What a buyer signs to pay with an ERC-2612 token in one transaction; the domain is the token's own. */
export function permitTypedData(
  permit: Permit,
  token: {
    readonly address: Address
    readonly name: string
    readonly version: string
    readonly chainId: number
  },
) {
  const { address: verifyingContract, name, version, chainId } = token
  const domain = { name, version, chainId, verifyingContract }
  return { domain, types: permitTypes, primaryType: 'Permit', message: permit } as const
}
