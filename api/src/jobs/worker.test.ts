import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, dmitri, elif, ines, operator, relayer } from '@fairhold/protocol/dev-accounts'
import { rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import { pino } from 'pino'
import { type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { dealsOn } from '../../test/support/deals.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { DAY, insertDeal, PRICE, someHash, someTerms } from '../../test/support/rows.ts'
import { signedIn } from '../../test/support/visitor.ts'
import { BATCH, collectorJob, PATIENCE } from '../deals/collector.ts'
import { keeperJob } from '../deals/keeper.ts'
import { rulingJob } from '../disputes/relayer.ts'
import { type ChainWriter, createChainWriter } from './chain-writer.ts'
import { createRunner, type Job } from './loop.ts'
import { sweepJob } from './sweeper.ts'

const quiet = pino({ level: 'silent' })

let market: Market & { chain: TestChain }
let deals: ReturnType<typeof dealsOn>
let writer: ChainWriter
before(async () => {
  market = await startMarketOnChain()
  deals = dealsOn(market)
  writer = createChainWriter(market.context, relayer.privateKey)
})
after(() => market?.stop())

describe('the keeper', () => {
  test('claims for the seller once the inspection is over, and not before', async () => {
    const deal = await deals.open()
    const { id, packed } = deal
    await market.chain.escrow(ada, { functionName: 'ship', args: [packed, someHash()] })
    await market.chain.escrow(dmitri, { functionName: 'deliver', args: [packed] })
    await deals.index(deal)
    const run = createRunner(keeperJob(market.context, writer), quiet)
    await run(Date.now())
    assert.equal((await deals.onChain(id)).state, 'delivered')
    await deals.skip(4 * DAY)
    await run(Date.now())
    assert.equal((await deals.onChain(id)).state, 'completed')
    const blocks = await market.chain.client.getBlockNumber()
    await run(Date.now()) // the indexer has not seen it yet
    await createRunner(keeperJob(market.context, writer), quiet)(Date.now()) // as after a restart
    assert.equal(await market.chain.client.getBlockNumber(), blocks, 'nothing is sent twice')
  })

  test('is not stopped by a deal that cannot be claimed', async () => {
    const [ghost, real] = [someTerms(), await deals.open()]
    await market.chain.escrow(ada, { functionName: 'ship', args: [real.packed, someHash()] })
    await market.chain.escrow(dmitri, { functionName: 'deliver', args: [real.packed] })
    await deals.index(real)
    await insertDeal(market.indexer, market.context, { terms: ghost, state: 'delivered', deadline: 1 })
    await deals.skip(4 * DAY)
    await createRunner(keeperJob(market.context, writer), quiet)(Date.now())
    assert.equal((await deals.onChain(real.id)).state, 'completed')
  })

  test('works for deals of this market only', async () => {
    await market.indexer.query('DELETE FROM chain.deal')
    const foreign = [someTerms({ operator: elif.address }), someTerms({ token: `0x${'12'.repeat(20)}` })]
    for (const terms of foreign) await insertDeal(market.indexer, market.context, { terms, state: 'delivered', deadline: 1 })
    assert.deepEqual(await keeperJob(market.context, writer).due(), [])
  })
})

describe('the relayer', () => {
  test('brings a signed ruling to the chain and notes its transaction', async () => {
    const deal = await deals.open()
    const { id } = deal
    await market.chain.escrow(dmitri, { functionName: 'dispute', args: [deal.packed, someHash()] })
    await deals.index(deal)
    const reason = 'It never came, as the carrier says.'
    const ruling = { dealId: id, buyerBps: 10_000, reasonHash: textHash(reason) }
    const signature = await privateKeyToAccount(ines.privateKey).signTypedData(rulingTypedData(ruling, market.context.domain))
    const judge = await signedIn(market.app, ines)
    const { buyerBps, reasonHash } = ruling
    const answer = await judge.send('POST', `/v1/disputes/${id}/rulings`, { buyerBps, reason, reasonHash, signature })
    assert.equal(answer.status, 204, JSON.stringify(answer.body))
    await createRunner(rulingJob(market.context, writer), quiet)(Date.now())
    assert.equal((await deals.onChain(id)).state, 'resolved')
    const { submittedTx } = await market.context.db.ruling.findUniqueOrThrow({ where: { dealId: id } })
    const receipt = await market.chain.client.getTransactionReceipt({ hash: submittedTx as Hex })
    assert.equal(receipt.status, 'success')
  })
})

describe('the collector', () => {
  const due = () => collectorJob(market.context, writer).due()
  const ended = async (token: Hex, count: number, endedAt: number) => {
    for (let k = 0; k < count; k += 1) {
      const terms = someTerms({ token })
      await insertDeal(market.indexer, market.context, { terms, state: 'completed', endedAt, feesDue: 5n })
    }
  }

  test('sends a market and its arbiters what ended deals owe them, many at once', async () => {
    await market.indexer.query('DELETE FROM chain.deal')
    const sold = [await deals.open(), await deals.open()]
    for (const deal of sold) {
      await market.chain.escrow(dmitri, { functionName: 'release', args: [deal.packed] })
      await deals.index(deal, { feesDue: PRICE / 40n })
    }
    const before = await market.chain.client.getBalance({ address: operator.address })
    const run = createRunner(collectorJob(market.context, writer), quiet)
    await run(Date.now())
    assert.equal(await market.chain.client.getBalance({ address: operator.address }), before, 'a batch is waited for')
    await deals.skip(PATIENCE)
    await run(Date.now())
    const blocks = await market.chain.client.getBlockNumber()
    assert.equal(await market.chain.client.getBalance({ address: operator.address }), before + (2n * PRICE * 250n) / 10_000n)
    for (const { id } of sold) assert.equal((await deals.onChain(id)).feesDue, false)
    await run(Date.now()) // the indexer has not seen it yet
    assert.equal(await market.chain.client.getBlockNumber(), blocks, 'nothing is sent twice')
    await createRunner(collectorJob(market.context, writer), quiet)(Date.now()) // as after a restart: it does no harm
    assert.equal(await market.chain.client.getBalance({ address: operator.address }), before + PRICE / 20n)
  })

  test('does not wait with a full batch, and takes one token at a time, of this market', async () => {
    await market.indexer.query('DELETE FROM chain.deal')
    const [, dollars] = market.context.deployment.tokens
    const now = await market.context.chainNow()
    await ended(zeroAddress, BATCH + 1, now)
    await ended(dollars?.address ?? '0x', BATCH - 1, now)
    const foreign = someTerms({ operator: elif.address, token: dollars?.address ?? '0x' })
    await insertDeal(market.indexer, market.context, { terms: foreign, state: 'completed', feesDue: 5n })
    const batches = await due()
    assert.deepEqual(
      batches.map(({ token, terms }) => [token, terms.length]),
      [[zeroAddress, BATCH]],
    )
    await market.indexer.query('DELETE FROM chain.deal')
  })
})

describe('the loop', () => {
  test('waits longer after each failure, and forgets them after a success', async () => {
    const tries: number[] = []
    let fails = true
    const work = async () => {
      tries.push(clock)
      if (fails) throw new Error('not yet')
    }
    const job: Job<string> = { name: 'test', due: async () => ['item'], idOf: (item) => item, work }
    const run = createRunner(job, quiet)
    let clock = 0
    for (; clock < 20_000; clock += 1_000) await run(clock)
    assert.deepEqual(tries, [0, 2_000, 6_000, 14_000])
    fails = false
    for (; clock < 100_000; clock += 1_000) await run(clock)
    assert.deepEqual(tries.slice(4), [30_000, 60_000, 90_000])
  })

  test('forgets nonces, sessions and keys that nobody can use any more', async () => {
    const { db } = market.context
    await signedIn(market.app, elif)
    await db.loginNonce.updateMany({ data: { expiresAt: new Date(0) } })
    await db.session.updateMany({ where: { address: elif.address.toLowerCase() }, data: { expiresAt: new Date(0) } })
    await createRunner(sweepJob(market.context, Date.now), quiet)(Date.now())
    assert.equal(await db.loginNonce.count(), 0)
    assert.equal(await db.session.count({ where: { address: elif.address.toLowerCase() } }), 0)
    assert.ok((await db.session.count()) > 0)
  })
})
