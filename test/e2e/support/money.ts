import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { type Address, createPublicClient, http } from 'viem'
import { hardhat } from 'viem/chains'

/** The address of one of the local people. */
export function addressOf(name: string): Address {
  const person = devAccounts.find((one) => one.name === name)
  if (!person) throw new Error(`there is no ${name}`)
  return person.address
}

/** What a local person holds, in base units, read from the chain itself. */
export async function holds(rpcUrl: string, name: string, currency: 'ETH' | 'tUSD'): Promise<bigint> {
  const client = createPublicClient({ chain: hardhat, transport: http(rpcUrl) })
  if (currency === 'ETH') return client.getBalance({ address: addressOf(name) })
  const token = deploymentOf(hardhat.id).tokens.find(({ symbol }) => symbol === currency)
  if (!token) throw new Error(`there is no ${currency}`)
  return client.readContract({ abi: testUsdAbi, address: token.address, functionName: 'balanceOf', args: [addressOf(name)] })
}

/** How many transactions a local person has sent. */
export async function transactionsOf(rpcUrl: string, name: string): Promise<number> {
  const client = createPublicClient({ chain: hardhat, transport: http(rpcUrl) })
  return client.getTransactionCount({ address: addressOf(name) })
}
