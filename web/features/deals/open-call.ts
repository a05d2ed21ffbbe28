import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { permitTypedData } from '@fairhold/protocol/eip712/types'
import { type Abi, type Address, erc20Abi, type Hex, parseSignature, zeroAddress } from 'viem'
import type { Config } from 'wagmi'
import { getBalance, getBlock, readContract, signTypedData, waitForTransactionReceipt, writeContract } from 'wagmi/actions'
import type { Listing } from '@/lib/api'
import type { MarketConfig, TokenInfo } from '@/lib/chain'
import type { ContractCall } from './send'

const PERMIT_SECONDS = 3_600n

export interface OpenOptions {
  config: Config
  market: MarketConfig
  listing: Listing
  unit: number
  token: TokenInfo
  account: Address
}

/**
 * The call that buys one unit of a listing. Ether goes along with it; a token with permits is allowed by a signature in the same
 * transaction; for any other token an allowance over exactly the price is made first.
 */
export async function openCall(options: OpenOptions): Promise<ContractCall> {
  const { market, listing, unit, token } = options
  const offer = parseOffer(listing.offer)
  const base = { abi: escrowAbi as Abi, address: market.escrow as Address }
  const args = [offer, unit, listing.signature as Hex] as const
  if (token.address === zeroAddress) return { ...base, functionName: 'open', args, value: offer.terms.price }
  if (token.permit)
    return { ...base, functionName: 'openWithPermit', args: [...args, ...(await signPermit(options, offer.terms.price))] }
  await allow(options, offer.terms.price)
  return { ...base, functionName: 'open', args }
}

async function signPermit({ config, market, token, account }: OpenOptions, value: bigint) {
  const chainId = market.chainId
  const nonce = await readContract(config, {
    abi: testUsdAbi,
    address: token.address,
    functionName: 'nonces',
    args: [account],
    chainId,
  })
  const { timestamp } = await getBlock(config, { chainId, blockTag: 'pending' })
  const deadline = timestamp + PERMIT_SECONDS
  const permit = { owner: account, spender: market.escrow as Address, value, nonce, deadline }
  const typed = permitTypedData(permit, { address: token.address, name: token.name, version: '1', chainId })
  const { r, s, yParity } = parseSignature(await signTypedData(config, { ...typed, account }))
  return [deadline, yParity + 27, r, s] as const
}

async function allow({ config, market, token, account }: OpenOptions, value: bigint): Promise<void> {
  const call = { abi: erc20Abi, address: token.address, chainId: market.chainId } as const
  const spender = market.escrow as Address
  const allowance = await readContract(config, { ...call, functionName: 'allowance', args: [account, spender] })
  if (allowance >= value) return
  const hash = await writeContract(config, { ...call, functionName: 'approve', args: [spender, value], account })
  await waitForTransactionReceipt(config, { hash, chainId: market.chainId })
}

/** What the account holds of a token, in base units. */
export async function balanceOf({
  config,
  market,
  token,
  account,
}: Pick<OpenOptions, 'config' | 'market' | 'token' | 'account'>): Promise<bigint> {
  if (token.address === zeroAddress) {
    return (await getBalance(config, { address: account, chainId: market.chainId })).value
  }
  return readContract(config, {
    abi: erc20Abi,
    address: token.address,
    functionName: 'balanceOf',
    args: [account],
    chainId: market.chainId,
  })
}
