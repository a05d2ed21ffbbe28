import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { offerToJson } from '@fairhold/protocol/deal/terms'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import fc from 'fast-check'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { biddingOn } from '../../test/support/bids.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { dealsOn } from '../../test/support/deals.ts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { relayingOn } from '../../test/support/relaying.ts'
import { callUsd, deployMoney, lower, paying, usd } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

/** Fewer than one account may ask within the limits of these routes. */
const ASKED_BY_ONE = 18
const MOST = 2n ** 256n
const amounts = [0n, 1n, 2n ** 64n, 2n ** 128n - 1n, 2n ** 128n, 2n ** 255n, MOST - 1n, MOST, 10n ** 78n - 1n].map(String)
const numbers = [0, 1, 2, 28, 99, 100, 10_000, 2 ** 32 - 1, 2 ** 40 - 1, 2 ** 53]
const words = ['0x', `0x${'00'.repeat(20)}`, `0x${'11'.repeat(65)}`, `0x${'ff'.repeat(32)}`, '']

let market: Market & { chain: TestChain }
let asked: { route: string; body: object }[]
before(async () => {
  market = await startMarketOnChain()
  await deployMoney(market.chain)
  await callUsd(market.chain, dmitri, 'mint', [lower(dmitri), 10_000_000_000n])
  asked = await goodRequests()
})
after(() => market.stop())

/** Requests that the routes of money would take from Dmitri. */
async function goodRequests() {
  const listingId = await insertSomeListing(market.context, ada, { terms: { token: usd.address, price: 100_000_000n } })
  const [bidding, relaying] = [biddingOn(market), relayingOn(market)]
  const { offer, body } = await bidding.offerOn(listingId, dmitri)
  const pay = paying(market.chain, dmitri, offer, { until: offer.expiry })
  const deal = await dealsOn(market).open()
  await dealsOn(market).index(deal)
  const act = { dealId: deal.id, signer: lower(dmitri), action: 'releasePart', value: '1', hash: deal.id, expiry: 4_000_000_000 }
  const signature = `0x${'11'.repeat(65)}`
  const opening = await relaying.opening(await relaying.ask())
  return [
    { route: '/v1/bids', body: { ...body, payment: await pay.authorization() } },
    { route: '/v1/bids', body: { ...body, payment: await pay.permit() } },
    { route: '/v1/bids', body: { ...body, payment: await pay.permit2() } },
    { route: '/v1/relay/openings', body: opening },
    { route: '/v1/relay/openings', body: { ...opening, payment: { ...(await pay.permit2()), tip: '50000' } } },
    { route: '/v1/relay/acts', body: { ...act, signature } },
    { route: '/v1/relay/voidings', body: { how: 'group', listingId, expiry: 4_000_000_000, signature } },
    { route: `/v1/deals/${deal.id}/settlements`, body: { toBuyer: '1', remaining: '1', signature } },
    { route: '/v1/listings', body: { content: {}, offer: offerToJson(offer), signature } },
  ]
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The same with some of its values replaced by hostile ones of their kind: `pick` says which, by the order of the fields. */
function spoilt(value: Json, pick: (value: Json) => number): Json {
  if (Array.isArray(value)) return value.map((one) => spoilt(one, pick))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoilt(one, pick)]))
  const at = pick(value)
  if (at < 0) return value
  if (typeof value === 'number') return numbers[at % numbers.length] ?? 0
  const kind = /^\d+$/.test(String(value)) ? amounts : words
  return kind[at % kind.length] ?? ''
}

const visitors: Visitor[] = []
let count = 0

async function send(index: number, pick: () => number): Promise<void> {
  const { route, body } = asked[index] ?? assert.fail()
  const at = Math.floor(count++ / ASKED_BY_ONE)
  visitors[at] ??= await newcomer()
  const sent = spoilt(JSON.parse(JSON.stringify(body)), pick) as object
  const answer = await visitors[at].send('POST', route, sent)
  assert.notEqual(answer.body.code, 'RATE_LIMITED')
  assert.ok(answer.status < 500, `${answer.status} ${route} ${JSON.stringify(sent)}`)
}

test('a request about money in which one number is too large is no fault of ours', { timeout: 300_000 }, async () => {
  for (const [index, { body }] of asked.entries()) {
    const kinds: boolean[] = []
    spoilt(JSON.parse(JSON.stringify(body)), (value) => {
      kinds.push(/^\d+$/.test(String(value)))
      return -1
    })
    for (const [field, isNumber] of kinds.entries()) {
      for (const worst of isNumber ? [-1, -2, -3, -6] : []) {
        let at = 0
        await send(index, () => (at++ === field ? amounts.length * numbers.length + worst : -1))
      }
    }
  }
})

test('whatever is written into a request about money, no answer is that we failed', { timeout: 300_000 }, async () => {
  const which = fc.integer({ min: 0, max: asked.length - 1 })
  // One field in six or so.
  const picks = fc.array(fc.integer({ min: -50, max: 9 }), { minLength: 40, maxLength: 40 })
  const holds = fc.asyncProperty(which, picks, async (index, at) => {
    let field = 0
    await send(index, () => at[field++ % at.length] ?? -1)
  })
  await fc.assert(holds, { numRuns: 120, seed: Number(process.env.SEED ?? Date.now() % 2 ** 31) })
})

/** Dmitri in another account each time: the wallet is taken out of the one before. */
async function newcomer(): Promise<Visitor> {
  const key = generatePrivateKey()
  const visitor = await signedIn(market.app, {
    name: 'newcomer',
    address: privateKeyToAccount(key).address,
    privateKey: key,
  } as never)
  const { address } = (await visitor.get('/v1/identity/session')).body
  const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address } })
  await market.context.db.$executeRaw`INSERT INTO app.wallet (chain, address, account_id, kind)
    VALUES (${market.context.caip2}, ${lower(dmitri)}, ${accountId}::uuid, 'eoa')
    ON CONFLICT (chain, address) DO UPDATE SET account_id = EXCLUDED.account_id`
  return visitor
}
