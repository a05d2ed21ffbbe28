import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, type DevAccount, dmitri, elif, relayer } from '@fairhold/protocol/dev-accounts'
import { voidingTypedData } from '@fairhold/protocol/eip712/types'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { dealsOn } from '../../test/support/deals.ts'
import { insertChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { PRICE, relayingOn, TIP } from '../../test/support/relaying.ts'
import { insertDeal, someTerms } from '../../test/support/rows.ts'
import { callUsd, deployMoney, lower, usd } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

const EXPIRY = 4_000_000_000
let market: Market & { chain: TestChain }
let relaying: ReturnType<typeof relayingOn>
let buyer: Visitor
let poor: Visitor
let seller: Visitor

before(async () => {
  market = await startMarketOnChain()
  relaying = relayingOn(market)
  await deployMoney(market.chain)
  await callUsd(market.chain, dmitri, 'mint', [lower(dmitri), 10_000_000_000n])
  await callUsd(market.chain, elif, 'mint', [lower(elif), PRICE + TIP])
  buyer = await signedIn(market.app, dmitri)
  poor = await signedIn(market.app, elif)
  seller = await signedIn(market.app, ada)
})
after(() => market.stop())
afterEach(async () => {
  await market.context.db.relay.deleteMany()
  await market.indexer.query('DELETE FROM chain.deal')
})

const coinsOf = ({ address }: DevAccount) => market.chain.client.getBalance({ address })
const requestOf = async (by: Visitor, id: string) => (await by.get(`/v1/relay/requests/${id}`)).body

/** Rows as the worker would have left them. */
async function insertRequests(count: number, by: Visitor, changes: object): Promise<void> {
  const { address } = (await by.get('/v1/identity/session')).body
  const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address } })
  const rest = { signer: lower(dmitri), dealId: '0x', action: 'open', data: '0x', token: '0x', tip: '0', expires: BigInt(EXPIRY) }
  const rows = Array.from({ length: count }, (_, at) => ({ ...rest, ...changes, accountId, digest: `0x${at}${Math.random()}` }))
  await market.context.db.relay.createMany({ data: rows })
}

/** A listing of Ada's whose group she voids: what anybody can ask for without a deal. */
async function voiding(nonce: number) {
  const listingId = await insertChoices(market.context, ada, { nonce })
  const what = { maker: lower(ada), counter: 0n, nonces: 1n << BigInt(nonce), expiry: EXPIRY }
  const signature = await privateKeyToAccount(ada.privateKey).signTypedData(voidingTypedData(what, market.context.domain))
  return { how: 'group', listingId, expiry: EXPIRY, signature }
}

describe('what is sent', () => {
  test('does not use more gas than the operator pays for: what came to need more ends, and costs nothing', async (t) => {
    const { body } = await relaying.handIn(await relaying.ask(), buyer)
    const { relay } = market.context.env
    const { maxGas } = relay
    t.after(() => Object.assign(relay, { maxGas }))
    Object.assign(relay, { maxGas: 70_000n })
    const before = await coinsOf(relayer)
    await relaying.relayAll()
    const ended = await requestOf(buyer, body.id)
    assert.deepEqual([ended.status, ended.problem?.code, ended.hash], ['failed', 'gas-high', null])
    assert.equal(await coinsOf(relayer), before)
  })

  test('is paid for by what the buyer has after all that is being sent for them', async () => {
    const first = await relaying.handIn(await relaying.ask(), poor, { from: elif })
    assert.equal(first.status, 202, JSON.stringify(first.body))
    const second = await relaying.handIn(await relaying.ask(), poor, { from: elif })
    assert.deepEqual([second.status, second.body.code], [409, 'WRONG_STATE'], JSON.stringify(second.body))
    assert.match(second.body.detail, /not enough/)
    await relaying.relayAll()
    await callUsd(market.chain, elif, 'mint', [lower(elif), PRICE + TIP])
    // As between the block and the worker's next look.
    await market.context.db.relay.update({ where: { id: first.body.id }, data: { status: 'sending' } })
    const third = await relaying.handIn(await relaying.ask(), poor, { from: elif })
    assert.equal(third.status, 202, 'what is paid already is not counted twice')
    const both = await Promise.all([1, 2].map(async () => relaying.handIn(await relaying.ask(), buyer)))
    assert.deepEqual(
      both.map(({ status }) => status),
      [202, 202],
    )
  })

  test('is one of two purchases of the same thing', async () => {
    const asked = await relaying.ask()
    const two = await Promise.all([relaying.handIn(asked, buyer), relaying.handIn(asked, poor, { from: elif })])
    assert.deepEqual(two.map(({ status }) => status).toSorted(), [202, 409])
  })
})

