import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { openCall, type Payment } from '@fairhold/protocol/deal/payment'
import { type Offer, parseOffer, parseTerms, type Terms } from '@fairhold/protocol/deal/terms'
import { ada, bruno, dmitri, elif } from '@fairhold/protocol/dev-accounts'
import { type Abi, encodeFunctionData, zeroAddress } from 'viem'
import { biddingOn } from '../../test/support/bids.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { insertSomeListing, signedListing } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { callUsd, deployMoney, lower, paying, usd, usdOf } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

const ASKED = 100_000_000n
let market: Market & { chain: TestChain }
let bidding: ReturnType<typeof biddingOn>
let seller: Visitor
let buyer: Visitor
let stranger: Visitor
let now: number

before(async () => {
  market = await startMarketOnChain()
  bidding = biddingOn(market)
  await deployMoney(market.chain)
  for (const person of [dmitri, elif]) await callUsd(market.chain, person, 'mint', [lower(person), 10_000_000_000n])
  ;[seller, buyer, stranger] = [
    await signedIn(market.app, ada),
    await signedIn(market.app, dmitri),
    await signedIn(market.app, bruno),
  ]
  now = Number((await market.chain.client.getBlock()).timestamp)
})
after(() => market.stop())

const listed = (terms: Partial<Terms> = {}) =>
  insertSomeListing(market.context, ada, { terms: { token: usd.address, price: ASKED, ...terms } })

const offerOn = (...of: Parameters<ReturnType<typeof biddingOn>['offerOn']>) => bidding.offerOn(...of)
const take = (...of: Parameters<ReturnType<typeof biddingOn>['take']>) => bidding.take(...of)

async function bid(listingId: string, price = 80_000_000n, payWith: 'authorization' | 'permit' = 'authorization') {
  const { offer, body } = await offerOn(listingId, dmitri, { price })
  const payment = await paying(market.chain, dmitri, offer, { until: offer.expiry })[payWith]()
  const answer = await buyer.send('POST', '/v1/bids', { ...body, payment, note: 'Would you?' })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return { offer, bid: answer.body }
}

test('a bid paid by an authorisation: the seller takes it in one transaction, and the same unit is void with it', async () => {
  const listingId = await listed()
  const { bid: made, offer } = await bid(listingId)
  assert.deepEqual([made.kind, made.status, made.handed, made.note], ['bid', 'open', false, 'Would you?'])
  const inbox = await seller.get('/v1/bids?side=received&open=true')
  assert.deepEqual(
    inbox.body.items.map(({ id, payable }: { id: string; payable: { ok: boolean } }) => [id, payable.ok]),
    [[made.id, true]],
  )
  const accepted = await seller.send('POST', `/v1/bids/${made.id}/acceptance`)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  assert.equal(accepted.body.voids.length, 1)
  const before = await usdOf(market.chain, lower(dmitri))
  const nonce = await market.chain.client.getTransactionCount({ address: dmitri.address })
  await take(ada, accepted.body)
  assert.equal(before - (await usdOf(market.chain, lower(dmitri))), 80_000_000n)
  assert.equal(await market.chain.client.getTransactionCount({ address: dmitri.address }), nonce, 'the bidder sent nothing')
  // Who saved the ask finds it void.
  const { body } = await buyer.get(`/v1/listings/${listingId}`)
  await callUsd(market.chain, elif, 'approve', [market.context.deployment.escrow, ASKED])
  const ask = openCall({
    offer: parseOffer(body.offer),
    unit: 0,
    signature: body.signature,
    buyer: lower(elif),
    payment: { method: 'allowance' },
  })
  const call = { abi: escrowAbi as Abi, address: market.context.deployment.escrow, ...ask, account: elif.address }
  await assert.rejects(market.chain.client.simulateContract(call), /UnexpectedState/)

  await bidding.index(made.id, offer)
  await bidding.runTakenJob()
  assert.equal((await seller.get(`/v1/bids/${made.id}`)).body.status, 'accepted')
  assert.equal((await seller.get(`/v1/deals/${made.id}`)).body.listing.id, listingId)
  const again = await seller.send('POST', `/v1/bids/${made.id}/acceptance`)
  assert.equal(again.status, 409)
})

