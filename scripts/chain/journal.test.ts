import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPublicClient, createWalletClient, http, parseEther } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { catchUpClock, keepJournal, replayJournal } from './journal.ts'
import { createRpc } from './json-rpc.ts'

const ROOT = join(import.meta.dirname, '../..')
const DEAD = '0x000000000000000000000000000000000000dEaD'
const account = mnemonicToAccount('test test test test test test test test test test test junk')

test('a replayed chain has the same blocks, balances and clock, and goes on', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fairhold-journal-'))
  const file = join(dir, 'chain.jsonl')
  const now = Math.floor(Date.now() / 1000)
  const first = await startNode()
  await catchUpClock(first.url, now)
  const stop = keepJournal(file, first.url)
  await send(first.url, parseEther('1'))
  await createRpc(first.url)('evm_increaseTime', [86_400])
  await createRpc(first.url)('evm_mine')
  await send(first.url, parseEther('2'))
  const before = await lastBlock(first.url)
  await stop()
  await first.end()

  appendFileSync(file, '{"number":99,"time') // what a crash in the middle of a write leaves behind
  const second = await startNode()
  const replay = await replayJournal(file, second.url)
  const after = await lastBlock(second.url)
  assert.equal(after.hash, before.hash)
  assert.deepEqual(replay, { blocks: Number(before.number), transactions: 2, identical: true })
  assert.equal(await balance(second.url), parseEther('3'))
  await catchUpClock(second.url, now)
  assert.equal((await lastBlock(second.url)).hash, before.hash, 'a chain that is ahead of the clock stays as it is')
  await send(second.url, 1n)
  assert.ok((await lastBlock(second.url)).timestamp > before.timestamp)
  await second.end()
  rmSync(dir, { recursive: true })
})

async function startNode(): Promise<{ url: string; end: () => Promise<void> }> {
  const port = await freePort()
  const cli = join(ROOT, 'node_modules/hardhat/dist/src/cli.js')
  const child = spawn(process.execPath, [cli, 'node', '--hostname', '127.0.0.1', '--port', String(port)], { cwd: ROOT })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => String(chunk).includes('Started') && resolve())
    child.once('exit', (code) => reject(new Error(`node ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, end: () => endOf(child) }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill()
  })
}

async function send(url: string, value: bigint): Promise<void> {
  const wallet = createWalletClient({ account, chain: hardhat, transport: http(url) })
  const hash = await wallet.sendTransaction({ to: DEAD, value })
  await createPublicClient({ chain: hardhat, transport: http(url) }).waitForTransactionReceipt({ hash, pollingInterval: 50 })
}

function lastBlock(url: string) {
  return createPublicClient({ chain: hardhat, transport: http(url) }).getBlock()
}

function balance(url: string): Promise<bigint> {
  return createPublicClient({ chain: hardhat, transport: http(url) }).getBalance({ address: DEAD })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return address !== null && typeof address === 'object' ? address.port : 0
}
