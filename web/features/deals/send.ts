import { type Abi, type Address, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem'
import type { Config } from 'wagmi'
import { getPublicClient, writeContract } from 'wagmi/actions'

const RECEIPT_TIMEOUT_MS = 180_000

/** A contract call, ready to be simulated and sent. */
export type ContractCall = {
  abi: Abi
  address: Address
  functionName: string
  args: readonly unknown[]
  value?: bigint
}

export type SendOptions = { config: Config; chainId: number; account: Address }

const clientOf = (config: Config, chainId: number) => {
  const client = getPublicClient(config, { chainId })
  if (!client) throw new Error(`Chain ${chainId} is not configured`)
  return client
}

/** Runs the call without sending it; throws the contract's decoded error when it would fail. */
export const simulateCall = async ({ config, chainId, account }: SendOptions, call: ContractCall): Promise<void> => {
  await clientOf(config, chainId).simulateContract({ ...call, account })
}

/** Asks the wallet to sign and send the call; resolves with the transaction's hash. */
export const sendCall = ({ config, chainId, account }: SendOptions, call: ContractCall): Promise<Hex> =>
  writeContract(config, { ...call, account, chainId } as Parameters<typeof writeContract>[1])

/** Waits until the transaction is in a block. Throws when it failed there or was not mined in three minutes. */
export const waitForReceipt = (
  { config, chainId }: Pick<SendOptions, 'config' | 'chainId'>,
  hash: Hex,
): Promise<TransactionReceipt> => clientOf(config, chainId).waitForTransactionReceipt({ hash, timeout: RECEIPT_TIMEOUT_MS })

/** Whether the node knows the transaction at all: a development chain that started anew forgot it. */
export const isKnown = async ({ config, chainId }: Pick<SendOptions, 'config' | 'chainId'>, hash: Hex): Promise<boolean> => {
  const client = clientOf(config, chainId)
  try {
    await client.getTransactionReceipt({ hash })
    return true
  } catch (error) {
    if (!(error instanceof TransactionReceiptNotFoundError)) throw error
  }
  const found = await client.getTransaction({ hash }).catch(() => null)
  return found !== null
}
