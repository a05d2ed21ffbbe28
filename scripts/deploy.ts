/**
 * Deploys the contracts with Ignition: `npm run deploy -- <network of hardhat.config.ts>`. On the local chain the deployer's
 * first transactions give the same addresses every time, those in protocol/src/deployments, and a registry of DIDs (ERC-1056)
 * follows, which public chains have already. What is no part of every
 * deployment follows with its parameters: `npm run deploy -- <network> ArbiterPool pool.json` with a file as
 * `{ "ArbiterPool": { "escrow": "0x...", "admin": "0x..." } }`; the same for KlerosAdapter. AuditAnchor takes none. It asks nothing.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { anchorDeployer } from '@fairhold/protocol/dev-accounts'
import hre from 'hardhat'
import ArbiterPool from '../ignition/modules/ArbiterPool.ts'
import AuditAnchor from '../ignition/modules/AuditAnchor.ts'
import DidRegistry from '../ignition/modules/DidRegistry.ts'
import Fairhold from '../ignition/modules/Fairhold.ts'
import KlerosAdapter from '../ignition/modules/KlerosAdapter.ts'

const [network = 'local', name = 'Fairhold', file] = process.argv.slice(2)
const connection = await hre.network.connect({ network })
// Ignition remembers what it deployed where. A local chain begins anew, and several can run at once: nothing to remember.
const forgetful = network === 'local' ? { deploymentId: `local-${process.pid}` } : {}
const options = { ...forgetful, ...(file && { parameters: resolve(file) }) }
const deployments: Record<string, () => Promise<Record<string, { address: string }>>> = {
  Fairhold: async () => {
    const market = await connection.ignition.deploy(Fairhold, options)
    return network === 'local' ? { ...market, ...(await connection.ignition.deploy(DidRegistry, options)) } : market
  },
  DidRegistry: () => connection.ignition.deploy(DidRegistry, options),
  ArbiterPool: () => connection.ignition.deploy(ArbiterPool, options),
  AuditAnchor: () =>
    connection.ignition.deploy(AuditAnchor, {
      ...options,
      ...(network === 'local' && { defaultSender: anchorDeployer.address }),
    }),
  KlerosAdapter: () => connection.ignition.deploy(KlerosAdapter, options),
}
try {
  const deploy = deployments[name]
  if (!deploy) throw new Error(`There is no module ${name}: ${Object.keys(deployments).join(', ')}`)
  const deployed = await deploy()
  for (const [contract, { address }] of Object.entries(deployed)) console.log(`${contract} ${address}`)
} finally {
  if (forgetful.deploymentId)
    rmSync(join(hre.config.paths.ignition, 'deployments', forgetful.deploymentId), { recursive: true, force: true })
  await connection.close()
}
