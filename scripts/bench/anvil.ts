import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import type { Hex } from 'viem'
import { anvilBinary } from './packages.ts'
import { freePort } from './ports.ts'
import { type Call, createBatchRpc } from './rpc.ts'
import { BLOCK_SECONDS, blocksOf, contracts, GENESIS_TIME, lastOf, type WorkLog } from './workload.ts'

const BLOCK_GAS = 1_000_000_000
const TRANSACTION_GAS = '0xf00000'
const TRANSACTIONS_PER_BLOCK = 10
const EMPTY_BLOCKS = 80 // so that every event is final by the rule of whoever counts blocks

/** An anvil node with the workload on it. */
export type WorkChain = {
  url: string
  wsUrl: string
  call: Call
  /** Mines one block with these logs in it. */
  mine: (logs: readonly WorkLog[]) => Promise<void>
  stop: () => Promise<void>
}

/** Starts anvil with our two addresses ready to emit anything, and no block but the first. */
export async function startAnvil(): Promise<WorkChain> {
  const port = await freePort()
  const flags = ['--port', String(port), '--silent', '--no-mining', '--timestamp', String(GENESIS_TIME)]
  const gas = ['--gas-limit', String(BLOCK_GAS), '--block-base-fee-per-gas', '0', '--gas-price', '0']
  const child = spawn(anvilBinary(), [...flags, ...gas], { stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = (): void => void child.kill('SIGKILL') // its state is worth nothing
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  const { call, batch } = createBatchRpc(url)
  await untilAnswering(call)
  const code = await replayerCode()
  for (const address of [contracts.escrow, contracts.reputation]) await call('anvil_setCode', address, code)
  await call('anvil_setBlockTimestampInterval', BLOCK_SECONDS)
  let nonce = 0
  return {
    ...{ url, wsUrl: url.replace('http', 'ws'), call },
    mine: async (logs) => {
      const transactions = transactionsOf(logs, nonce)
      nonce += transactions.length
      await batch(transactions.map((one) => ({ method: 'eth_sendTransaction', params: [one] })))
      await call('evm_mine') // a request of its own: anvil answers the calls of a batch in any order
    },
    stop: () => {
      process.removeListener('exit', kill)
      kill()
      return exited
    },
  }
}

/** The same with `events` events on it, 10 transactions a block, and 80 empty blocks after them. */
export async function startWorkChain(events: number): Promise<WorkChain> {
  const chain = await startAnvil()
  for (const logs of blocksOf(events)) await chain.mine(logs)
  await chain.call('anvil_mine', `0x${EMPTY_BLOCKS.toString(16)}`)
  const last = lastOf(events)
  const at = `0x${last.height.toString(16)}`
  const logs = await chain.call('eth_getLogs', { fromBlock: at, toBlock: 'latest' })
  const made = Array.isArray(logs) ? logs.length : 0
  if (made !== last.logs) throw new Error(`anvil has ${made} logs from block ${last.height} on, not ${last.logs}`)
  return chain
}

/** The transactions that emit these logs, in order. One sender and ascending nonces keep that order, whenever they arrive. */
function transactionsOf(logs: readonly WorkLog[], firstNonce: number) {
  const size = Math.ceil(logs.length / TRANSACTIONS_PER_BLOCK)
  const transactions: Record<string, unknown>[] = []
  for (let at = 0; at < logs.length; ) {
    const to = logs[at]?.address
    let end = at
    while (end < logs.length && end - at < size && logs[end]?.address === to) end += 1
    const nonce = `0x${(firstNonce + transactions.length).toString(16)}`
    const data = calldataOf(logs.slice(at, end))
    transactions.push({ from: devAccounts[0].address, to, data, nonce, gas: TRANSACTION_GAS })
    at = end
  }
  return transactions
}

function calldataOf(logs: readonly WorkLog[]): Hex {
  const parts = logs.map(({ topics, data }) => {
    const size = ((data.length - 2) / 2).toString(16).padStart(4, '0')
    return `0${topics.length}${size}${topics.map((topic) => topic.slice(2)).join('')}${data.slice(2)}`
  })
  return `0x${parts.join('')}`
}

/** Code that emits the logs its calldata spells: `log-replayer.yul`. */
async function replayerCode(): Promise<Hex> {
  const { default: solc } = await import('solc')
  const source = readFileSync(join(import.meta.dirname, 'log-replayer.yul'), 'utf8')
  const input = {
    language: 'Yul',
    sources: { 'log-replayer.yul': { content: source } },
    settings: { outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    errors?: { formattedMessage: string; severity: string }[]
    contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>
  }
  const code = output.contracts?.['log-replayer.yul']?.LogReplayer?.evm.bytecode.object
  if (!code) throw new Error(`log-replayer.yul: ${output.errors?.map((error) => error.formattedMessage).join('\n')}`)
  return `0x${code}`
}

async function untilAnswering(call: Call): Promise<void> {
  const deadline = Date.now() + 15_000
  for (;;) {
    try {
      await call('eth_chainId')
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
