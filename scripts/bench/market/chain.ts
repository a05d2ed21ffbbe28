import { readFileSync } from 'node:fs'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { startAnvil } from '../anvil.ts'

const ESCROW = new URL('../../../artifacts/contracts/Escrow.sol/Escrow.json', import.meta.url)

/** A node with our escrow on it, as nobody has used it yet: all that publishing asks of the chain. */
export async function startEscrowChain(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { url, call, stop } = await startAnvil()
  const { deployedBytecode } = JSON.parse(readFileSync(ESCROW, 'utf8')) as { deployedBytecode: string }
  await call('anvil_setCode', deploymentOf(31_337).escrow, deployedBytecode)
  return { url, stop }
}
