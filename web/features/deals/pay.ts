import { type Abi, type Address, erc20Abi, type Hex, zeroAddress } from 'viem'
import type { Config } from 'wagmi'
import { getBalance, readContract, waitForTransactionReceipt, writeContract } from 'wagmi/actions'
import type { MarketConfig, TokenInfo } from '@/lib/chain'
import type { ContractCall, SendOptions } from './send'

export interface PayOptions {
  config: Config
  market: MarketConfig
  token: Pick<TokenInfo, 'address'>
  account: Address
}

/** An allowance over exactly this much, for one call. */
export interface Allowance {
  token: Address
  spender: Address
  amount: bigint
}

export interface Payment {
  /** How much of the chain's own coin goes along with the call. */
  value: bigint
  /** What has to be allowed first. */
  allowances: Allowance[]
}

/** What it takes to pay into the contract. An allowance that is there is not asked for again, so a reload costs nothing. */
export async function preparePayment(options: PayOptions, amount: bigint): Promise<Payment> {
  const { account, config, market, token } = options
  if (token.address === zeroAddress) return { value: amount, allowances: [] }
  const spender = market.escrow as Address
  const call = { abi: erc20Abi, address: token.address, chainId: market.chainId } as const
  const allowed = await readContract(config, { ...call, functionName: 'allowance', args: [account, spender] })
  return { value: 0n, allowances: allowed >= amount ? [] : [{ token: token.address, spender, amount }] }
}

/** The call with what it pays, and what it needs for that. */
export const payingCall = (call: ContractCall, dealId: Hex, { allowances, value }: Payment): ContractCall => ({
  ...call,
  value,
  ...(allowances.length > 0 && { needs: { allowances, dealId } }),
})

/** The call that makes an allowance. */
export const approvalOf = ({ token, spender, amount }: Allowance): ContractCall => ({
  abi: erc20Abi as Abi,
  address: token,
  functionName: 'approve',
  args: [spender, amount],
})

/** Makes allowances one by one, each in a transaction of its own. */
export async function allow({ config, chainId, account }: SendOptions, allowances: readonly Allowance[]): Promise<void> {
  for (const allowance of allowances) {
    const hash = await writeContract(config, { ...approvalOf(allowance), account, chainId })
    await waitForTransactionReceipt(config, { hash, chainId })
  }
}

/** What the account holds of a token, in base units. */
export async function balanceOf({ config, market, token, account }: PayOptions): Promise<bigint> {
  const { chainId } = market
  if (token.address === zeroAddress) return (await getBalance(config, { address: account, chainId })).value
  const call = { abi: erc20Abi, address: token.address, functionName: 'balanceOf', args: [account], chainId } as const
  return readContract(config, call)
}
