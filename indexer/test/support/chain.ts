import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { PERMIT2 } from '@fairhold/protocol/eip712/payments'
import { type Address, createPublicClient, createWalletClient, encodeDeployData, type Hex, http } from 'viem'
import { hardhat } from 'viem/chains'

const ROOT = join(import.meta.dirname, '../../..')
const GAS = 2_000_000n // fixed, so that no transaction is simulated first

export type Call = { from: Address; to: Address; data: Hex; value?: bigint }

/** A local chain with our contracts on it, and the ways to move it forwards and backwards. */
export type TestChain = Awaited<ReturnType<typeof startChain>>

/** Starts a Hardhat node on a free port and deploys the contracts from the built artifacts. */
export async function startChain(chainId: number = hardhat.id) {
  const port = await freePort()
  const cli = join(ROOT, 'node_modules/hardhat/dist/src/cli.js')
  const where = ['--network', 'node', '--chain-id', String(chainId), '--hostname', '127.0.0.1', '--port', String(port)]
  const node = spawn(process.execPath, [cli, 'node', ...where], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = new Promise((resolve) => node.once('exit', resolve))
  process.once('exit', () => node.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  const chain = { ...hardhat, id: chainId }
  const client = createPublicClient({ chain, transport: http(url, { retryCount: 0 }), cacheTime: 0 })
  const wallet = createWalletClient({ chain, transport: http(url, { retryCount: 0, batch: { batchSize: 200 } }) })
  // Hardhat's own methods are not in viem's schema of a public node.
  const request = client.request as (call: { method: string; params?: unknown[] }) => Promise<unknown>
  const rpc = (method: string, ...params: unknown[]): Promise<unknown> => request({ method, params })
  await untilTrue(() =>
    rpc('eth_chainId').then(
      () => true,
      () => false,
    ),
  )

  const send = (call: Call): Promise<Hex> => wallet.sendTransaction({ ...call, account: call.from, gas: GAS })
  /** Sends calls into one block, in this order, and fails if one of them reverts. */
  const mine = async (...calls: Call[]): Promise<void> => {
    await rpc('evm_setAutomine', false)
    const hashes: Hex[] = []
    for (const call of calls) hashes.push(await send(call))
    await rpc('evm_mine')
    await rpc('evm_setAutomine', true)
    const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })))
    const failed = receipts.findIndex((receipt) => receipt.status !== 'success')
    if (failed >= 0) throw new Error(`call ${failed} reverted: ${JSON.stringify(calls[failed]?.data.slice(0, 10))}`)
  }
  const hash = await wallet.sendTransaction({ account: devAccounts[9].address, data: deployData(), gas: 15_000_000n })
  const { contractAddress: escrow } = await client.getTransactionReceipt({ hash })
  if (!escrow) throw new Error('the escrow was not deployed')
  const reputation = await client.readContract({ address: escrow, abi: escrowAbi, functionName: 'REPUTATION' })
  return {
    chainId,
    ...{ url, wsUrl: url.replace('http', 'ws'), client, rpc, mine, escrow, reputation },
    now: async (): Promise<number> => Number((await client.getBlock()).timestamp),
    wait: (seconds: number) => rpc('evm_increaseTime', seconds),
    mineEmpty: async (blocks: number): Promise<void> => {
      for (let k = 0; k < blocks; k += 1) await rpc('evm_mine')
    },
    snapshot: () => rpc('evm_snapshot'),
    revert: (id: unknown) => rpc('evm_revert', id),
    stop: async (): Promise<void> => {
      node.kill('SIGTERM')
      await exited
    },
  }
}

/** Resolves once the condition holds; rejects after `timeoutMs`. */
export async function untilTrue(condition: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function deployData(): Hex {
  const file = join(ROOT, 'artifacts/contracts/Escrow.sol/Escrow.json')
  const { bytecode } = JSON.parse(readFileSync(file, 'utf8')) as { bytecode: Hex }
  return encodeDeployData({ abi: escrowAbi, bytecode, args: [PERMIT2] })
}
