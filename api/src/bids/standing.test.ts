import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { openCall } from '@fairhold/protocol/deal/payment'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, bruno, type DevAccount, dmitri, elif } from '@fairhold/protocol/dev-accounts'
import { biddingOn } from '../../test/support/bids.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { callUsd, deployMoney, lower, usd } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { matchingJob } from '../discovery/matching.ts'

const ASKED = 100_000_000n
let market: Market & { chain: TestChain }
let bidding: ReturnType<typeof biddingOn>
let seller: Visitor
let buyer: Visitor
let second: Visitor

before(async () => {
  market = await startMarketOnChain()
  bidding = biddingOn(market)
  await deployMoney(market.chain)
  for (const person of [dmitri, elif]) await callUsd(market.chain, person, 'mint', [lower(person), 10_000_000_000n])
  seller = await signedIn(market.app, ada)
  buyer = await signedIn(market.app, dmitri)
  second = await signedIn(market.app, elif)
})
after(() => market.stop())

const listed = (quantity = 1) =>
  insertSomeListing(market.context, ada, { terms: { token: usd.address, price: ASKED }, offer: { quantity } })
const accept = (id: string, by = seller) => by.send('POST', `/v1/bids/${id}/acceptance`)
const listingOf = async (id: string) => (await buyer.get(`/v1/listings/${id}`)).body

/** Does `meanwhile` while the market asks the chain about a bid that is being accepted, after it has read that it is open. */
function whileSimulated(meanwhile: () => Promise<void>): void {
  const chain: { simulateContract: unknown } = market.context.chain
  const simulate = chain.simulateContract as (call: unknown) => Promise<unknown>
  chain.simulateContract = async (call: unknown) => {
    chain.simulateContract = simulate
    await meanwhile()
    return simulate(call)
  }
}

describe('an acceptance that meets the end of the bid', () => {
  const ends: [name: string, end: (id: string, listingId: string) => Promise<unknown>][] = [
    ['withdrawn', (id) => buyer.send('DELETE', `/v1/bids/${id}`)],
    ['declined', (id) => seller.send('POST', `/v1/bids/${id}/refusal`)],
    ['countered', async (id, listingId) => counter(listingId, dmitri, 90_000_000n, id)],
  ]
  for (const [status, end] of ends) {
    test(`${status} meanwhile: nothing is handed out`, async () => {
      const listingId = await listed()
      const { bid } = await bidding.bid(listingId, buyer)
      whileSimulated(async () => void (await end(bid.id, listingId)))
      const accepted = await accept(bid.id)
      assert.deepEqual([accepted.status, accepted.body.code], [409, 'WRONG_STATE'], JSON.stringify(accepted.body))
      const { body } = await buyer.get(`/v1/bids/${bid.id}`)
      assert.deepEqual([body.status, body.handed], [status, false])
    })
  }

  test('however the two meet, who withdraws is told truly whether the other side has the signature', async () => {
    for (let after = 0; after < 6; after += 1) {
      const { bid } = await bidding.bid(await listed(), buyer)
      const wait = new Promise((resolve) => setTimeout(resolve, after * 4))
      const [accepted, withdrawn] = await Promise.all([
        accept(bid.id),
        wait.then(() => buyer.send('DELETE', `/v1/bids/${bid.id}`)),
      ])
      assert.equal(withdrawn.status, 200)
      assert.equal(withdrawn.body.handed, accepted.status === 200, `${after}: ${accepted.status}`)
    }
  })

  test('its maker is told that it was handed out, and so that withdrawing is not free any more', async () => {
    const { bid } = await bidding.bid(await listed(), buyer)
    const { topic } = (await buyer.get('/v1/alerts/inbox')).body
    const heard: string[] = []
    const hear = ({ payload = '' }: { payload?: string | undefined }) => heard.push(payload)
    market.indexer.on('notification', hear)
    await market.indexer.query('LISTEN fairhold_live')
    const accepted = await accept(bid.id)
    assert.deepEqual([accepted.status, accepted.body.bid.handed], [200, true])
    await market.indexer.query('UNLISTEN fairhold_live')
    market.indexer.off('notification', hear)
    assert.ok(
      heard.some((notice) => notice.includes(topic)),
      JSON.stringify(heard),
    )
    const names = heard.filter((notice) => notice.includes(bid.id) || notice.includes(lower(dmitri)))
    assert.deepEqual(names, [], 'nobody else is told who deals with whom')
  })
})

async function counter(listingId: string, to: DevAccount, price: bigint, answers: string) {
  const { offer, body } = await bidding.offerOn(listingId, ada, { buyer: to, price })
  const answer = await seller.send('POST', '/v1/bids', { ...body, answers })
  return { offer, answer }
}

