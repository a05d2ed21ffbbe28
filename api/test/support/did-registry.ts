import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID, type DevAccount } from '@fairhold/protocol/dev-accounts'
import { EthereumDIDRegistry } from 'ethr-did-registry'
import { type Abi, encodeFunctionData, type Hex, stringToHex } from 'viem'
import type { TestChain } from './chain.ts'

/** The ERC-1056 registry on a test's chain, where protocol/src/deployments says it is. */
export async function didRegistryOn({ client, send }: TestChain) {
  const { didRegistry } = deploymentOf(DEV_CHAIN_ID)
  if (didRegistry === undefined) throw new Error('the local chain has no registry of DIDs')
  const code = EthereumDIDRegistry.deployedBytecode as Hex // it has no constructor
  await client.setCode({ address: didRegistry, bytecode: code })
  const call = (from: DevAccount, functionName: string, args: readonly unknown[]) =>
    send(from, { to: didRegistry, data: encodeFunctionData({ abi: EthereumDIDRegistry.abi as Abi, functionName, args }) })
  const sigAuth = stringToHex('sigAuth', { size: 32 })
  const veriKey = stringToHex('veriKey', { size: 32 })
  return {
    address: didRegistry,
    /** `seconds`: how long it holds. A delegate may authenticate, or only assert. */
    addDelegate: (of: DevAccount, delegate: string, seconds: number, kind: 'sigAuth' | 'veriKey' = 'sigAuth') =>
      call(of, 'addDelegate', [of.address, kind === 'sigAuth' ? sigAuth : veriKey, delegate, BigInt(seconds)]),
    revokeDelegate: (of: DevAccount, delegate: string) => call(of, 'revokeDelegate', [of.address, sigAuth, delegate]),
    changeOwner: (of: DevAccount, owner: string) => call(of, 'changeOwner', [of.address, owner]),
    setAttribute: (of: DevAccount, name: string, value: Hex, seconds: number) =>
      call(of, 'setAttribute', [of.address, stringToHex(name, { size: 32 }), value, BigInt(seconds)]),
  }
}
