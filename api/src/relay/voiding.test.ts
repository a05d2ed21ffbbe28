import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { dealId } from '@fairhold/protocol/deal/id'
import { offerToJson, parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, bruno, type DevAccount, relayer } from '@fairhold/protocol/dev-accounts'
import { actTypedData } from '@fairhold/protocol/eip712/acts'
import { voidingTypedData } from '@fairhold/protocol/eip712/types'
import { type Hex, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { dealsOn } from '../../test/support/deals.ts'
import { insertChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { insertDeal, someTerms } from '../../test/support/rows.ts'
import { lower } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import type { Listing } from '../listings/contract.ts'
import { relayJob } from './job.ts'

const EXPIRY = 4_000_000_000
let market: Market & { chain: TestChain }
let seller: Visitor
let stranger: Visitor

before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
  stranger = await signedIn(market.app, bruno)
})
after(() => market.stop())

const nonceOf = (account: DevAccount) => market.chain.client.getTransactionCount({ address: account.address })
const voidedOf = (account: DevAccount) =>
  market.chain.client.readContract({
    abi: escrowAbi,
    address: market.context.deployment.escrow,
    functionName: 'voidedNoncesOf',
    args: [account.address],
  })

/** Works as the worker does until nothing is due. */
async function relayAll(): Promise<void> {
  const job = relayJob(market.context, relayer.privateKey)
  for (const row of await job.due()) if (row.status !== 'done') await job.work(row)
}

async function signGroup(nonce: number, { by = ada as DevAccount, counter = 0n, expiry = EXPIRY } = {}): Promise<Hex> {
  const voiding = { maker: lower(ada), counter, nonces: 1n << BigInt(nonce), expiry }
  return privateKeyToAccount(by.privateKey).signTypedData(voidingTypedData(voiding, market.context.domain))
}

async function signUnit(dealId: string, by: DevAccount = ada): Promise<{ dealId: string; signature: Hex }> {
  const what = { action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry: EXPIRY } as const
  const act = actTypedData({ signer: lower(ada), dealId: dealId as Hex, ...what }, market.context.domain)
  return { dealId, signature: await privateKeyToAccount(by.privateKey).signTypedData(act) }
}

const handIn = (body: object, by = seller) => by.send('POST', '/v1/relay/voidings', body)

test('a seller without coins voids a group: one signature, sent once by the relayer', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 9 })
  const body = { how: 'group', listingId, expiry: EXPIRY, signature: await signGroup(9) }
  const [own, sent] = [await nonceOf(ada), await nonceOf(relayer)]
  const asked = await handIn(body)
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  assert.deepEqual([asked.body.action, asked.body.status, asked.body.dealId], ['void', 'queued', listingId])
  assert.equal((await handIn(body)).body.id, asked.body.id, 'the same again is the same request')
  await relayAll()
  assert.equal((await voidedOf(ada)) >> 9n, 1n)
  assert.equal(await nonceOf(ada), own, 'the seller sent nothing')
  assert.equal(await nonceOf(relayer), sent + 1)
  const found = await seller.get(`/v1/relay/voidings/${listingId}`)
  assert.deepEqual([found.body.id, found.body.status], [asked.body.id, 'done'])
  assert.equal((await seller.get(`/v1/relay/deals/${listingId}`)).body, null, 'it is no step of a deal')
  assert.equal((await stranger.get(`/v1/relay/voidings/${listingId}`)).body, null)
  const looked = (await relayJob(market.context, relayer.privateKey).due()).map(({ id }) => id)
  assert.ok(looked.includes(asked.body.id), 'until the indexer has seen it, its block may have been taken back')
  await market.indexer.query("INSERT INTO chain.counter (chain, maker, counter, voided_nonces) VALUES ($1, $2, 0, '{9}')", [
    market.context.caip2,
    lower(ada),
  ])
  assert.deepEqual(await relayJob(market.context, relayer.privateKey).due(), [])
})

