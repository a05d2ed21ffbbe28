import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { catchUpClock, keepJournal, replayJournal } from '../chain/journal.ts'
import { createRpc } from '../chain/json-rpc.ts'

const run = promisify(execFile)

/**
 * Brings a fresh local node to where the last run left it: yesterday's blocks, today's time, the contracts. Returns what ends the
 * journal.
 */
export async function prepareChain(options: {
  root: string
  rpcUrl: string
  journal: string
  say: (line: string) => void
}): Promise<() => Promise<void>> {
  const { root, rpcUrl, journal, say } = options
  const replay = await replayJournal(journal, rpcUrl)
  if (replay.blocks > 0) say(`replayed ${replay.blocks} blocks of the local chain`)
  await catchUpClock(rpcUrl, Math.floor(Date.now() / 1000))
  const stopJournal = keepJournal(journal, rpcUrl)
  if (!(await isDeployed(rpcUrl))) {
    await run(process.execPath, [join(root, 'scripts/deploy.ts'), 'local'], {
      cwd: root,
      env: { ...process.env, RPC_URL: rpcUrl },
    })
    if (!(await isDeployed(rpcUrl)))
      throw new Error('the contracts are not at the addresses in protocol/src/deployments; begin anew with --reset')
    say('deployed the contracts')
  }
  return stopJournal
}

async function isDeployed(rpcUrl: string): Promise<boolean> {
  const rpc = createRpc(rpcUrl)
  const { escrow, reputation, tokens } = deploymentOf(31337)
  const codes = await Promise.all(
    [escrow, reputation, ...tokens.map(({ address }) => address)]
      .filter(isContract)
      .map((address) => rpc<string>('eth_getCode', [address, 'latest'])),
  )
  return codes.every((code) => code !== '0x')
}

function isContract(address: string): boolean {
  return !/^0x0{40}$/.test(address)
}
