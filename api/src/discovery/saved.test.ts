import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

let market: Market
let buyer: Visitor
let other: Visitor
before(async () => {
  market = await startMarket()
  buyer = await signedIn(market.app, dmitri)
  other = await signedIn(market.app, bruno)
})
after(() => market?.stop())

describe('saved listings', () => {
  test('are kept with what they cost then, the newest first, and shown as they stand now', async () => {
    const [lens, bag] = [await insertSomeListing(market.context, ada), await insertSomeListing(market.context, ada)]
    for (const id of [lens, bag, bag]) assert.equal((await buyer.send('PUT', `/v1/saved/listings/${id}`)).status, 204)
    const seller = await signedIn(market.app, ada)
    await seller.send('DELETE', `/v1/listings/${lens}`)
    const { body } = await buyer.get('/v1/saved/listings')
    assert.deepEqual(
      body.items.map((item: { listingId: string; status: string }) => [item.listingId, item.status]),
      [
        [bag, 'active'],
        [lens, 'withdrawn'],
      ],
    )
    assert.equal(body.items[0].priceThen, body.items[0].listing.price)
    assert.deepEqual((await buyer.get('/v1/saved/listings/ids')).body.ids, [bag, lens])
    assert.deepEqual((await other.get('/v1/saved/listings/ids')).body.ids, [])
    await buyer.send('DELETE', `/v1/saved/listings/${bag}`)
    assert.deepEqual((await buyer.get('/v1/saved/listings/ids')).body.ids, [lens])
  })

  test('come in pages that lose and repeat none', async () => {
    const visitor = await signedIn(market.app, bruno)
    const ids = []
    for (let k = 0; k < 5; k += 1) ids.push(await insertSomeListing(market.context, ada))
    for (const id of ids) await visitor.send('PUT', `/v1/saved/listings/${id}`)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: { body: { items: { listingId: string }[]; nextCursor: string | null } } = await visitor.get(
        `/v1/saved/listings?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...body.items.map(({ listingId }) => listingId))
      cursor = body.nextCursor
    }
    assert.deepEqual(seen, ids.toReversed())
  })

  test('are of listings that there are, and of people who are signed in', async () => {
    assert.equal((await buyer.send('PUT', `/v1/saved/listings/${someHash()}`)).status, 404)
    assert.equal((await buyer.send('PUT', '/v1/saved/listings/everything')).status, 400)
    assert.equal((await new Visitor(market.app).get('/v1/saved/listings')).status, 401)
  })

  test('have an end', async () => {
    const { db } = market.context
    const { accountId } = await db.wallet.findFirstOrThrow({ where: { address: bruno.address.toLowerCase() } })
    await db.$executeRaw`INSERT INTO app.saved_listing (account_id, listing_id, price, token)
      SELECT ${accountId}::uuid, 'listing ' || n, 1, 'x' FROM generate_series(1, 500) n`
    const id = await insertSomeListing(market.context, ada)
    const answer = await other.send('PUT', `/v1/saved/listings/${id}`)
    assert.deepEqual([answer.status, answer.body.code], [409, 'TOO_MANY'])
  })
})

describe('saved searches', () => {
  const save = (query: object, name = 'Cameras', frequency = 'at-once') =>
    buyer.send('POST', '/v1/saved/searches', { name, query, frequency })

  test('are kept once, renamed, and deleted by their owner alone', async () => {
    const first = await save({ q: 'leica', category: 'cameras' })
    assert.equal(first.status, 201, JSON.stringify(first.body))
    const again = await save({ category: 'cameras', q: 'leica' }, 'Leicas', 'daily')
    assert.deepEqual([again.body.id, again.body.name, again.body.frequency], [first.body.id, 'Leicas', 'daily'])
    const { id } = first.body
    assert.equal((await other.send('PUT', `/v1/saved/searches/${id}`, { name: 'Mine', frequency: 'off' })).status, 404)
    assert.equal((await other.send('DELETE', `/v1/saved/searches/${id}`)).status, 404)
    assert.equal((await other.send('POST', `/v1/saved/searches/${id}/seen`)).status, 404)
    const changed = await buyer.send('PUT', `/v1/saved/searches/${id}`, { name: 'Old Leicas', frequency: 'off' })
    assert.deepEqual(
      [changed.body.name, changed.body.frequency, changed.body.query],
      ['Old Leicas', 'off', { q: 'leica', category: 'cameras' }],
    )
    assert.equal((await buyer.send('DELETE', `/v1/saved/searches/${id}`)).status, 204)
    assert.deepEqual((await buyer.get('/v1/saved/searches')).body, [])
  })

  test('ask for something that the market can be asked', async () => {
    const wrong: object[] = [
      {},
      { q: '' },
      { category: 'yachts' },
      { minPrice: '1.5' },
      { near: 'Porto' },
      { near: 999_999_999 },
      { within: 10 },
      { minPrice: '5' },
      { maxPrice: '5', currency: 'EUR' }, // of which no rate is known here
      { q: 'a\u0000b' },
      { q: 'x'.repeat(201) },
    ]
    for (const query of wrong) assert.equal((await save(query)).status, 400, JSON.stringify(query))
    assert.equal((await save({ q: 'x' }, '')).status, 400)
    assert.equal((await save({ q: 'x' }, 'x', 'hourly')).status, 400)
  })

  test('have an end', async () => {
    for (let k = 0; k < 50; k += 1) assert.equal((await save({ q: `thing ${k}` })).status, 201)
    const answer = await save({ q: 'one more' })
    assert.deepEqual([answer.status, answer.body.code], [409, 'TOO_MANY'])
    assert.equal((await save({ q: 'thing 3' }, 'Renamed')).status, 201)
  })
})
