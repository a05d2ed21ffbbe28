import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PERMIT2 } from '@fairhold/protocol/eip712/payments'
import type { Hex } from 'viem'
import { createRpc } from '../chain/json-rpc.ts'

/**
 * Puts Permit2 at its own address on a local node, where public chains have it: no key deploys to that address. What does its
 * work there is contracts/mocks/Permit2Mock.sol, written after Permit2's documentation. To be done before blocks are replayed
 * that used it.
 */
export async function placePermit2(root: string, rpcUrl: string): Promise<void> {
  const file = join(root, 'artifacts/contracts/mocks/Permit2Mock.sol/Permit2Mock.json')
  const { deployedBytecode } = JSON.parse(await readFile(file, 'utf8')) as { deployedBytecode: Hex }
  await createRpc(rpcUrl)('hardhat_setCode', [PERMIT2, deployedBytecode])
}
