import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ada, bruno, type DevAccount } from '@fairhold/protocol/dev-accounts'
import { verifyListing } from '@fairhold/protocol/listing/verify'
import { listingWithdrawalTypedData } from '@fairhold/protocol/listing/withdrawal'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { insertChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { lower } from '../../test/support/usd.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import type { Listing } from './contract.ts'

const DAY = 86_400
let market: Market & { chain: TestChain }
let seller: Visitor
let nobody: Visitor
let now: number

before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
  nobody = new Visitor(market.app)
  now = await market.context.chainNow()
})
after(() => market.stop())

interface Changes {
  by?: DevAccount
  seller?: DevAccount
  issuedAt?: number
  chainId?: number
  escrow?: Hex
}

async function signed(listing: Hex, { by = ada, seller: named = ada, issuedAt = now, ...domain }: Changes = {}) {
  const typed = listingWithdrawalTypedData({ seller: lower(named), listing, issuedAt }, { ...market.context.domain, ...domain })
  return { issuedAt, signature: await privateKeyToAccount(by.privateKey).signTypedData(typed) }
}

const put = (id: string, body: object, by = nobody) => by.send('PUT', `/v1/listings/${id}/withdrawal`, body)
const read = async (id: string) => (await nobody.get(`/v1/listings/${id}`)).body as Listing

test('whoever holds the seller’s word takes the listing off the market, without a session; the proof stays with it', async () => {
  const id = await insertChoices(market.context, ada)
  assert.equal((await read(id)).withdrawal, null)
  const body = await signed(id)
  const answer = await put(id, body)
  assert.deepEqual([answer.status, answer.body], [200, body])
  const listing = await read(id)
  assert.deepEqual([listing.status, listing.available, listing.withdrawal], ['withdrawn', 0, body])
  assert.equal((await verifyListing(listing, market.context.domain)).withdrawal, 'seller')
  assert.deepEqual((await put(id, body)).body, body, 'the same again is no news')
  const later = await put(id, await signed(id, { issuedAt: now + 1 }))
  assert.deepEqual([later.status, later.body], [200, body], 'the first one stays')
  const found = await nobody.get('/v1/listings?q=bicycle')
  assert.equal(found.body.items.length, 0, 'nobody finds it')
})

test('two words at once: one is kept, and both hear which', async () => {
  const id = await insertChoices(market.context, ada)
  const bodies = await Promise.all([0, 1, 2, 3].map((more) => signed(id, { issuedAt: now - more })))
  const answers = await Promise.all(bodies.map((body) => put(id, body)))
  const kept = (await read(id)).withdrawal
  for (const { body, status } of answers) assert.deepEqual([status, body], [200, kept])
})

test('what is not the seller’s word for this listing, here and now, does nothing', async () => {
  const id = await insertChoices(market.context, ada)
  const other = await insertChoices(market.context, ada)
  const cases: [Promise<{ issuedAt: number; signature: Hex }>, number, string][] = [
    [signed(id, { by: bruno }), 422, 'WRONG_SIGNATURE'],
    [signed(id, { by: bruno, seller: bruno }), 422, 'WRONG_SIGNATURE'],
    [signed(other), 422, 'WRONG_SIGNATURE'],
    [signed(id, { chainId: 1 }), 422, 'WRONG_SIGNATURE'],
    [signed(id, { escrow: `0x${'ab'.repeat(20)}` }), 422, 'WRONG_SIGNATURE'],
    [signed(id).then((word) => ({ ...word, issuedAt: now - 1 })), 422, 'WRONG_SIGNATURE'],
    [signed(id, { issuedAt: now - DAY - 60 }), 400, 'VALIDATION'],
    [signed(id, { issuedAt: now + 600 }), 400, 'VALIDATION'],
  ]
  for (const [word, status, code] of cases) {
    const answer = await put(id, await word)
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
  }
  assert.equal((await put(`0x${'12'.repeat(32)}`, await signed(id))).status, 404)
  const { status, withdrawal } = await read(id)
  assert.deepEqual([status, withdrawal], ['active', null])
})

test('a session alone takes it off too, and leaves no proof until somebody brings one', async () => {
  const id = await insertChoices(market.context, ada)
  assert.equal((await seller.send('DELETE', `/v1/listings/${id}`)).status, 204)
  const { status, withdrawal } = await read(id)
  assert.deepEqual([status, withdrawal], ['withdrawn', null])
  assert.equal((await seller.send('DELETE', `/v1/listings/${id}`)).status, 204)
  assert.equal(await market.context.db.listingEvent.count({ where: { listingId: id, change: 'gone' } }), 1, 'told once')
  const body = await signed(id)
  assert.equal((await put(id, body)).status, 200)
  assert.deepEqual((await read(id)).withdrawal, body)
})
