/**
 * Deploys the contracts to a chain with Ignition: `npm run deploy -- <network of hardhat.config.ts>`. On the local chain the deployer's
 * first transactions give the same addresses every time, those in protocol/src/deployments.
 */
import hre from 'hardhat'
import Fairhold from '../ignition/modules/Fairhold.ts'

const connection = await hre.network.connect({ network: process.argv[2] ?? 'local' })
const { escrow, reputation, testUsd } = await connection.ignition.deploy(Fairhold)
console.log(JSON.stringify({ escrow: escrow.address, reputation: reputation.address, testUsd: testUsd.address }))
await connection.close()
