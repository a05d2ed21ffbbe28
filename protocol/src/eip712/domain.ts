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
