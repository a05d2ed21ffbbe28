import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  createWalletClient,
  type Hex,
  http,
  type PublicClient,
} from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type Context, chainOf } from '../context.ts'
import { type OneAtATime, oneAtATime } from './one-at-a-time.ts'

export interface ChainWriter {
  account: PrivateKeyAccount
  /** Simulates, sends and waits for the block. Throws, having sent nothing, if the simulation fails. */
  write: <A extends Abi, N extends ContractFunctionName<A, 'nonpayable'>>(call: {
    abi: A
    address: Address
    functionName: N
    args: ContractFunctionArgs<A, 'nonpayable', N>
  }) => Promise<Hex>
}

const RECEIPT_MS = 60_000

/** Sends transactions for the marketplace with its own key, one after the other. `nonces`: shared by all that use the key. */
export function createChainWriter(context: Context, key: Hex, nonces: OneAtATime = oneAtATime()): ChainWriter {
  const account = privateKeyToAccount(key)
  const wallet = createWalletClient({ account, chain: chainOf(context.env), transport: http(context.env.rpcUrl) })
  const chain: PublicClient = context.chain
  return {
    account,
    write: async (call) => {
      const { request } = await chain.simulateContract({ ...call, account } as Parameters<typeof chain.simulateContract>[0])
      const hash = await nonces(() => wallet.writeContract(request as Parameters<typeof wallet.writeContract>[0]))
      const receipt = await chain.waitForTransactionReceipt({ hash, timeout: RECEIPT_MS })
      if (receipt.status !== 'success') throw new Error(`transaction ${hash} was mined and undone`)
      return hash
    },
  }
}