/** Counters a bid of somebody, who takes the counter: what to pay it with. */
async function counterTaken(listingId: string, by: DevAccount, visitor: Visitor) {
  const { bid } = await bidding.bid(listingId, visitor, by)
  const { offer, answer } = await counter(listingId, by, 90_000_000n, bid.id)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  const accepted = await accept(answer.body.id, visitor)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  return { by, offer, id: answer.body.id, accepted: accepted.body }
}

async function pay({ by, offer, id, accepted }: Awaited<ReturnType<typeof counterTaken>>): Promise<void> {
  await callUsd(market.chain, by, 'approve', [market.context.deployment.escrow, ASKED])
  await bidding.take(by, accepted)
  await bidding.index(id, offer)
}

describe('units that are sold by offers between two people', () => {
  test('two counters that were accepted at once sell two units', async () => {
    const listingId = await listed(2)
    const both = [await counterTaken(listingId, dmitri, buyer), await counterTaken(listingId, elif, second)]
    for (const one of both) await pay(one)
    await bidding.runTakenJob()
    const { available, status } = await listingOf(listingId)
    assert.deepEqual([available, status], [0, 'sold'])
  })

  test('a counter whose unit was bought meanwhile sells the next one', async () => {
    const listingId = await listed(2)
    const one = await counterTaken(listingId, dmitri, buyer)
    const { offer, signature } = await listingOf(listingId)
    const bought = parseOffer(offer)
    await callUsd(market.chain, elif, 'approve', [market.context.deployment.escrow, ASKED])
    const call = openCall({ offer: bought, unit: 0, signature, buyer: lower(elif), payment: { method: 'allowance' } })
    await market.chain.escrow(elif, { functionName: 'open', args: call.args as never })
    await bidding.index(unitDealId(bought, 0, market.context.domain), bought)
    await pay(one)
    await bidding.runTakenJob()
    assert.equal((await listingOf(listingId)).available, 0)
  })

  test('a bid whose seller voided the asks of its unit counts as that unit, and once', async () => {
    const listingId = await listed(3)
    const { bid, offer } = await bidding.bid(listingId, buyer)
    const accepted = await accept(bid.id)
    await bidding.take(ada, accepted.body)
    await bidding.index(bid.id, offer)
    const unit = unitDealId(parseOffer((await listingOf(listingId)).offer), 0, market.context.domain)
    await market.indexer.query(
      `INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ('eip155:31337', $1, $2, 1)`,
      [unit, lower(ada)],
    )
    await bidding.runTakenJob()
    assert.equal((await listingOf(listingId)).available, 2)
  })

  test('a bid on a listing that was deleted for good makes no work without an end', async () => {
    const listingId = await listed()
    const { bid, offer } = await bidding.bid(listingId, buyer)
    const accepted = await accept(bid.id)
    await bidding.take(ada, accepted.body)
    await bidding.index(bid.id, offer)
    for (const table of ['listing_unit', 'listing_offer', 'listing'])
      await market.context.db.$executeRawUnsafe(
        `DELETE FROM app.${table} WHERE ${table === 'listing' ? 'id' : 'listing_id'} = $1`,
        listingId,
      )
    await bidding.runTakenJob()
    assert.equal(await market.context.db.listingEvent.count({ where: { listingId: null } }), 0)
  })

  test('a sale of one of several is no new listing to who saved a search that finds it', async () => {
    const listingId = await listed(2)
    const match = async () => {
      const job = matchingJob(market.context, Date.now)
      for (let due = await job.due(); due.length > 0; due = await job.due()) for (const seq of due) await job.work(seq)
    }
    await match()
    const watcher = await signedIn(market.app, bruno)
    await watcher.send('POST', '/v1/saved/searches', { name: 'Cameras', query: { category: 'cameras' }, frequency: 'at-once' })
    const changes: string[] = []
    for (let sale = 0; sale < 2; sale += 1) {
      const { bid, offer } = await bidding.bid(listingId, second, elif)
      await bidding.take(ada, (await accept(bid.id)).body)
      await bidding.index(bid.id, offer)
      await bidding.runTakenJob()
      const event = await market.context.db.listingEvent.findFirstOrThrow({ where: { listingId }, orderBy: { seq: 'desc' } })
      changes.push(event.change)
    }
    await match()
    assert.deepEqual(changes, ['changed', 'gone'])
    assert.deepEqual((await watcher.get('/v1/alerts')).body.items, [])
  })
})

