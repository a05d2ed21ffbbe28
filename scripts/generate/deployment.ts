import { type Address, getContractAddress, zeroAddress } from 'viem'
import { anchorDeployer, DEV_CHAIN_ID, deployer } from '../../protocol/src/dev-accounts.ts'
import { PERMIT2 } from '../../protocol/src/eip712/payments.ts'

/**
 * Addresses on the local chain. They are known before deployment: a fresh chain's deployer makes its first transactions in the
 * order of ignition/modules/Fairhold.ts, the escrow creates the reputation contract as the first thing it does, and DidRegistry.ts
 * comes after all. The anchor of the audit log has a deployer of its own, and Permit2 is put at its own address (scripts/start/permit2.ts).
 */
export function deploymentFiles(): Record<string, string> {
  const createdBy = (from: Address, nonce: bigint) => getContractAddress({ from, nonce }).toLowerCase() as Address
  const escrow = createdBy(deployer.address, 0n)
  const deployment = {
    chainId: DEV_CHAIN_ID,
    escrow,
    reputation: createdBy(escrow, 1n),
    tokens: [
      { address: zeroAddress, symbol: 'ETH', name: 'Ether', decimals: 18, permit: false, authorization: false, version: '' },
      {
        ...{ address: createdBy(deployer.address, 1n), symbol: 'tUSD', name: 'Test Dollar', decimals: 6 },
        ...{ permit: true, authorization: true, version: '1' },
      },
    ],
    auditAnchor: createdBy(anchorDeployer.address, 0n),
    deployBlock: 0,
    didRegistry: createdBy(deployer.address, 2n),
    permit2: PERMIT2.toLowerCase(),
  }
  return { [`protocol/src/deployments/${DEV_CHAIN_ID}.json`]: `${JSON.stringify(deployment, null, 2)}\n` }
}
