import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chiara, dmitri } from '@fairhold/protocol/dev-accounts'
import { createPublicClient, createTestClient, createWalletClient, type Hex, http, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import type { PendingTransaction } from './pending.ts'
import { startNode } from './testing/local-node.ts'
import { type Outcome, type Progress, trackTransaction } from './track.ts'

const account = privateKeyToAccount(dmitri.privateKey)
const to = chiara.address
const GWEI = 1_000_000_000n
const DATA = '0x1234' as Hex
let node: Awaited<ReturnType<typeof startNode>>
const connect = () => {
  const transport = http(node.url, { retryCount: 0 })
  const chain = createTestClient({ chain: hardhat, mode: 'hardhat', transport, cacheTime: 0 }).extend(publicActions)
  return { chain, wallet: createWalletClient({ account, chain: hardhat, transport }) }
}
let { chain, wallet } = {} as ReturnType<typeof connect>

before(async () => {
  node = await startNode()
  ;({ chain, wallet } = connect())
  await chain.setAutomine(false)
})
after(() => node.stop())

/** Sends a call that waits for a block, and what the page remembers of it. */
async function sent(data = DATA): Promise<PendingTransaction & { hash: Hex }> {
  const nonce = await chain.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const block = Number(await chain.getBlockNumber())
  const hash = await wallet.sendTransaction({
    to,
    data,
    nonce,
    gas: 60_000n,
    maxFeePerGas: 3n * GWEI,
    maxPriorityFeePerGas: GWEI,
  })
  return { hash, chainId: hardhat.id, account: account.address, nonce, to, data, block, sentAt: Date.now() }
}

const replace = (pending: PendingTransaction, change: { to?: `0x${string}`; data?: Hex; value?: bigint }) =>
  wallet.sendTransaction({
    ...{ to, data: DATA, nonce: pending.nonce, gas: 60_000n, maxFeePerGas: 9n * GWEI, maxPriorityFeePerGas: 3n * GWEI },
    ...change,
  })

function follow(
  pending: PendingTransaction,
  options: { client?: Parameters<typeof trackTransaction>[0]; dropMs?: number; askedMs?: number; slowMs?: number } = {},
) {
  const seen: Progress[] = []
  const hashes: Hex[] = []
  const { client = chain, ...limits } = options
  const outcome: Promise<Outcome> = trackTransaction(client, pending, {
    onProgress: (progress) => seen.push(progress),
    onHash: (hash) => hashes.push(hash),
    signal: AbortSignal.timeout(20_000),
    pollMs: 20,
    ...limits,
  })
  return { outcome, seen, hashes }
}

const mine = () => chain.mine({ blocks: 1 })

test('one that is mined ends as mined, and says before that it waits, in time that it waits long', async () => {
  const pending = await sent()
  const { outcome, seen } = follow(pending, { slowMs: 3_000 })
  for (let tries = 0; tries < 400 && !seen.some((one) => one.at === 'waiting' && one.slow); tries++) await sleep(20)
  await mine()
  assert.deepEqual(await outcome, { end: 'mined', hash: pending.hash, status: 'success' })
  assert.deepEqual(seen.at(0), { at: 'waiting', hash: pending.hash, slow: false })
  assert.deepEqual(seen.at(-1), { at: 'waiting', hash: pending.hash, slow: true })
})

test('one that a wallet sped up is followed under its new hash', async () => {
  const pending = await sent()
  const { outcome, hashes } = follow(pending)
  const faster = await replace(pending, {})
  await mine()
  assert.deepEqual(await outcome, { end: 'mined', hash: faster, status: 'success' })
  assert.deepEqual(hashes, [faster])
})

test('one that a wallet cancelled ends as cancelled; one that gave way to something else, as replaced', async () => {
  const cancelled = await sent()
  const first = follow(cancelled)
  const nothing = await replace(cancelled, { to: account.address, data: '0x', value: 0n })
  await mine()
  assert.deepEqual(await first.outcome, { end: 'cancelled', hash: nothing })
  const replaced = await sent()
  const second = follow(replaced)
  const other = await replace(replaced, { data: '0x9999' })
  await mine()
  assert.deepEqual(await second.outcome, { end: 'replaced', hash: other })
})

test('one that the network forgot ends as dropped, and not before it has been missing for a while', async () => {
  const pending = await sent()
  const { outcome, seen } = follow(pending, { dropMs: 200 })
  await chain.dropTransaction({ hash: pending.hash })
  const since = Date.now()
  assert.deepEqual(await outcome, { end: 'dropped' })
  assert.ok(Date.now() - since >= 150)
  assert.ok(seen.length > 2)
})

test('one that fails in its block says so', async () => {
  const nonce = await chain.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const block = Number(await chain.getBlockNumber())
  // Code that always reverts: PUSH1 0 PUSH1 0 REVERT.
  await chain.setCode({ address: `0x${'77'.repeat(20)}`, bytecode: '0x60006000fd' })
  const target = `0x${'77'.repeat(20)}` as const
  const hash = await wallet.sendTransaction({ to: target, data: DATA, nonce, gas: 60_000n })
  await mine()
  const pending = {
    hash,
    chainId: hardhat.id,
    account: account.address,
    nonce,
    to: target,
    data: DATA,
    block,
    sentAt: Date.now(),
  }
  assert.deepEqual(await follow(pending).outcome, { end: 'mined', hash, status: 'reverted' })
})

test('a block that is taken back: it is no longer mined, and is followed into another block', async () => {
  const snapshot = await chain.snapshot()
  const pending = await sent()
  await mine()
  assert.equal((await follow(pending).outcome).end, 'mined')
  await chain.revert({ id: snapshot })
  const again = follow(pending)
  await sleep(100)
  assert.equal(again.seen.at(-1)?.at, 'waiting')
  const back = await replace(pending, {})
  await mine()
  assert.deepEqual(await again.outcome, { end: 'mined', hash: back, status: 'success' })
})

test('a page that was reloaded while the wallet asked finds the transaction by its nonce, in the pool or in a block', async () => {
  const inPool = await sent('0xaaaa')
  const first = follow({ ...inPool, hash: null })
  for (let tries = 0; tries < 100 && first.hashes.length === 0; tries++) await sleep(20)
  assert.deepEqual(first.hashes, [inPool.hash])
  await mine()
  assert.deepEqual(await first.outcome, { end: 'mined', hash: inPool.hash, status: 'success' })
  const second = follow({ ...inPool, hash: null })
  assert.deepEqual(await second.outcome, { end: 'mined', hash: inPool.hash, status: 'success' })
})

test('a page that was reloaded while the wallet asked, and nothing was sent, or something else was', async () => {
  const nonce = await chain.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const asked = {
    hash: null,
    chainId: hardhat.id,
    account: account.address,
    nonce,
    to,
    data: DATA,
    block: Number(await chain.getBlockNumber()),
    sentAt: Date.now(),
  }
  assert.deepEqual(await follow(asked, { askedMs: 150 }).outcome, { end: 'unsent' })
  await sent('0xbbbb')
  await mine()
  assert.deepEqual(await follow(asked).outcome, { end: 'unsent' })
})

test('a node that is away for a while: nothing is concluded from that, and the end is found when it is back', async () => {
  let isAway = true
  const gate = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      if (isAway) return response.destroy()
      const body = Buffer.concat(chunks).toString()
      const answer = await fetch(node.url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      return response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text())
    })
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const { port } = gate.address() as { port: number }
  const client = createPublicClient({
    chain: hardhat,
    transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }),
    cacheTime: 0,
  })
  const pending = await sent()
  const { outcome, seen } = follow(pending, { client, dropMs: 50, askedMs: 50 })
  await mine()
  await sleep(300)
  assert.ok(seen.every(({ at }) => at === 'away') && seen.length > 2)
  isAway = false
  assert.deepEqual(await outcome, { end: 'mined', hash: pending.hash, status: 'success' })
  gate.closeAllConnections()
  await new Promise((resolve) => gate.close(resolve))
})
