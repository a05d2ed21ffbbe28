import type { Address, Hex } from 'viem'

/** Permit2, which is at the same address on every chain that has it. */
export const PERMIT2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

export const permit2Types = {
  PermitWitnessTransferFrom: [
    { name: 'permitted', type: 'TokenPermissions' },
    { name: 'spender', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
    { name: 'witness', type: 'Deal' },
  ],
  Deal: [{ name: 'dealId', type: 'bytes32' }],
  TokenPermissions: [
    { name: 'token', type: 'address' },
    { name: 'amount', type: 'uint256' },
  ],
} as const

export const authorizationTypes = {
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const

/** A payment by Permit2 that can pay for one deal alone. */
export interface Permit2Transfer {
  readonly token: Address
  /** The price plus the tip for who submits it, in base units. */
  readonly amount: bigint
  /** The escrow. */
  readonly spender: Address
  /** Any number that this owner has not used with Permit2. */
  readonly nonce: bigint
  /** Last chain second at which it may be submitted. */
  readonly deadline: bigint
  readonly dealId: Hex
}

/** An ERC-3009 authorisation, whose nonce is the deal's id: so it too can pay for that deal alone. */
export interface PaymentAuthorization {
  readonly from: Address
  /** The escrow. */
  readonly to: Address
  /** The price plus the tip for who submits it, in base units. */
  readonly value: bigint
  readonly validAfter: bigint
  readonly validBefore: bigint
  readonly dealId: Hex
}

/** What a buyer signs to pay with Permit2; the domain is Permit2's own, which has no version. */
export function permit2TypedData(transfer: Permit2Transfer, permit2: { readonly chainId: number; readonly address: Address }) {
  const { token, amount, spender, nonce, deadline, dealId } = transfer
  const domain = { name: 'Permit2', chainId: permit2.chainId, verifyingContract: permit2.address }
  const message = { permitted: { token, amount }, spender, nonce, deadline, witness: { dealId } }
  return { domain, types: permit2Types, primaryType: 'PermitWitnessTransferFrom', message } as const
}

/** What a buyer signs to pay with a token that has ERC-3009; the domain is the token's own. */
export function authorizationTypedData(
  authorization: PaymentAuthorization,
  token: { readonly address: Address; readonly name: string; readonly version: string; readonly chainId: number },
) {
  const { dealId: nonce, ...rest } = authorization
  const { address: verifyingContract, name, version, chainId } = token
  const domain = { name, version, chainId, verifyingContract }
  return { domain, types: authorizationTypes, primaryType: 'ReceiveWithAuthorization', message: { ...rest, nonce } } as const
}