describe('what the market earns nothing from', () => {
  test('is not sent: a purchase, or a step of a deal, that pays no fee', async () => {
    const free = await relaying.ask({ operatorFeeBps: 0 })
    const refused = await relaying.handIn(free, buyer)
    assert.equal(refused.status, 422, JSON.stringify(refused.body))
    assert.match(refused.body.detail, /earns less/)
    const deal = await dealsOn(market).open({ operatorFeeBps: 0 })
    await dealsOn(market).index(deal)
    const body = {
      dealId: deal.id,
      signer: ada.address,
      action: 'ship',
      value: '0',
      hash: deal.id,
      expiry: EXPIRY,
      signature: '0x12',
    }
    const step = await seller.send('POST', '/v1/relay/acts', body)
    assert.deepEqual([step.status, step.body.code], [403, 'FORBIDDEN'], JSON.stringify(step.body))
  })

  test('is sent where it was published here, when the fee was another', async (t) => {
    const listingId = await insertChoices(market.context, ada, { terms: { token: usd.address, price: PRICE }, nonce: 2 })
    const { env } = market.context
    const { operatorFeeBps } = env
    t.after(() => Object.assign(env, { operatorFeeBps }))
    Object.assign(env, { operatorFeeBps: operatorFeeBps + 50 })
    const { offer, signature } = (await buyer.get(`/v1/listings/${listingId}`)).body
    const handed = await relaying.handIn({ offer: parseOffer(offer), signature }, buyer)
    assert.equal(handed.status, 202, JSON.stringify(handed.body))
    assert.equal((await relaying.handIn(await relaying.ask(), buyer)).status, 422)
  })
})

describe('what the relayer may lose', () => {
  const undone = { status: 'failed', problem: 'reverted', transactions: [{ hash: '0x', raw: '0x' }], tip: '50000' }

  test('counts what was mined and undone, though it was to pay a tip', async (t) => {
    const { relay } = market.context.env
    const { freeDaily } = relay
    t.after(() => Object.assign(relay, { freeDaily }))
    Object.assign(relay, { freeDaily: 2 })
    await insertRequests(2, buyer, { ...undone, transactions: [] })
    assert.equal((await buyer.get('/v1/relay')).body.acts, true, 'what was never sent cost nothing')
    await insertRequests(2, buyer, undone)
    assert.equal((await buyer.get('/v1/relay')).body.acts, false)
  })

  test('is little by one account: after three that were undone it waits for a day', async () => {
    await insertRequests(2, buyer, undone)
    assert.equal((await relaying.handIn(await relaying.ask(), buyer)).status, 202)
    await insertRequests(1, buyer, undone)
    const refused = await relaying.handIn(await relaying.ask(), buyer)
    assert.deepEqual([refused.status, refused.body.code], [429, 'RATE_LIMITED'], JSON.stringify(refused.body))
  })

  test('is half by accounts that are in no deal here; who is in one goes on', async (t) => {
    const { relay } = market.context.env
    const { freeDaily } = relay
    t.after(() => Object.assign(relay, { freeDaily }))
    Object.assign(relay, { freeDaily: 4 })
    assert.equal((await seller.send('POST', '/v1/relay/voidings', await voiding(5))).status, 202)
    assert.equal((await seller.send('POST', '/v1/relay/voidings', await voiding(6))).status, 202)
    const refused = await seller.send('POST', '/v1/relay/voidings', await voiding(7))
    assert.deepEqual([refused.status, refused.body.code], [429, 'RATE_LIMITED'], JSON.stringify(refused.body))
    assert.equal((await relaying.handIn(await relaying.ask(), buyer)).status, 202, 'a purchase pays')
    await insertDeal(market.indexer, market.context, { terms: someTerms({ operatorFeeBps: 0 }) })
    assert.equal((await seller.send('POST', '/v1/relay/voidings', await voiding(8))).status, 429, 'a deal without a fee')
    await insertDeal(market.indexer, market.context, { terms: someTerms() })
    assert.equal((await seller.send('POST', '/v1/relay/voidings', await voiding(9))).status, 202)
  })

  test('by purchases of newcomers has an end too', async () => {
    await insertRequests(100, seller, { ...undone, newcomer: true })
    const other = await relaying.handIn(await relaying.ask(), buyer)
    assert.deepEqual([other.status, other.body.code], [429, 'RATE_LIMITED'])
    await insertDeal(market.indexer, market.context, { terms: someTerms() })
    assert.equal((await relaying.handIn(await relaying.ask(), buyer)).status, 202)
  })
})
