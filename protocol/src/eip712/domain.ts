import type { Address, TypedDataDomain } from 'viem'

/** One escrow on one chain: what a signature and a deal id are bound to. */
export interface EscrowDomain {
  readonly chainId: number
  readonly escrow: Address
}

export const DOMAIN_NAME = 'Fairhold Escrow'
export const DOMAIN_VERSION = '1'

/** The EIP-712 domain of the escrow. */
export function escrowDomain({ chainId, escrow }: EscrowDomain) {
  return {
    name: DOMAIN_NAME,
    version: DOMAIN_VERSION,
    chainId,
    verifyingContract: escrow,
  } as const satisfies TypedDataDomain
}

/** One reputation contract on one chain: what signed reviews are bound to. */
export interface ReputationDomain {
  readonly chainId: number
  readonly reputation: Address
}

/** The EIP-712 domain of the reputation contract. */
export function reputationDomain({ chainId, reputation }: ReputationDomain) {
  return {
    name: 'Fairhold Reputation',
    version: DOMAIN_VERSION,
    chainId,
    verifyingContract: reputation,
  } as const satisfies TypedDataDomain
}