describe('a bid that has ended by itself', () => {
  const again = async (listingId: string) => {
    const { body } = await bidding.bidOn(listingId, dmitri, { price: 81_000_000n })
    return buyer.send('POST', '/v1/bids', body)
  }

  test('has expired: its buyer makes another', async () => {
    const listingId = await listed()
    const { bid } = await bidding.bid(listingId, buyer)
    const expiry = BigInt((await market.context.chainNow()) - 10)
    await market.context.db.bid.update({ where: { id: bid.id }, data: { expiry } })
    assert.equal((await again(listingId)).status, 201)
    assert.equal((await buyer.get(`/v1/bids/${bid.id}`)).body.status, 'expired')
  })

  test('was voided by its maker: they make another', async () => {
    const listingId = await listed()
    const { bid } = await bidding.bid(listingId, buyer)
    await market.indexer.query(
      `INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ('eip155:31337', $1, $2, 1)`,
      [bid.id, lower(dmitri)],
    )
    assert.equal((await again(listingId)).status, 201)
    assert.equal((await buyer.get(`/v1/bids/${bid.id}`)).body.status, 'voided')
  })

  test('became a deal: the buyer of one of three units bids on the next', async () => {
    const listingId = await listed(3)
    const { bid, offer } = await bidding.bid(listingId, buyer)
    await bidding.take(ada, (await accept(bid.id)).body)
    await bidding.index(bid.id, offer)
    await bidding.runTakenJob()
    assert.equal((await again(listingId)).status, 201)
    assert.equal((await buyer.get(`/v1/bids/${bid.id}`)).body.status, 'accepted')
  })

  test('does not count among the thirty that somebody may have open', async () => {
    const listingId = await listed()
    const { bid } = await bidding.bid(listingId, second, elif)
    const row = await market.context.db.bid.findUniqueOrThrow({ where: { id: bid.id } })
    const { payment: _payment, offer, ...rest } = row
    const expiry = BigInt((await market.context.chainNow()) - 10)
    const many = Array.from({ length: 40 }, (_, at) => ({
      ...{ ...rest, offer: offer as object, id: `${row.id.slice(0, 60)}${1_000_000 + at}` },
      // Some have expired; the listings of the others are gone.
      ...{ listingId: `0x${at}`, status: 'open', createdAt: new Date(0), expiry: at < 5 ? expiry : row.expiry },
    }))
    await market.context.db.bid.createMany({ data: many })
    const { body } = await bidding.bidOn(await listed(), elif)
    const answer = await second.send('POST', '/v1/bids', body)
    await market.context.db.bid.deleteMany({ where: { createdAt: new Date(0) } })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
  })
})

describe('a counter', () => {
  test('closes the bid that it answers, and no other that came in its place', async () => {
    const listingId = await listed()
    const low = await bidding.bid(listingId, buyer, dmitri, { price: 60_000_000n })
    await buyer.send('DELETE', `/v1/bids/${low.bid.id}`)
    const high = await bidding.bid(listingId, buyer, dmitri, { price: 95_000_000n })
    const late = await counter(listingId, dmitri, 75_000_000n, low.bid.id)
    assert.deepEqual([late.answer.status, late.answer.body.code], [409, 'WRONG_STATE'])
    assert.equal((await buyer.get(`/v1/bids/${high.bid.id}`)).body.status, 'open')
    const { body } = await bidding.offerOn(listingId, ada, { price: 97_000_000n })
    assert.equal((await seller.send('POST', '/v1/bids', body)).status, 422, 'a counter that does not say what it answers')
    assert.equal((await counter(listingId, dmitri, 97_000_000n, high.bid.id)).answer.status, 201)
  })
})

test('on a listing in coins a bid is worth a fifth of what is asked, at the rates of now', async () => {
  const listingId = await insertSomeListing(market.context, ada, { terms: { price: 10n ** 18n } })
  const worth = async (price: bigint) => {
    const { body } = await bidding.bidOn(listingId, dmitri, { price, terms: { token: usd.address } })
    return buyer.send('POST', '/v1/bids', body)
  }
  const rates: [string, bigint][] = [
    ['0x0000000000000000000000000000000000000000', 2_000n * 10n ** 12n],
    [usd.address, 10n ** 12n],
  ]
  for (const [asset, rate] of rates)
    await market.context.db
      .$executeRaw`INSERT INTO app.rate (asset, worth, as_of, source) VALUES (${asset}, ${rate.toString()}::numeric, now(), 'test')
      ON CONFLICT (asset) DO UPDATE SET worth = EXCLUDED.worth, as_of = now()`
  const noise = await worth(1n)
  assert.equal(noise.status, 422, JSON.stringify(noise.body))
  assert.match(noise.body.detail, /at least a fifth/)
  const good = await worth(1_500_000_000n)
  assert.equal(good.status, 201, JSON.stringify(good.body))
})
