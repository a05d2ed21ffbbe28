import type { Address, Hex } from 'viem'
import type { Offer, Terms } from '../deal/terms.ts'
import { type EscrowDomain, escrowDomain } from './domain.ts'

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
