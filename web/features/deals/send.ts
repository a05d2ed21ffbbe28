import { type Abi, type Address, encodeFunctionData, type Hex } from 'viem'
import type { Config } from 'wagmi'
import { getPublicClient, sendTransaction } from 'wagmi/actions'
import type { Allowance } from './pay'
import type { PendingTransaction } from './pending'
import { NotEnoughCoin } from './problem'

/** A contract call, ready to be simulated and sent. */
export type ContractCall = {
  abi: Abi
  address: Address
  functionName: string
  args: readonly unknown[]
  value?: bigint
  /** What has to be allowed before it, and the deal that it pays for. */
  needs?: Needs
}

export interface Needs {
  allowances: readonly Allowance[]
  dealId: Hex
}

export type SendOptions = { config: Config; chainId: number; account: Address }

export { statusOf, trackTransaction } from './track'

/** What the chain is asked through: the marketplace's own node, whatever the wallet is set to. */
export const readerOf = ({ config, chainId }: Pick<SendOptions, 'config' | 'chainId'>) => {
  const client = getPublicClient(config, { chainId })
  if (!client) throw new Error(`Chain ${chainId} is not configured`)
  return client
}

/**
 * Runs the call without sending it. Throws the contract's decoded error when it would fail, and `NotEnoughCoin` where the account
 * cannot pay the network fee on top of what goes along.
 */
export const checkCall = async (options: SendOptions, call: ContractCall): Promise<void> => {
  const client = readerOf(options)
  const { account } = options
  await client.simulateContract({ ...call, account })
  const [gas, price, balance] = await Promise.all([
    client.estimateContractGas({ ...call, account }),
    client.getGasPrice(),
    client.getBalance({ address: account }),
  ])
  const needed = gas * price + (call.value ?? 0n)
  if (balance < needed) throw new NotEnoughCoin(needed, balance)
}

export const dataOf = ({ abi, args, functionName }: ContractCall): Hex => encodeFunctionData({ abi, functionName, args })

/** What is remembered of a call before the wallet is asked to send it. */
export const pendingOf = async (options: SendOptions, call: ContractCall): Promise<PendingTransaction> => {
  const client = readerOf(options)
  const { account, chainId } = options
  const [nonce, block] = await Promise.all([
    client.getTransactionCount({ address: account, blockTag: 'pending' }),
    client.getBlockNumber({ cacheTime: 0 }),
  ])
  const data = dataOf(call)
  return { hash: null, chainId, account, nonce, to: call.address, data, block: Number(block), sentAt: Date.now() }
}

/** Asks the wallet to sign and send what is remembered; resolves with the transaction's hash and the nonce that it got. */
export const sendPending = async (
  options: SendOptions,
  { to, data }: Pick<PendingTransaction, 'to' | 'data'>,
  value = 0n,
): Promise<{ hash: Hex; nonce: number | null }> => {
  const { account, chainId, config } = options
  const hash = await sendTransaction(config, { account, chainId, to, data, value })
  // A wallet may have things of its own on the way, and so number it otherwise than the node would.
  const sent = await readerOf(options)
    .getTransaction({ hash })
    .catch(() => null)
  return { hash, nonce: sent?.nonce ?? null }
}
