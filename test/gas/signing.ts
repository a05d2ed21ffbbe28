import { type Address, type Hex, keccak256, toHex } from 'viem'
import { hardhat } from 'viem/chains'
import { dealId } from '../../protocol/src/deal/id.ts'
import type { Terms } from '../../protocol/src/deal/terms.ts'
import { escrowDomain } from '../../protocol/src/eip712/domain.ts'
import { reviewCommitment, textHash } from '../../protocol/src/reputation/review.ts'
import { type Bench, FAR_FUTURE, type Party } from './bench.ts'

/** Ordinals of `Action` in contracts/types/Act.sol that the bench signs. */
export const actionOrdinals = { release: 0, dispute: 9 } as const

export const hashOf = (text: string): Hex => keccak256(toHex(text))
export const SECRET = hashOf('secret')

/** An `Act` as calldata wants it, and its signature. */
export async function signAct(bench: Bench, party: Party, action: keyof typeof actionOrdinals, terms: Terms) {
  const { address } = bench.account(party)
  const hash = action === 'dispute' ? hashOf('statement') : (`0x${'00'.repeat(32)}` as const)
  const act = { signer: address, action: actionOrdinals[action], value: 0n, hash, tip: 0n, expiry: FAR_FUTURE }
  const signature = await bench.account(party).signTypedData({
    domain: escrowDomain({ chainId: hardhat.id, escrow: bench.escrow }),
    types: {
      Act: [
        { name: 'signer', type: 'address' },
        { name: 'dealId', type: 'bytes32' },
        { name: 'action', type: 'string' },
        { name: 'value', type: 'uint256' },
        { name: 'hash', type: 'bytes32' },
        { name: 'tip', type: 'uint256' },
        { name: 'expiry', type: 'uint40' },
      ],
    },
    primaryType: 'Act',
    message: { ...act, action, dealId: idOf(bench, terms) },
  })
  return { act, signature }
}

/** A review as it is opened, and its author's signature for this publisher. */
export async function signReview(bench: Bench, author: Party, terms: Terms, publisher: Address) {
  const id = idOf(bench, terms)
  const opening = { score: 5, textHash: textHash('As described.'), secret: SECRET }
  const { address } = bench.account(author)
  const commitment = reviewCommitment({ dealId: id, author: address, ...opening })
  const signature = await bench.account(author).signTypedData({
    domain: { name: 'Fairhold Reputation', version: '1', chainId: hardhat.id, verifyingContract: bench.reputation },
    types: {
      Review: [
        { name: 'dealId', type: 'bytes32' },
        { name: 'author', type: 'address' },
        { name: 'commitment', type: 'bytes32' },
        { name: 'publisher', type: 'address' },
      ],
    },
    primaryType: 'Review',
    message: { dealId: id, author: address, commitment, publisher },
  })
  return { opening, commitment, signature }
}

/** An ERC-3009 authorisation of the price, whose nonce is the deal's id. */
export async function signAuthorization(bench: Bench, terms: Terms) {
  const buyer = bench.account('buyer')
  const payment = { buyer: buyer.address, tip: 0n, validAfter: 0n, validBefore: BigInt(FAR_FUTURE) }
  const signature = await buyer.signTypedData({
    domain: { name: 'Test Dollar', version: '1', chainId: hardhat.id, verifyingContract: bench.usd },
    types: {
      ReceiveWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
    primaryType: 'ReceiveWithAuthorization',
    message: { ...payment, from: buyer.address, to: bench.escrow, value: terms.price, nonce: idOf(bench, terms) },
  })
  return { ...payment, signature }
}

/** The deal's id on the bench's chain. */
export function idOf(bench: Bench, terms: Terms): Hex {
  return dealId(terms, { chainId: hardhat.id, escrow: bench.escrow })
}
