import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  await delegate(first.url)
  const before = await lastBlock(first.url)
  await stop()
  await first.end()

  appendFileSync(file, '{"number":99,"time') // what a crash in the middle of a write leaves behind
  const second = await startNode()
  const replay = await replayJournal(file, second.url)
  const after = await lastBlock(second.url)
  assert.equal(after.hash, before.hash)
  assert.deepEqual(replay, { blocks: Number(before.number), transactions: 3, identical: true })
  assert.equal(await balance(second.url), parseEther('3'))
  assert.equal(await codeOf(second.url), `0xef0100${DEAD.slice(2).toLowerCase()}`)
  await catchUpClock(second.url, now)
  assert.equal((await lastBlock(second.url)).hash, before.hash, 'a chain that is ahead of the clock stays as it is')
  await send(second.url, 1n)
  assert.ok((await lastBlock(second.url)).timestamp > before.timestamp)
  await second.end()
  rmSync(dir, { recursive: true })
})

test('blocks that were undone are taken out of the journal', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fairhold-journal-'))
  const file = join(dir, 'chain.jsonl')
  const node = await startNode()
  const rpc = createRpc(node.url)
  const stop = keepJournal(file, node.url)
  await send(node.url, 1n)
  const snapshot = await rpc('evm_snapshot')
  await send(node.url, 2n)
  await send(node.url, 3n)
  while (linesOf(file).length < 3) await new Promise((resolve) => setTimeout(resolve, 50))
  await rpc('evm_revert', [snapshot])
  await send(node.url, 4n)
  await stop()
  const { hash } = await lastBlock(node.url)
  await node.end()
  assert.deepEqual(
    linesOf(file).map(({ number }) => number),
    [1, 2],
  )
  assert.equal(linesOf(file)[1]?.hash, hash)
  rmSync(dir, { recursive: true })
})

test('a journal that the node refuses says which block and what to do', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fairhold-journal-'))
  const file = join(dir, 'chain.jsonl')
  writeFileSync(file, `${JSON.stringify({ number: 1, timestamp: 1_800_000_000, hash: '0x', transactions: ['0x02'] })}\n`)
  const node = await startNode()
  await assert.rejects(replayJournal(file, node.url), /cannot be replayed: block 1: .*--reset/)
  await node.end()
  rmSync(dir, { recursive: true })
})

function linesOf(file: string): { number: number; hash: string }[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as { number: number; hash: string })
}

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

/** Gives the account code for a while (EIP-7702). */
async function delegate(url: string): Promise<void> {
  const wallet = createWalletClient({ account, chain: hardhat, transport: http(url) })
  const authorization = await wallet.signAuthorization({ contractAddress: DEAD, executor: 'self' })
  const hash = await wallet.sendTransaction({ to: DEAD, authorizationList: [authorization] })
  await createPublicClient({ chain: hardhat, transport: http(url) }).waitForTransactionReceipt({ hash, pollingInterval: 50 })
}

function codeOf(url: string) {
  return createPublicClient({ chain: hardhat, transport: http(url) }).getCode({ address: account.address })
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
