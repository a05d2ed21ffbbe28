/**
 * Deploys the contracts with Ignition: `npm run deploy -- <network of hardhat.config.ts>`. On the local chain the deployer's
 * first transactions give the same addresses every time, those in protocol/src/deployments.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import hre from 'hardhat'
import Fairhold from '../ignition/modules/Fairhold.ts'

const network = process.argv[2] ?? 'local'
const connection = await hre.network.connect({ network })
// Ignition remembers what it deployed where. A local chain begins anew, and several can run at once: nothing to remember.
const forgetful = network === 'local' ? { deploymentId: `local-${process.pid}` } : {}
const deployed: Record<string, { address: string }> = await connection.ignition.deploy(Fairhold, forgetful)
for (const [name, { address }] of Object.entries(deployed)) console.log(`${name} ${address}`)
if (forgetful.deploymentId)
  rmSync(join(hre.config.paths.ignition, 'deployments', forgetful.deploymentId), { recursive: true, force: true })
await connection.close()
