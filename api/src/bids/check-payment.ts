import { type Payment, tipOf } from '@fairhold/protocol/deal/payment'
import { MAX_PRICE, type Offer } from '@fairhold/protocol/deal/terms'
import { type Token, tokenOf } from '@fairhold/protocol/deployments'
import { authorizationTypedData, permit2TypedData } from '@fairhold/protocol/eip712/payments'
import { permitTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, erc20Abi, type Hex, hashTypedData, serializeSignature } from 'viem'
import type { Context } from '../context.ts'
import type { FieldError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'

const noncesAbi = [
  {
    type: 'function',
    name: 'nonces',
    stateMutability: 'view',
    inputs: [{ name: 'owner', type: 'address' }],
    outputs: [{ type: 'uint256' }],
  },
] as const

export interface PaymentOf {
  offer: Offer
  dealId: Hex
  buyer: Address
  payment: Payment
  /** Last chain second at which it must still work. */
  until: number
}

/** What is wrong with a payment, before anybody counts on it: the token's own checks, made here. */
export async function paymentProblems(context: Context, given: PaymentOf): Promise<FieldError[]> {
  const { offer, payment, until } = given
  const token = tokenOf(context.deployment, offer.terms.token)
  if (!token) return [{ path: 'offer.terms.token', message: 'is not taken on this market' }]
  if (tipOf(payment) > MAX_PRICE) return [fault('tip', 'is more than a deal can be about')]
  switch (payment.method) {
    case 'allowance':
      return []
    case 'permit':
      if (!token.permit) return [fault('method', `${token.symbol} has no permits`)]
      if (payment.deadline < until) return [fault('deadline', 'must not be before the offer ends')]
      return signatureFault(await permitSigned(context, given, token))
    case 'permit2':
      if (context.deployment.permit2 === undefined) return [fault('method', 'this chain has no Permit2')]
      if (payment.deadline < until) return [fault('deadline', 'must not be before the offer ends')]
      return signatureFault(await permit2Signed(context, given))
    case 'authorization':
      if (!token.authorization) return [fault('method', `${token.symbol} has no authorisations (ERC-3009)`)]
      if (payment.validAfter > (await context.chainNow())) return [fault('validAfter', 'must not be in the future')]
      if (payment.validBefore <= until) return [fault('validBefore', 'must be after the offer ends')]
      return signatureFault(await authorizationSigned(context, given, token))
  }
}

const fault = (field: string, message: string): FieldError => ({ path: `payment.${field}`, message })

function signatureFault(isRight: boolean): FieldError[] {
  return isRight ? [] : [fault('signature', 'does not pay this deal from this buyer')]
}

async function permitSigned(context: Context, { offer, buyer, payment }: PaymentOf, token: Token): Promise<boolean> {
  if (payment.method !== 'permit') return false
  const { chainId, escrow: spender } = context.domain
  const nonce = await context.chain.readContract({
    abi: noncesAbi,
    address: token.address,
    functionName: 'nonces',
    args: [buyer],
  })
  const permit = { owner: buyer, spender, value: offer.terms.price, nonce, deadline: BigInt(payment.deadline) }
  const hash = hashTypedData(permitTypedData(permit, { ...token, chainId }))
  const signature = serializeSignature({ r: payment.r, s: payment.s, yParity: payment.v - 27 })
  return isSigned(context, { address: buyer, hash, signature })
}

function permit2Signed(context: Context, { offer, dealId, buyer, payment }: PaymentOf): Promise<boolean> {
  const { permit2 } = context.deployment
  if (payment.method !== 'permit2' || permit2 === undefined) return Promise.resolve(false)
  const { chainId, escrow: spender } = context.domain
  const { price, token } = offer.terms
  const amount = price + tipOf(payment)
  const transfer = { token, amount, spender, nonce: BigInt(payment.nonce), deadline: BigInt(payment.deadline), dealId }
  const hash = hashTypedData(permit2TypedData(transfer, { chainId, address: permit2 }))
  return isSigned(context, { address: buyer, hash, signature: payment.signature })
}

function authorizationSigned(context: Context, { offer, dealId, buyer, payment }: PaymentOf, token: Token): Promise<boolean> {
  if (payment.method !== 'authorization') return Promise.resolve(false)
  const { chainId, escrow: to } = context.domain
  const times = { validAfter: BigInt(payment.validAfter), validBefore: BigInt(payment.validBefore) }
  const authorization = { from: buyer, to, value: offer.terms.price + tipOf(payment), ...times, dealId }
  const hash = hashTypedData(authorizationTypedData(authorization, { ...token, chainId }))
  return isSigned(context, { address: buyer, hash, signature: payment.signature })
}

/** What an account holds of a token, in base units. */
export function balanceOf({ chain }: Context, token: Address, account: Address): Promise<bigint> {
  return chain.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [account] })
}
