import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { dealId } from '@fairhold/protocol/deal/id'
import { type DealState, stateOf } from '@fairhold/protocol/deal/state'
import type { Offer, Terms } from '@fairhold/protocol/deal/terms'
import { ada, dmitri, elif, ines, relayer } from '@fairhold/protocol/dev-accounts'
import { offerTypedData, rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import { pino } from 'pino'
import { encodeFunctionData, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import {
  buyer,
  DAY,
  type DealChanges,
  insertDeal,
  insertReview,
  PRICE,
  seller,
  someHash,
  someTerms,
} from '../../test/support/rows.ts'
import { signedIn } from '../../test/support/visitor.ts'
import { keeperJob } from '../deals/keeper.ts'
import { rulingJob } from '../disputes/relayer.ts'
import { revealJob } from '../reputation/revealer.ts'
import { type ChainWriter, createChainWriter } from './chain-writer.ts'
import { createRunner, type Job } from './loop.ts'
import { sweepJob } from './sweeper.ts'

const quiet = pino({ level: 'silent' })

let market: Market & { chain: TestChain }
let writer: ChainWriter
before(async () => {
  market = await startMarketOnChain()
  writer = createChainWriter(market.context, relayer.privateKey)
})
after(() => market?.stop())

/** Opens a deal on chain. */
async function open(changes: Partial<Terms> = {}): Promise<{ id: Hex; terms: Terms }> {
  const terms = someTerms(changes)
  const offer: Offer = { terms, expiry: 4_000_000_000, counter: 0n, quantity: 1 }
  const signature = await privateKeyToAccount(ada.privateKey).signTypedData(offerTypedData(offer, market.context.domain))
  await market.chain.escrow(dmitri, { functionName: 'open', args: [offer, 0, signature] }, PRICE)
  return { id: dealId(terms, market.context.domain), terms }
}

/** What the indexer would write of the deal as the chain has it. */
async function index(terms: Terms, changes: DealChanges = {}): Promise<void> {
  const { deadline, state } = await onChain(dealId(terms, market.context.domain))
  await market.indexer.query('DELETE FROM chain.deal WHERE id = $1', [dealId(terms, market.context.domain)])
  await insertDeal(market.indexer, market.context, { terms, deadline, state, ...changes })
}

async function onChain(id: Hex): Promise<{ state: DealState; deadline: number }> {
  const { escrow } = market.context.deployment
  const { state, deadline } = await market.chain.client.readContract({
    abi: escrowAbi,
    address: escrow,
    functionName: 'dealOf',
    args: [id],
  })
  return { state: stateOf(state), deadline: Number(deadline) }
}

const skip = async (seconds: number) => {
  await market.chain.client.increaseTime({ seconds })
  await market.chain.client.mine({ blocks: 1 })
  await new Promise((resolve) => setTimeout(resolve, 600)) // the api's picture of the chain's clock is half a second old at most
}

describe('the keeper', () => {
  test('claims for the seller once the inspection is over, and not before', async () => {
    const { id, terms } = await open()
    await market.chain.escrow(ada, { functionName: 'ship', args: [terms, someHash()] })
    await market.chain.escrow(dmitri, { functionName: 'deliver', args: [terms] })
    await index(terms)
    const run = createRunner(keeperJob(market.context, writer), quiet)
    await run(Date.now())
    assert.equal((await onChain(id)).state, 'delivered')
    await skip(4 * DAY)
    await run(Date.now())
    assert.equal((await onChain(id)).state, 'completed')
    const blocks = await market.chain.client.getBlockNumber()
    await run(Date.now()) // the indexer has not seen it yet
    await createRunner(keeperJob(market.context, writer), quiet)(Date.now()) // as after a restart
    assert.equal(await market.chain.client.getBlockNumber(), blocks, 'nothing is sent twice')
  })

  test('is not stopped by a deal that cannot be claimed', async () => {
    const [ghost, real] = [someTerms(), await open()]
    await market.chain.escrow(ada, { functionName: 'ship', args: [real.terms, someHash()] })
    await market.chain.escrow(dmitri, { functionName: 'deliver', args: [real.terms] })
    await index(real.terms)
    await insertDeal(market.indexer, market.context, { terms: ghost, state: 'delivered', deadline: 1 })
    await skip(4 * DAY)
    await createRunner(keeperJob(market.context, writer), quiet)(Date.now())
    assert.equal((await onChain(real.id)).state, 'completed')
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
    const { id, terms } = await open()
    await market.chain.escrow(dmitri, { functionName: 'dispute', args: [terms, someHash()] })
    await index(terms)
    const reason = 'It never came, as the carrier says.'
    const ruling = { dealId: id, buyerBps: 10_000, reasonHash: textHash(reason) }
    const signature = await privateKeyToAccount(ines.privateKey).signTypedData(rulingTypedData(ruling, market.context.domain))
    const judge = await signedIn(market.app, ines)
    const { buyerBps, reasonHash } = ruling
    const answer = await judge.send('POST', `/v1/disputes/${id}/rulings`, { buyerBps, reason, reasonHash, signature })
    assert.equal(answer.status, 204, JSON.stringify(answer.body))
    await createRunner(rulingJob(market.context, writer), quiet)(Date.now())
    assert.equal((await onChain(id)).state, 'resolved')
    const { submittedTx } = await market.context.db.ruling.findUniqueOrThrow({ where: { dealId: id } })
    const receipt = await market.chain.client.getTransactionReceipt({ hash: submittedTx as Hex })
    assert.equal(receipt.status, 'success')
  })
})

describe('the revealer', () => {
  const commit = async (account: typeof ada | typeof dmitri, { id, terms }: { id: Hex; terms: Terms }) => {
    const visitor = await signedIn(market.app, account)
    const review = { dealId: id, score: 5, text: 'Pleasant.', secret: someHash() }
    const { body, status } = await visitor.send('POST', '/v1/reputation/reviews', review)
    assert.equal(status, 201, JSON.stringify(body))
    const data = encodeFunctionData({ abi: reputationAbi, functionName: 'commit', args: [terms, body.commitment] })
    await market.chain.send(account, { to: market.context.deployment.reputation, data })
    const [author, subject] = account === ada ? [seller, buyer] : [buyer, seller]
    const committedAt = Number((await market.chain.client.getBlock()).timestamp)
    await insertReview(market.indexer, { dealId: id, author, subject, commitment: body.commitment, committedAt })
  }
  const ended = async () => {
    const deal = await open()
    await market.chain.escrow(dmitri, { functionName: 'release', args: [deal.terms] })
    await index(deal.terms)
    return deal
  }
  const countOf = async (subject: Hex) => {
    const { reputation } = market.context.deployment
    return (
      await market.chain.client.readContract({
        abi: reputationAbi,
        address: reputation,
        functionName: 'statsOf',
        args: [subject],
      })
    ).count
  }

  test('reveals both reviews once both are in', async () => {
    const deal = await ended()
    await commit(dmitri, deal)
    const run = createRunner(revealJob(market.context, writer), quiet)
    const [ofSeller, ofBuyer] = [await countOf(seller), await countOf(buyer)]
    await run(Date.now())
    assert.equal(await countOf(seller), ofSeller, 'one alone stays sealed')
    await commit(ada, deal)
    await run(Date.now())
    assert.deepEqual([await countOf(seller), await countOf(buyer)], [ofSeller + 1n, ofBuyer + 1n])
  })

  test('reveals a single review once the week is over', async () => {
    await commit(dmitri, await ended())
    const count = await countOf(seller)
    await skip(8 * DAY)
    await createRunner(revealJob(market.context, writer), quiet)(Date.now())
    assert.equal(await countOf(seller), count + 1n)
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