test('a permit pays too, and an allowance; without either the bid is refused with the reason', async () => {
  const { bid: made } = await bid(await listed(), 70_000_000n, 'permit')
  const accepted = await seller.send('POST', `/v1/bids/${made.id}/acceptance`)
  await take(ada, accepted.body)
  const { body } = await offerOn(await listed(), dmitri)
  const refused = await buyer.send('POST', '/v1/bids', body)
  assert.equal(refused.status, 422)
  assert.match(refused.body.detail, /payment would not be taken/)
  await callUsd(market.chain, dmitri, 'approve', [market.context.deployment.escrow, 80_000_000n])
  assert.equal((await buyer.send('POST', '/v1/bids', body)).status, 201)
  await callUsd(market.chain, dmitri, 'approve', [market.context.deployment.escrow, 0n])
})

test('the seller counters, the buyer takes the counter; the bid before is closed, and strangers see nothing', async () => {
  const listingId = await listed()
  const { bid: made } = await bid(listingId)
  const { body, offer } = await offerOn(listingId, ada, { price: 90_000_000n })
  const countered = await seller.send('POST', '/v1/bids', { ...body, answers: made.id, note: 'Ninety.' })
  assert.equal(countered.status, 201, JSON.stringify(countered.body))
  assert.deepEqual([countered.body.kind, countered.body.status], ['counter', 'open'])
  const thread = await buyer.get(`/v1/bids?listing=${listingId}`)
  assert.deepEqual(
    thread.body.items.map(({ status }: { status: string }) => status),
    ['open', 'countered'],
  )
  assert.equal((await seller.send('POST', `/v1/bids/${made.id}/acceptance`)).status, 409)
  assert.equal((await seller.send('POST', `/v1/bids/${countered.body.id}/acceptance`)).status, 403)
  assert.equal((await stranger.get(`/v1/bids/${made.id}`)).status, 404)
  assert.deepEqual((await stranger.get(`/v1/bids?listing=${listingId}`)).body.items, [])
  const accepted = await buyer.send('POST', `/v1/bids/${countered.body.id}/acceptance`)
  assert.equal(accepted.body.payment, null)
  assert.deepEqual(accepted.body.voids, [])
  const payment = await paying(market.chain, dmitri, offer).permit()
  const call = openCall({ offer, unit: 0, signature: accepted.body.signature, buyer: lower(dmitri), payment })
  await market.chain.escrow(dmitri, { functionName: call.functionName as 'openWithPermit', args: call.args as never })
})

test('only one open offer between two people: the second is refused, and after a withdrawal it is taken', async () => {
  const listingId = await listed()
  const { bid: made } = await bid(listingId)
  const { offer, body } = await offerOn(listingId, dmitri, { price: 85_000_000n })
  const payment = await paying(market.chain, dmitri, offer, { until: offer.expiry }).authorization()
  assert.equal((await buyer.send('POST', '/v1/bids', { ...body, payment })).status, 409)
  assert.equal((await seller.send('DELETE', `/v1/bids/${made.id}`)).status, 403)
  const withdrawn = await buyer.send('DELETE', `/v1/bids/${made.id}`)
  assert.deepEqual(withdrawn.body, { handed: false }, 'nobody had the signature')
  assert.equal((await buyer.send('DELETE', `/v1/bids/${made.id}`)).status, 409)
  assert.equal((await seller.send('POST', `/v1/bids/${made.id}/acceptance`)).status, 409)
  const second = await buyer.send('POST', '/v1/bids', { ...body, payment })
  assert.equal(second.status, 201, JSON.stringify(second.body))
  await seller.send('POST', `/v1/bids/${second.body.id}/acceptance`)
  assert.deepEqual((await buyer.send('DELETE', `/v1/bids/${second.body.id}`)).body, { handed: true })
})

test('twelve ways in which a bid is not good are each named', async () => {
  const listingId = await listed()
  const wrong: [string, Parameters<typeof offerOn>[2], RegExp][] = [
    ['another arbiter', { terms: { arbiter: lower(elif) } }, /terms\.arbiter must be what the listing says/],
    ['another seller', { terms: { seller: lower(bruno) } }, /terms\.seller must be what the listing says/],
    ['no operator fee', { terms: { operatorFeeBps: 0 } }, /operatorFeeBps must be/],
    ['another thing', { terms: { itemHash: `0x${'12'.repeat(32)}` } }, /itemHash must be/],
    ['more time', { terms: { inspectionSeconds: 9 * 86_400 } }, /inspectionSeconds must be/],
    ['coins', { terms: { token: zeroAddress } }, /token must be the token of the listing/],
    ['in instalments', { terms: { fundingSeconds: 86_400, depositBps: 100 } }, /paid at once/],
    ['as much as asked', { price: ASKED }, /less than what is asked/],
    ['next to nothing', { price: 19_999_999n }, /at least a fifth/],
    ['expired', { expiry: now - 5 }, /five minutes/],
    ['for ever', { expiry: now + 40 * 86_400 }, /within 31 days/],
  ]
  for (const [name, changes, reason] of wrong) {
    const { offer, body } = await offerOn(listingId, dmitri, changes)
    const payment = await paying(market.chain, dmitri, offer, { until: offer.expiry }).authorization()
    const answer = await buyer.send('POST', '/v1/bids', { ...body, payment })
    assert.equal(answer.status, 422, `${name}: ${JSON.stringify(answer.body)}`)
    assert.match(answer.body.detail, reason, name)
  }
  const { offer, body } = await offerOn(listingId, elif)
  const payment = await paying(market.chain, dmitri, offer, { until: offer.expiry }).authorization()
  assert.equal((await buyer.send('POST', '/v1/bids', { ...body, payment })).body.code, 'WRONG_SIGNATURE')
  assert.equal((await stranger.send('POST', '/v1/bids', { ...body, payment })).status, 403)
})

