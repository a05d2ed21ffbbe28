import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import hre from 'hardhat'
import { type Abi, type Address, getAddress, parseEther } from 'viem'
import ArbiterPool from '../../ignition/modules/ArbiterPool.ts'
import AuditAnchor from '../../ignition/modules/AuditAnchor.ts'
import Fairhold from '../../ignition/modules/Fairhold.ts'
import KlerosAdapter from '../../ignition/modules/KlerosAdapter.ts'
import { deploymentOf } from '../../protocol/src/deployments.ts'
import { anchorDeployer, DEV_CHAIN_ID } from '../../protocol/src/dev-accounts.ts'

const EXTRA_DATA = '0xc0ffee'
const META_EVIDENCE = 'ipfs://question'
/** More than a deployment in this process takes, and less than somebody would wait for one that hangs. */
const limits = { timeout: 120_000 }

/** The address of one contract of a module, whatever types a build left of it. */
function addressOf(deployed: Record<string, { address: Address }>, name: string): Address {
  const contract = deployed[name]
  assert.ok(contract, name)
  return getAddress(contract.address)
}

/** A chain of its own, with the escrow on it. */
async function createChain() {
  const connection = await hre.network.create('node')
  const escrow = addressOf(await connection.ignition.deploy(Fairhold), 'escrow')
  const client = await connection.viem.getPublicClient()
  /** Typed by nothing: the types of artifacts are there only after a build. */
  async function reader(contract: string, address: Address) {
    const abi: Abi = (await hre.artifacts.readArtifact(contract)).abi
    const read = (functionName: string): Promise<unknown> => client.readContract({ address, abi, functionName })
    const events = (eventName: string) => client.getContractEvents({ address, abi, eventName, fromBlock: 0n })
    return { read, events }
  }
  return { connection, escrow, reader }
}

/** What Ignition would keep on disk of the deployments, if it kept anything. */
function kept(): string[] {
  const directory = join(hre.config.paths.ignition, 'deployments')
  return existsSync(directory) ? readdirSync(directory).sort() : []
}

before(() => hre.tasks.getTask('build').run({ quiet: true, noTests: true }))

test('the pool is deployed for the escrow, with an admin and the default parameters', limits, async () => {
  const had = kept()
  const { connection, escrow, reader } = await createChain()
  const [, adminWallet] = await connection.viem.getWalletClients()
  assert.ok(adminWallet)
  const admin = getAddress(adminWallet.account.address)
  const parameters = { ArbiterPool: { escrow, admin } }
  const deployed = await connection.ignition.deploy(ArbiterPool, { parameters })
  const pool = await reader('ArbiterPool', addressOf(deployed, 'arbiterPool'))
  assert.equal(await pool.read('ESCROW'), escrow)
  assert.equal(await pool.read('DRAW_BLOCKS'), 96n)
  assert.equal(await pool.read('defaultAdmin'), admin)
  assert.equal(await pool.read('defaultAdminDelay'), 2 * 86_400)
  const defaults = {
    panel: 3,
    quorum: 2,
    appealPanel: 7,
    appealQuorum: 4,
    toleranceBps: 1_000,
    slashBps: 1_000,
    drawSeconds: 86_400,
    commitSeconds: 3 * 86_400,
    revealSeconds: 2 * 86_400,
    appealSeconds: 2 * 86_400,
    bond: parseEther('0.5'),
    appealBond: parseEther('0.1'),
    caseFee: parseEther('0.005'),
  }
  assert.deepEqual(await pool.read('parameters'), [0n, defaults])
  assert.equal(await pool.read('neededSeconds'), 15n * 86_400n)
  assert.deepEqual(kept(), had, 'nothing of it is left on disk')
  await connection.close()
})

test('the adapter is deployed for the escrow and a court', limits, async () => {
  const had = kept()
  const { connection, escrow, reader } = await createChain()
  const court = await connection.viem.deployContract('CourtMock')
  const parameters = {
    KlerosAdapter: { escrow, court: court.address, extraData: EXTRA_DATA, metaEvidence: META_EVIDENCE },
  }
  const deployed = await connection.ignition.deploy(KlerosAdapter, { parameters })
  const adapter = await reader('KlerosAdapter', addressOf(deployed, 'adapter'))
  assert.equal(await adapter.read('ESCROW'), escrow)
  assert.equal(await adapter.read('COURT'), getAddress(court.address))
  assert.equal(await adapter.read('extraData'), EXTRA_DATA)
  const [question] = await adapter.events('MetaEvidence')
  assert.deepEqual(question?.args, { metaEvidenceID: 0n, evidence: META_EVIDENCE })
  assert.deepEqual(kept(), had, 'nothing of it is left on disk')
  await connection.close()
})

test('the anchor of the audit log is where the protocol says, whatever was deployed before', limits, async () => {
  const { connection } = await createChain()
  const deployed = await connection.ignition.deploy(AuditAnchor, { defaultSender: anchorDeployer.address })
  assert.equal(addressOf(deployed, 'auditAnchor').toLowerCase(), deploymentOf(DEV_CHAIN_ID).auditAnchor)
  await connection.close()
})

test('what the command line deploys is compiled as what is tested', () => {
  const { default: tested, production } = hre.config.solidity.profiles
  assert.deepEqual(production, tested)
})

test('who forgets a parameter without a default is told which', limits, async () => {
  const { connection, escrow } = await createChain()
  const forgotten = connection.ignition.deploy(ArbiterPool, { parameters: { ArbiterPool: { escrow } } })
  await assert.rejects(forgotten, /admin/)
  await connection.close()
})
