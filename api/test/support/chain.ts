import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID, type DevAccount, deployer } from '@fairhold/protocol/dev-accounts'
import { PERMIT2 } from '@fairhold/protocol/eip712/payments'
import {
  type Address,
  createTestClient,
  createWalletClient,
  type EncodeFunctionDataParameters,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  http,
  publicActions,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'

const ROOT = join(import.meta.dirname, '../../..')
const START_MS = 30_000

export type TestChain = Awaited<ReturnType<typeof startChain>>

/** A Hardhat node on a free port with our contracts where protocol/src/deployments says they are. */
export async function startChain() {
  const port = await freePort()
  const cli = join(ROOT, 'node_modules/hardhat/dist/src/cli.js')
  const args = [cli, 'node', '--network', 'node', '--hostname', '127.0.0.1', '--port', String(port)]
  const node = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  const kill = () => node.kill('SIGKILL')
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  const transport = http(url, { retryCount: 0 })
  const client = createTestClient({ chain: hardhat, mode: 'hardhat', transport, cacheTime: 0 }).extend(publicActions)
  await untilTrue(() => client.getChainId().then(Boolean, () => false))

  /** Sends a transaction and waits for it; throws if it is undone. */
  const send = async (
    from: Pick<DevAccount, 'privateKey'>,
    call: { to?: Address; data: Hex; value?: bigint },
  ): Promise<Address | null> => {
    const wallet = createWalletClient({ account: privateKeyToAccount(from.privateKey), chain: hardhat, transport })
    const receipt = await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction(call), pollingInterval: 20 })
    if (receipt.status !== 'success') throw new Error('the transaction was undone')
    return receipt.contractAddress ?? null
  }
  const { escrow } = deploymentOf(DEV_CHAIN_ID)
  const data = encodeDeployData({ abi: escrowAbi, bytecode: bytecodeOf('Escrow'), args: [PERMIT2] })
  const deployed = await send(deployer, { data })
  if (deployed !== escrow) throw new Error(`the escrow is at ${deployed}, not where it was to be`)

  return {
    url,
    client,
    send,
    /** Calls a function of the escrow. */
    escrow: (
      from: Pick<DevAccount, 'privateKey'>,
      call: Omit<EncodeFunctionDataParameters<typeof escrowAbi>, 'abi'>,
      value = 0n,
    ) =>
      // The parameters were made from the same ABI.
      send(from, { to: escrow, value, data: encodeFunctionData({ abi: escrowAbi, ...call } as EncodeFunctionDataParameters) }),
    stop: async () => {
      process.off('exit', kill)
      const exited = new Promise((resolve) => node.once('exit', resolve))
      node.kill('SIGKILL')
      await exited
    },
  }
}

/** Resolves once the condition holds. */
export async function untilTrue(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + START_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${START_MS} ms: ${condition}`)
    await sleep(20)
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

/** What a contract of ours is deployed with. */
export function bytecodeOf(name: string): Hex {
  const file = join(ROOT, `artifacts/contracts/${name}.sol/${basename(name)}.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { bytecode: Hex }).bytecode
}
