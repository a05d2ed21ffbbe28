import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID } from '@fairhold/protocol/dev-accounts'
import { type Address, zeroAddress } from 'viem'
import { catchUpClock, keepJournal, replayJournal } from '../chain/journal.ts'
import { createRpc } from '../chain/json-rpc.ts'
import { placePermit2 } from './permit2.ts'

export interface ChainOptions {
  root: string
  rpcUrl: string
  /** File of the journal. */
  journal: string
  say: (line: string) => void
  signal: AbortSignal
}

const run = promisify(execFile)

/**
 * Brings a fresh local node to where the last run left it: yesterday's blocks, today's time, the contracts. From then on
 * every block is written down. Returns what writes the last of them and ends that.
 */
export async function prepareChain(options: ChainOptions): Promise<() => Promise<void>> {
  const { root, rpcUrl, journal, say, signal } = options
  await placePermit2(root, rpcUrl)
  const replay = await replayJournal(journal, rpcUrl)
  if (replay.blocks > 0) say(describe(replay))
  await catchUpClock(rpcUrl, Math.floor(Date.now() / 1000))
  const stopJournal = keepJournal(journal, rpcUrl)
  if (await isDeployed(rpcUrl)) return stopJournal
  const deploy = (module: string) =>
    run(process.execPath, [join(root, 'scripts/deploy.ts'), 'local', module], {
      cwd: root,
      env: { ...process.env, RPC_URL: rpcUrl },
      signal,
    })
  // A chain that an earlier version began has the first and not the others.
  if (!(await haveCode(rpcUrl, mainContracts()))) await deploy('Fairhold')
  else if (!(await haveCode(rpcUrl, registries()))) await deploy('DidRegistry')
  if (!(await haveCode(rpcUrl, anchors()))) await deploy('AuditAnchor')
  if (!(await isDeployed(rpcUrl))) {
    throw new Error('the contracts are not at the addresses in protocol/src/deployments. Begin anew with: npm start -- --reset')
  }
  return stopJournal
}

function describe({ blocks, transactions, identical }: { blocks: number; transactions: number; identical: boolean }): string {
  const what = `the local chain is back: ${blocks} blocks, ${transactions} transactions`
  return identical ? what : `${what}; its blocks have other hashes now, so they are indexed again`
}

/** Whether there is code at every address of protocol/src/deployments. */
function isDeployed(rpcUrl: string): Promise<boolean> {
  return haveCode(rpcUrl, [...mainContracts(), ...registries(), ...anchors()])
}

function mainContracts(): Address[] {
  const { escrow, reputation, tokens } = deploymentOf(DEV_CHAIN_ID)
  return [escrow, reputation, ...tokens.map(({ address }) => address)].filter((address) => address !== zeroAddress)
}

function registries(): Address[] {
  const { didRegistry } = deploymentOf(DEV_CHAIN_ID)
  return didRegistry === undefined ? [] : [didRegistry]
}

function anchors(): Address[] {
  const { auditAnchor } = deploymentOf(DEV_CHAIN_ID)
  return auditAnchor === undefined ? [] : [auditAnchor]
}

async function haveCode(rpcUrl: string, contracts: readonly Address[]): Promise<boolean> {
  const rpc = createRpc(rpcUrl)
  const codes = await Promise.all(contracts.map((address) => rpc<string>('eth_getCode', [address, 'latest'])))
  return codes.every((code) => code !== '0x')
}
