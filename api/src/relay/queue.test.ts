import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { dmitri, elif, relayer } from '@fairhold/protocol/dev-accounts'
import { pino } from 'pino'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { PRICE, relayingOn, TIP } from '../../test/support/relaying.ts'
import { callUsd, deployMoney, lower, usd } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { createChainWriter } from '../jobs/chain-writer.ts'
import { createRunner } from '../jobs/loop.ts'
import { oneAtATime } from '../jobs/one-at-a-time.ts'
import { relayJob } from './job.ts'

const quiet = pino({ level: 'silent' })
let market: Market & { chain: TestChain }
let relaying: ReturnType<typeof relayingOn>
let buyer: Visitor

before(async () => {
  market = await startMarketOnChain()
  relaying = relayingOn(market)
  await deployMoney(market.chain)
  await callUsd(market.chain, dmitri, 'mint', [lower(dmitri), 100n * (PRICE + TIP)])
  buyer = await signedIn(market.app, dmitri)
})
after(() => market.stop())

const nonceOf = () => market.chain.client.getTransactionCount({ address: relayer.address })
const statuses = async (ids: string[]): Promise<Record<string, number>> => {
  const rows = await market.context.db.relay.findMany({ where: { id: { in: ids } }, select: { status: true } })
  const counted: Record<string, number> = {}
  for (const { status } of rows) counted[status] = (counted[status] ?? 0) + 1
  return counted
}

async function handInMany(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    const { body, status } = await relaying.handIn(await relaying.ask(), buyer)
    assert.equal(status, 202, JSON.stringify(body))
    ids.push(body.id)
  }
  return ids
}

test('no request waits for the block of another: those that are due are in the next one', { timeout: 60_000 }, async () => {
  const ids = await handInMany(18)
  const run = createRunner(relayJob(market.context, relayer.privateKey), quiet)
  await market.chain.client.setAutomine(false)
  const sent = await nonceOf()
  const began = performance.now()
  assert.ok((await run(Date.now())) < 1_000, 'it wants to look again soon')
  assert.ok(performance.now() - began < 7_000, 'it has not waited for a block')
  assert.deepEqual(await statuses(ids), { sending: 16, queued: 2 }, 'no more than nodes keep for certain')
  await market.chain.client.mine({ blocks: 1 })
  await run(Date.now())
  await market.chain.client.mine({ blocks: 1 })
  await run(Date.now())
  await market.chain.client.setAutomine(true)
  assert.deepEqual(await statuses(ids), { done: 18 })
  assert.equal(await nonceOf(), sent + 18)
})

test('two requests about the same deal are not on their way at once', async () => {
  const [first] = await handInMany(1)
  const row = await market.context.db.relay.findUniqueOrThrow({ where: { id: first as string } })
  const { id: _id, transactions: _none, ...rest } = row
  await market.context.db.relay.create({ data: { ...rest, digest: 'another', transactions: [] } })
  await market.chain.client.setAutomine(false)
  const sent = await nonceOf()
  const run = createRunner(relayJob(market.context, relayer.privateKey), quiet)
  await run(Date.now())
  await market.chain.client.mine({ blocks: 1 })
  await market.chain.client.setAutomine(true)
  await run(Date.now())
  await run(Date.now())
  const rows = await market.context.db.relay.findMany({ where: { dealId: row.dealId }, orderBy: { status: 'asc' } })
  assert.deepEqual(
    rows.map(({ status, problem }) => [status, problem]),
    [
      ['done', null],
      ['failed', 'UnexpectedState'],
    ],
  )
  assert.equal(await nonceOf(), sent + 1, 'the second was not paid for')
})

test('what cannot be paid for beside what is on its way waits, and is not given up', async (t) => {
  const held = await market.chain.client.getBalance({ address: relayer.address })
  t.after(() => market.chain.client.setBalance({ address: relayer.address, value: held }))
  const ids = await handInMany(2)
  const { floor } = market.context.env.relay
  await market.chain.client.setBalance({ address: relayer.address, value: floor + 300_000_000_000_000n })
  await market.chain.client.setAutomine(false)
  const run = createRunner(relayJob(market.context, relayer.privateKey), quiet)
  await run(Date.now())
  assert.deepEqual(await statuses(ids), { sending: 1, queued: 1 })
  await market.chain.client.setBalance({ address: relayer.address, value: held })
  await market.chain.client.mine({ blocks: 1 })
  await market.chain.client.setAutomine(true)
  await run(Date.now())
  await run(Date.now())
  assert.deepEqual(await statuses(ids), { done: 2 })
})

test('the keeper and the relayer, which share an account, do not take the same nonce', async (t) => {
  const nonces = oneAtATime()
  const writer = createChainWriter(market.context, relayer.privateKey, nonces)
  const job = relayJob(market.context, relayer.privateKey, nonces)
  const ids = await handInMany(1)
  const sent = await nonceOf()
  const { chain } = market.context
  const count = chain.getTransactionCount
  t.after(() => Object.assign(chain, { getTransactionCount: count }))
  let kept: Promise<unknown> | undefined
  // The keeper begins when the relayer has read its nonce, and has time enough to take the same one.
  const countSlowly: typeof count = async (of) => {
    const nonce = await count(of)
    const isFirst = kept === undefined
    kept ??= writer.write({ abi: testUsdAbi, address: usd.address, functionName: 'approve', args: [lower(elif), 1n] })
    if (isFirst) await Promise.race([kept, sleep(1_500)])
    return nonce
  }
  Object.assign(chain, { getTransactionCount: countSlowly })
  const [row] = await job.due()
  assert.ok(row)
  await job.work(row)
  await kept
  assert.deepEqual(await statuses(ids), { done: 1 }, 'it did not have to begin anew')
  assert.equal(await nonceOf(), sent + 2)
})
