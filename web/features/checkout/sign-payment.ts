import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import type { Payment } from '@fairhold/protocol/deal/payment'
import { authorizationTypedData, permit2TypedData } from '@fairhold/protocol/eip712/payments'
import { permitTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, bytesToBigInt, erc20Abi, type Hex, parseSignature } from 'viem'
import type { Config } from 'wagmi'
import { getBlock, readContract, signTypedData } from 'wagmi/actions'
import type { MarketConfig, TokenInfo } from '@/lib/chain'

export interface PayerOptions {
  config: Config
  market: MarketConfig
  token: TokenInfo
  account: Address
}

export interface Due {
  dealId: Hex
  /** What the escrow takes for the deal, in base units. */
  price: bigint
  /** For who submits it, on top. */
  tip?: bigint
  /** Last chain second at which it has to work. */
  until: number
}

/** A payment that is signed for one deal alone, whose nonce is that deal (ERC-3009). */
export async function signAuthorization({ config, market, token, account }: PayerOptions, due: Due): Promise<Payment> {
  const { dealId, price, tip = 0n, until } = due
  const times = { validAfter: 0n, validBefore: BigInt(until + 1) }
  const message = { from: account, to: market.escrow as Address, value: price + tip, ...times, dealId }
  const typed = authorizationTypedData(message, { ...token, chainId: market.chainId })
  const signature = await signTypedData(config, { ...typed, account })
  return { method: 'authorization', tip: tip.toString(), validAfter: 0, validBefore: until + 1, signature }
}

/** An allowance over exactly the price, by signature (ERC-2612). */
export async function signPermit({ config, market, token, account }: PayerOptions, { price, until }: Due): Promise<Payment> {
  const { chainId } = market
  const nonces = { abi: testUsdAbi, address: token.address, functionName: 'nonces', args: [account], chainId } as const
  const nonce = await readContract(config, nonces)
  const permit = { owner: account, spender: market.escrow as Address, value: price, nonce, deadline: BigInt(until) }
  const typed = permitTypedData(permit, { ...token, chainId })
  const { r, s, yParity } = parseSignature(await signTypedData(config, { ...typed, account }))
  return { method: 'permit', deadline: until, v: yParity + 27, r, s }
}

/** A payment by Permit2 with the deal as its witness; the token has to be allowed to Permit2 already. */
export async function signPermit2({ config, market, token, account }: PayerOptions, due: Due): Promise<Payment> {
  const { chainId, permit2 } = market
  if (permit2 === null) throw new Error('This chain has no Permit2')
  const { dealId, price, tip = 0n, until } = due
  const nonce = bytesToBigInt(crypto.getRandomValues(new Uint8Array(31))) // any that was not used: nonces need no order
  const spender = market.escrow as Address
  const transfer = { token: token.address, amount: price + tip, spender, nonce, deadline: BigInt(until), dealId }
  const typed = permit2TypedData(transfer, { chainId, address: permit2 as Address })
  const signature = await signTypedData(config, { ...typed, account })
  return { method: 'permit2', tip: tip.toString(), nonce: nonce.toString(), deadline: until, signature }
}

/** How much of a token the account allows to Permit2; nothing on a chain that has none. */
export async function allowedToPermit2({ config, market, token, account }: PayerOptions): Promise<bigint> {
  if (market.permit2 === null) return 0n
  const args = [account, market.permit2 as Address] as const
  const call = { abi: erc20Abi, address: token.address, functionName: 'allowance', args, chainId: market.chainId } as const
  return readContract(config, call)
}

/**
 * Signs the payment of one deal for somebody else to submit: by ERC-3009 where the token has it, else by Permit2 where it is
 * allowed already. Null where the token can do neither, so that an allowance has to be sent first.
 */
export async function signForOthers(options: PayerOptions, due: Due): Promise<Payment | null> {
  if (options.token.authorization) return signAuthorization(options, due)
  if ((await allowedToPermit2(options)) >= due.price + (due.tip ?? 0n)) return signPermit2(options, due)
  return null
}

/** The chain's time, in seconds. */
export async function chainTime({ config, market }: Pick<PayerOptions, 'config' | 'market'>): Promise<number> {
  return Number((await getBlock(config, { chainId: market.chainId, blockTag: 'pending' })).timestamp)
}