test('where the group has other listings each deal is voided by itself, in one transaction', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 10, quantity: 2 })
  const listing = (await seller.get(`/v1/listings/${listingId}`)).body as Listing
  const ids = listing.choices.flatMap(({ units }) => units.map(({ dealId }) => dealId))
  assert.equal(ids.length, 6, 'three ways of two units')
  const sent = await nonceOf(relayer)
  const units = await Promise.all(ids.map((id) => signUnit(id)))
  const asked = await handIn({ how: 'units', listingId, expiry: EXPIRY, units })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await relayAll()
  for (const id of ids) assert.equal((await dealsOn(market).onChain(id as Hex)).state, 'cancelled')
  assert.equal(await nonceOf(relayer), sent + 1, 'one transaction')
  assert.equal((await voidedOf(ada)) >> 10n, 0n, 'the rest of the group stands')
  const again = await handIn({ how: 'units', listingId, expiry: EXPIRY, units: units.slice(0, 1) })
  assert.deepEqual([again.status, again.body.code], [409, 'WRONG_STATE'], 'nothing is left to void')
})

test('what was not signed so by the seller is refused before it is queued', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 11 })
  const other = await insertChoices(market.context, ada, { nonce: 12 })
  const group = async (changes: Parameters<typeof signGroup>[1] = {}, nonce = 11) => ({
    how: 'group',
    listingId,
    expiry: EXPIRY,
    signature: await signGroup(nonce, changes),
  })
  const units = async (dealId: string, by: DevAccount = ada) => ({
    how: 'units',
    listingId,
    expiry: EXPIRY,
    units: [await signUnit(dealId, by)],
  })
  const now = await market.context.chainNow()
  const cases: [Promise<{ status: number; body: { code: string } }>, number, string][] = [
    [handIn(await group({ by: bruno })), 422, 'WRONG_SIGNATURE'],
    [handIn(await group({}, 12)), 422, 'WRONG_SIGNATURE'],
    [handIn(await group({ counter: 1n })), 422, 'WRONG_SIGNATURE'],
    [handIn({ ...(await group()), expiry: EXPIRY + 1 }), 422, 'WRONG_SIGNATURE'],
    [handIn({ ...(await group({ expiry: now + 60 })), expiry: now + 60 }), 422, 'OFFER_REFUSED'],
    [handIn(await group(), stranger), 403, 'FORBIDDEN'],
    [handIn({ ...(await group()), listingId: zeroHash }), 404, 'NOT_FOUND'],
    [handIn(await units(listingId, bruno)), 422, 'WRONG_SIGNATURE'],
    [handIn(await units(other)), 404, 'NOT_FOUND'],
  ]
  for (const [answer, status, code] of cases) {
    const { body, status: given } = await answer
    assert.deepEqual([given, body.code], [status, code], JSON.stringify(body))
  }
  assert.equal(await market.context.db.relay.count({ where: { dealId: listingId } }), 0)
})

test('of eight signatures no call uses more gas than the relayer pays for, and nine are not taken', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 13, quantity: 3 })
  const listing = (await seller.get(`/v1/listings/${listingId}`)).body as Listing
  const ids = listing.choices.flatMap((choice) => choice.units.map(({ dealId }) => dealId))
  const signed = await Promise.all(ids.map((id) => signUnit(id)))
  const nine = await handIn({ how: 'units', listingId, expiry: EXPIRY, units: signed })
  assert.equal(nine.status, 400)
  const eight = await handIn({ how: 'units', listingId, expiry: EXPIRY, units: signed.slice(0, 8) })
  assert.equal(eight.status, 202, JSON.stringify(eight.body))
})

