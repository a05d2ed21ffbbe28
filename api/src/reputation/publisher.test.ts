import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { ada, type DevAccount, dmitri, relayer } from '@fairhold/protocol/dev-accounts'
import { pino } from 'pino'
import { type Hex, zeroHash } from 'viem'
import type { TestChain } from '../../test/support/chain.ts'
import { type ChainDeal, dealsOn } from '../../test/support/deals.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { signedReview } from '../../test/support/reviews.ts'
import { buyer, DAY, insertReview, seller } from '../../test/support/rows.ts'
import { signedIn } from '../../test/support/visitor.ts'
import { type ChainWriter, createChainWriter } from '../jobs/chain-writer.ts'
import { createRunner, type Job } from '../jobs/loop.ts'
import { commitJob, publishJob } from './publisher.ts'
import { revealJob } from './revealer.ts'

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

type MakeJob = typeof publishJob | typeof commitJob | typeof revealJob
/** Runs a job once, as a worker that has just been started. */
const run = (make: MakeJob) => createRunner(make(market.context, writer) as Job<unknown>, quiet)(Date.now())

const ended = async (): Promise<ChainDeal> => {
  const deal = await deals.open()
  await market.chain.escrow(dmitri, { functionName: 'release', args: [deal.packed] })
  await deals.index(deal)
  return deal
}

const write = async (author: DevAccount, { id }: ChainDeal) => {
  const visitor = await signedIn(market.app, author)
  const signed = await signedReview(market.context, author, { dealId: id })
  const { status, body } = await visitor.send('POST', '/v1/reputation/reviews', signed.body)
  assert.equal(status, 201, JSON.stringify(body))
  return signed
}

const reputation = () => ({ abi: reputationAbi, address: market.context.deployment.reputation }) as const
const countOf = async (subject: Hex) =>
  (await market.chain.client.readContract({ ...reputation(), functionName: 'statsOf', args: [subject] })).count
const commitmentOf = (deal: ChainDeal, author: Hex) =>
  market.chain.client.readContract({ ...reputation(), functionName: 'commitmentOf', args: [deal.id, author] })
/** Writes what the indexer would write of a review that was sealed on chain. */
const indexCommitment = async (deal: ChainDeal, author: Hex) => {
  const committedAt = Number((await market.chain.client.getBlock()).timestamp)
  const subject = author === seller ? buyer : seller
  await insertReview(market.indexer, {
    dealId: deal.id,
    author,
    subject,
    commitment: await commitmentOf(deal, author),
    committedAt,
  })
}

describe('signed reviews', () => {
  test('are published together, in one transaction, once both are in; nobody paid gas but the worker', async () => {
    const deal = await ended()
    await write(dmitri, deal)
    const before = [await countOf(seller), await countOf(buyer)]
    await run(publishJob)
    assert.deepEqual([await countOf(seller), await countOf(buyer)], before, 'one alone stays sealed')
    await write(ada, deal)
    const blocks = await market.chain.client.getBlockNumber()
    await run(publishJob)
    assert.deepEqual(
      [await countOf(seller), await countOf(buyer)],
      before.map((count) => count + 1n),
    )
    assert.equal(await market.chain.client.getBlockNumber(), blocks + 1n)
    await run(publishJob) // as after a restart, before the indexer has seen it
    assert.equal(await market.chain.client.getBlockNumber(), blocks + 1n, 'nothing is sent twice')
  })

  test('of one side alone are sealed on chain in the last day, and counted when the week is over', async () => {
    const deal = await ended()
    const { commitment } = await write(dmitri, deal)
    const count = await countOf(seller)
    await run(commitJob)
    assert.equal(await commitmentOf(deal, buyer), zeroHash, 'the other side has six days yet')
    await deals.skip(6 * DAY + 60)
    await run(commitJob)
    assert.equal(await commitmentOf(deal, buyer), commitment)
    await indexCommitment(deal, buyer)
    await run(revealJob)
    assert.equal(await countOf(seller), count)
    await deals.skip(DAY)
    await run(revealJob)
    assert.equal(await countOf(seller), count + 1n)
  })

  test('that come in the last day after all are published together, and not revealed one by one', async () => {
    const deal = await ended()
    await write(dmitri, deal)
    await deals.skip(6 * DAY + 60)
    await run(commitJob)
    await indexCommitment(deal, buyer)
    await write(ada, deal)
    const counts = [await countOf(seller), await countOf(buyer)]
    await deals.skip(DAY)
    await run(revealJob)
    assert.deepEqual([await countOf(seller), await countOf(buyer)], counts, 'left to be published as a pair')
    await run(publishJob)
    assert.deepEqual(
      [await countOf(seller), await countOf(buyer)],
      counts.map((count) => count + 1n),
    )
  })

  test('answer one that its author sealed on chain alone', async () => {
    const deal = await ended()
    const theirs = await signedReview(market.context, ada, { dealId: deal.id })
    const args = [deal.packed, ada.address, theirs.commitment, '0x'] as const
    await writerOf(ada).write({ ...reputation(), functionName: 'commit', args })
    await indexCommitment(deal, seller)
    const { commitment } = await write(dmitri, deal)
    await run(commitJob)
    assert.equal(await commitmentOf(deal, buyer), commitment, 'at once, as both can be opened then')
    await indexCommitment(deal, buyer)
    const count = await countOf(seller)
    await run(revealJob)
    assert.equal(await countOf(seller), count + 1n)
  })
})

const writerOf = (account: DevAccount): ChainWriter => createChainWriter(market.context, account.privateKey)