test('a payment that would not arrive is refused: of another deal, too early an end, a tip', async () => {
  const { offer, body } = await offerOn(await listed(), dmitri)
  const other = { ...offer, terms: { ...offer.terms, salt: 1n } }
  const pay = (signed: Offer, options = {}) =>
    paying(market.chain, dmitri, signed, { until: offer.expiry, ...options }).authorization()
  const cases: [Payment, RegExp][] = [
    [await pay(other), /does not pay this deal/],
    [await pay(offer, { until: now + 60 }), /validBefore must be after/],
    [await pay(offer, { tip: 5n }), /tip must be 0/],
    [await paying(market.chain, dmitri, offer, { until: offer.expiry }).permit2(), /would not be taken/],
  ]
  for (const [payment, reason] of cases) {
    const answer = await buyer.send('POST', '/v1/bids', { ...body, payment })
    assert.equal(answer.status, 422)
    assert.match(answer.body.detail, reason)
  }
  await callUsd(market.chain, dmitri, 'approve', ['0x000000000022D473030F116dDEE9F6B43aC78BA3', ASKED])
  const good = await paying(market.chain, dmitri, offer, { until: offer.expiry }).permit2()
  assert.equal(
    (await buyer.send('POST', '/v1/bids', { ...body, payment: good })).status,
    201,
    'Permit2 pays once it is allowed to',
  )
})

test('the seller sees that a bidder has spent the money meanwhile, and accepting is refused with the reason', async () => {
  const { bid: made } = await bid(await listed())
  const has = await usdOf(market.chain, lower(dmitri))
  const transfer = [
    {
      type: 'function',
      name: 'transfer',
      stateMutability: 'nonpayable',
      inputs: [
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
      ],
      outputs: [{ type: 'bool' }],
    },
  ] as const
  await market.chain.send(dmitri, {
    to: usd.address,
    data: encodeFunctionData({ abi: transfer, functionName: 'transfer', args: [lower(elif), has] }),
  })
  const seen = await seller.get(`/v1/bids/${made.id}`)
  assert.equal(seen.body.payable.ok, false)
  const refused = await seller.send('POST', `/v1/bids/${made.id}/acceptance`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /contract would refuse it now/)
  await callUsd(market.chain, dmitri, 'mint', [lower(dmitri), has])
})

test('a bid on what is sold shows as gone; a declined one as declined; one whose maker voided it as voided', async () => {
  const content = await signedListing(market.context, ada, { terms: { token: usd.address, price: ASKED } })
  const terms = parseTerms(content.offer.terms)
  const listingId = await insertSomeListing(market.context, ada, { terms })
  const { bid: made } = await bid(listingId)
  const declined = await bid(await listed())
  await seller.send('POST', `/v1/bids/${declined.bid.id}/refusal`)
  assert.equal((await buyer.get(`/v1/bids/${declined.bid.id}`)).body.status, 'declined')
  const voided = await bid(await listed())
  await market.indexer.query(
    `INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ('eip155:31337', $1, $2, 1)`,
    [voided.bid.id, lower(dmitri)],
  )
  assert.equal((await buyer.get(`/v1/bids/${voided.bid.id}`)).body.status, 'voided')
  const id = unitDealId(parseOffer((await buyer.get(`/v1/listings/${listingId}`)).body.offer), 0, market.context.domain)
  await market.indexer.query(
    `INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ('eip155:31337', $1, $2, 1)`,
    [id, lower(ada)],
  )
  assert.equal((await buyer.get(`/v1/bids/${made.id}`)).body.status, 'gone')
})