test('a bidder without coins voids a bid whose signature was handed out; nobody else can', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 14 })
  const listing = (await seller.get(`/v1/listings/${listingId}`)).body as Listing
  const bidder = stranger
  const offer = parseOffer(listing.offer)
  const terms = { ...offer.terms, buyer: lower(bruno), price: 900n, salt: 4_242n }
  const id = dealId(terms, market.context.domain)
  const sides = { maker: lower(bruno), buyer: lower(bruno), seller: lower(ada), token: terms.token, price: '900' }
  const data = { id, listingId, choice: 0, ...sides, offer: { ...offerToJson({ ...offer, terms, quantity: 1 }) } }
  await market.context.db.bid.create({ data: { ...data, signature: '0x', expiry: BigInt(EXPIRY), status: 'withdrawn' } as never })
  const what = { action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry: EXPIRY } as const
  const act = actTypedData({ signer: lower(bruno), dealId: id, ...what }, market.context.domain)
  const sign = (by: DevAccount) => privateKeyToAccount(by.privateKey).signTypedData(act)
  const body = { how: 'bid', bidId: id, expiry: EXPIRY, signature: await sign(bruno) }
  assert.equal((await handIn({ ...body, signature: await sign(ada) }, bidder)).body.code, 'WRONG_SIGNATURE')
  assert.equal((await handIn(body, seller)).status, 404, 'the other side')
  const [own, asked] = [await nonceOf(bruno), await handIn(body, bidder)]
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await relayAll()
  assert.equal((await dealsOn(market).onChain(id)).state, 'cancelled')
  assert.equal(await nonceOf(bruno), own, 'the bidder sent nothing')
  assert.deepEqual((await bidder.get(`/v1/relay/voidings/${id}`)).body.status, 'done')
})

test('what was sent and is looked at once more does not keep anybody waiting, however much of it there is', async () => {
  const listingId = await insertChoices(market.context, ada, { nonce: 15 })
  const { id: accountId } = await market.context.db.account.findFirstOrThrow({ select: { id: true } })
  const done = Array.from({ length: 60 }, (_, at) => ({
    ...{ accountId, signer: lower(ada), dealId: listingId, action: 'void', data: '0x', token: '0x', tip: '0' },
    ...{ digest: `a digest of 60: ${at}`, expires: BigInt(EXPIRY), status: 'done', createdAt: new Date(Date.now() - 60_000) },
  }))
  const asked = await handIn({ how: 'group', listingId, expiry: EXPIRY, signature: await signGroup(15) })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await market.context.db.relay.createMany({ data: done })
  const [first] = await relayJob(market.context, relayer.privateKey).due()
  await market.context.db.relay.deleteMany({ where: { digest: { startsWith: 'a digest of 60' } } })
  assert.equal(first?.id, asked.body.id)
})

test('what is sent for nothing has a limit for everybody together; what pays a tip does not count', async (t) => {
  const { context } = market
  const [first, second] = [await insertChoices(context, ada, { nonce: 16 }), await insertChoices(context, ada, { nonce: 17 })]
  await insertDeal(market.indexer, context, { terms: someTerms() }) // newcomers have a part of it only: see budget.test.ts
  const now = await context.db.relay.count({ where: { tip: 0 } })
  const { freeDaily } = context.env.relay
  t.after(() => Object.assign(context.env.relay, { freeDaily }))
  Object.assign(context.env.relay, { freeDaily: now + 1 })
  const group = async (listingId: string, nonce: number) => ({
    ...{ how: 'group', listingId, expiry: EXPIRY },
    signature: await signGroup(nonce),
  })
  const { id: accountId } = await context.db.account.findFirstOrThrow({ select: { id: true } })
  const rest = { signer: lower(ada), dealId: first, action: 'open', data: '0x', token: '0x', expires: BigInt(EXPIRY) }
  await context.db.relay.create({ data: { ...rest, accountId, digest: 'one that pays', tip: '50000', status: 'done' } })
  assert.equal((await seller.get('/v1/relay')).body.acts, true)
  assert.equal((await handIn(await group(first, 16))).status, 202)
  assert.equal((await seller.get('/v1/relay')).body.acts, false, 'nobody is offered what would be refused')
  const refused = await handIn(await group(second, 17))
  assert.deepEqual([refused.status, refused.body.code], [429, 'RATE_LIMITED'], JSON.stringify(refused.body))
  assert.equal((await handIn(await group(first, 16))).status, 202, 'what was taken before is still told')
})
