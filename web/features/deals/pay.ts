import { type Address, erc20Abi, zeroAddress } from 'viem'
import type { Config } from 'wagmi'
import { getBalance, readContract, waitForTransactionReceipt, writeContract } from 'wagmi/actions'
import type { MarketConfig, TokenInfo } from '@/lib/chain'

export interface PayOptions {
  config: Config
  market: MarketConfig
  token: Pick<TokenInfo, 'address'>
  account: Address
}

/**
 * Gets a payment into the contract ready, and says how much of the chain's own coin goes along with the call. Of a token an
 * allowance over exactly the amount is made first, where there is none.
 */
export async function preparePayment(options: PayOptions, amount: bigint, say: Say = () => undefined): Promise<bigint> {
  if (options.token.address === zeroAddress) return amount
  await allow(options, amount, say)
  return 0n
}

/** Hears what is waited for. */
type Say = (at: 'allowing' | 'preparing') => void

/** Sets an allowance over exactly the amount where there is less; one that is there is not sent again, so a reload costs nothing. */
async function allow({ config, market, token, account }: PayOptions, amount: bigint, say: Say): Promise<void> {
  const call = { abi: erc20Abi, address: token.address, chainId: market.chainId } as const
  const spender = market.escrow as Address
  const allowance = await readContract(config, { ...call, functionName: 'allowance', args: [account, spender] })
  if (allowance >= amount) return
  say('allowing')
  const hash = await writeContract(config, { ...call, functionName: 'approve', args: [spender, amount], account })
  await waitForTransactionReceipt(config, { hash, chainId: market.chainId })
  say('preparing')
}

/** What the account holds of a token, in base units. */
export async function balanceOf({ config, market, token, account }: PayOptions): Promise<bigint> {
  const { chainId } = market
  if (token.address === zeroAddress) return (await getBalance(config, { address: account, chainId })).value
  const call = { abi: erc20Abi, address: token.address, functionName: 'balanceOf', args: [account], chainId } as const
  return readContract(config, call)
}
