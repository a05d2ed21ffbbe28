import type { Address, Hex } from 'viem'
import { type EscrowDomain, escrowDomain } from './domain.ts'

/** What a party can have done by signature: the names that people see, in the order of `Action` in contracts/types/Act.sol. */
export const actNames = [
  'release',
  'releasePart',
  'refund',
  'refundPart',
  'ship',
  'deliver',
  'extend',
  'reclaim',
  'claim',
  'dispute',
  'awardByDefault',
  'fund',
  'cancelFunding',
  'cancelOffer',
  'open',
] as const
export type ActName = (typeof actNames)[number]

/** One action on one deal, as its party signs it; anyone may submit it until `expiry`, and it acts at most once. */
export interface Act {
  /** Who acts. */
  readonly signer: Address
  readonly dealId: Hex
  readonly action: ActName
  /**
   * releasePart, refundPart, fund: what will have been released, refunded, paid in all afterwards. open: what is paid now.
   * extend: the new deadline. Amounts in base units. Otherwise 0.
   */
  readonly value: bigint
  /** ship: the tracking commitment. dispute: hash of the statement. extend: ordinal of the state whose deadline is meant. */
  readonly hash: Hex
  /** What whoever submits this earns out of the signer's own share, in base units. */
  readonly tip: bigint
  /** Last chain second at which this may be submitted. */
  readonly expiry: number
}

/** An act as calldata carries it: the action by its number, and the deal by its terms, which are another argument. */
export type PackedAct = Omit<Act, 'dealId' | 'action'> & { readonly action: number }

export const actTypes = {
  Act: [
    { name: 'signer', type: 'address' },
    { name: 'dealId', type: 'bytes32' },
    { name: 'action', type: 'string' },
    { name: 'value', type: 'uint256' },
    { name: 'hash', type: 'bytes32' },
    { name: 'tip', type: 'uint256' },
    { name: 'expiry', type: 'uint40' },
  ],
} as const

/** What a party signs to have something done for it. */
export function actTypedData(act: Act, domain: EscrowDomain) {
  return { domain: escrowDomain(domain), types: actTypes, primaryType: 'Act', message: act } as const
}

/** An act for a call of the contract. */
export function packAct({ signer, action, value, hash, tip, expiry }: Act): PackedAct {
  return { signer, action: actNames.indexOf(action), value, hash, tip, expiry }
}
