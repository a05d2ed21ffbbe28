import { getContractAddress, zeroAddress } from 'viem'
import { DEV_CHAIN_ID, deployer } from '../../protocol/src/dev-accounts.ts'

/**
 * Addresses on the local chain. They are known before deployment: a fresh chain's deployer makes its first three
 * transactions in the order of ignition/modules/Fairhold.ts.
 */
export function deploymentFiles(): Record<string, string> {
  const addressAt = (nonce: bigint): string => getContractAddress({ from: deployer.address, nonce }).toLowerCase()
  const deployment = {
    chainId: DEV_CHAIN_ID,
    escrow: addressAt(0n),
    reputation: addressAt(1n),
    tokens: [
      { address: zeroAddress, symbol: 'ETH', name: 'Ether', decimals: 18, permit: false },
      { address: addressAt(2n), symbol: 'tUSD', name: 'Test Dollar', decimals: 6, permit: true },
    ],
    deployBlock: 0,
  }
  return { [`protocol/src/deployments/${DEV_CHAIN_ID}.json`]: `${JSON.stringify(deployment, null, 2)}\n` }
}
