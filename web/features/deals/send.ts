import { type Abi, type Address, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem'
import type { Config } from 'wagmi'
import { getPublicClient, writeContract } from 'wagmi/actions'

const RECEIPT_TIMEOUT_MS = 180_000
const INDEX_TIMEOUT_MS = 45_000
const INDEX_POLL_MS = 500

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

/** Polls until `indexed` says that the marketplace has seen the block; false when it did not within 45 s. */
export const waitUntilIndexed = async (indexed: () => Promise<boolean>): Promise<boolean> => {
  const attempts = INDEX_TIMEOUT_MS / INDEX_POLL_MS
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await indexed().catch(() => false)) return true
    await new Promise((resolve) => setTimeout(resolve, INDEX_POLL_MS))
  }
  return false
}

/**
 * Runs `work` unless the same key is at work in any tab of this browser.
 * Resolves with null when it was: a double click or a second tab never sends twice.
 */
export const runOnce = async <T>(key: string, work: () => Promise<T>): Promise<T | null> => {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request(`fairhold:${key}`, { ifAvailable: true }, (lock) => (lock ? work() : null))
}
