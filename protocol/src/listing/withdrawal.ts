import type { Address, Hex } from 'viem'
import { type EscrowDomain, escrowDomain } from '../eip712/domain.ts'

/**
 * A seller takes a listing off the market. It is a word to markets and to whoever keeps a copy: the contract does not know it, so
 * what was offered can still be taken on chain until the seller voids it there or it expires.
 */
export interface ListingWithdrawal {
  readonly seller: Address
  /** The listing's id: the deal id of its first unit, which commits to terms and content. */
  readonly listing: Hex
  /** When it was signed, in seconds of the chain. */
  readonly issuedAt: number
}

/** A market takes a withdrawal in for so long after it was signed, in seconds: later it may not be meant any more. */
export const WITHDRAWAL_LASTS = 86_400

/** What wallets show as the statement: nothing else of it is in words. */
export const WITHDRAWAL_STATEMENT = 'I take this listing off the market.'

export const listingWithdrawalTypes = {
  ListingWithdrawal: [
    { name: 'statement', type: 'string' },
    { name: 'seller', type: 'address' },
    { name: 'listing', type: 'bytes32' },
    { name: 'issuedAt', type: 'uint40' },
  ],
} as const

/** What a seller signs to take a listing off the market. */
export function listingWithdrawalTypedData(withdrawal: ListingWithdrawal, domain: EscrowDomain) {
  const message = { statement: WITHDRAWAL_STATEMENT, ...withdrawal }
  return { domain: escrowDomain(domain), types: listingWithdrawalTypes, primaryType: 'ListingWithdrawal', message } as const
}
