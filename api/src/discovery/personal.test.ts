import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ada, bruno, type DevAccount, dmitri } from '@fairhold/protocol/dev-accounts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { CROWD } from './rules/people.ts'

let market: Market
let buyer: Visitor
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())
beforeEach(async () => {
  await market.context.db.personal.deleteMany()
  await market.context.db.listingView.deleteMany()
  await market.context.db.savedListing.deleteMany()
  await market.context.db.listing.updateMany({ data: { status: 'withdrawn' } })
  buyer = await signedIn(market.app, dmitri)
})

const put = (title: string, account: DevAccount = ada) => insertSomeListing(market.context, account, { content: { title } })
const look = (listingId: string, who = buyer) => who.send('POST', '/v1/personal/views', { listingId })
const want = (wanted: boolean, who = buyer) => who.send('PUT', '/v1/personal', { wanted })
const recommended = async (who = buyer) =>
  (await who.get('/v1/personal/recommendations')).body.items as {
    listing: { id: string }
    reason: { kind: string; by: string; title: string; listingId: string }
  }[]

describe('a history of what somebody looks at', () => {
  test('is kept for who wants recommendations, and for nobody else', async () => {
    const camera = await put('Kestrel camera')
    assert.equal((await look(camera)).status, 204)
    assert.deepEqual((await buyer.get('/v1/personal')).body, { wanted: false, since: null, views: 0 })
    assert.equal(await market.context.db.listingView.count(), 0)
    assert.equal((await want(true)).body.wanted, true)
    for (let k = 0; k < 3; k += 1) await look(camera)
    const [view] = await market.context.db.listingView.findMany()
    assert.deepEqual([view?.listingId, view?.times], [camera, 1], 'a reload is no second look')
    assert.deepEqual(
      (await buyer.get('/v1/personal/views')).body.items.map(({ listing }: { listing: { id: string } }) => listing.id),
      [camera],
    )
  })

  test('comes in pages, the last first, each as it stands now; one of it is forgotten, or all', async () => {
    await want(true)
    const ids = [await put('First'), await put('Second'), await put('Third'), await put('Fourth')]
    for (const id of ids) await look(id)
    const other = await signedIn(market.app, bruno)
    await want(true, other)
    await look(ids[0] as string, other)
    await market.context.db.listing.update({ where: { id: ids[2] as string }, data: { status: 'withdrawn' } })
    const page = async (query: string) => (await buyer.get(`/v1/personal/views?limit=3${query}`)).body
    const first = await page('')
    assert.deepEqual(
      first.items.map(({ listingId, status }: { listingId: string; status: string }) => [listingId, status]),
      [
        [ids[3], 'active'],
        [ids[2], 'withdrawn'],
        [ids[1], 'active'],
      ],
    )
    const rest = await page(`&cursor=${encodeURIComponent(first.nextCursor)}`)
    assert.deepEqual([rest.items.length, rest.items[0].listing.title, rest.nextCursor], [1, 'First', null])
    assert.equal((await buyer.send('DELETE', `/v1/personal/views/${ids[3]}`)).status, 204)
    assert.equal((await page('')).items[0].listingId, ids[2])
    assert.equal((await buyer.send('DELETE', '/v1/personal/views')).status, 204)
    assert.deepEqual((await page('')).items, [])
    assert.equal((await buyer.get('/v1/personal')).body.wanted, true, 'what comes is kept as before')
    assert.equal((await other.get('/v1/personal/views')).body.items.length, 1, 'nobody else’s')
  })

  test('is deleted at once when they end it, and begins anew', async () => {
    await want(true)
    await look(await put('Kestrel camera'))
    const { body } = await want(false)
    assert.deepEqual(body, { wanted: false, since: null, views: 0 })
    assert.equal(await market.context.db.listingView.count(), 0)
    assert.deepEqual(await recommended(), [])
    assert.equal((await want(true)).body.views, 0)
  })

  test('has no listing of one’s own, none that is not there, and an end', async () => {
    const seller = await signedIn(market.app, ada)
    await want(true, seller)
    await look(await put('My own camera'), seller)
    await look(`0x${'12'.repeat(32)}`, seller)
    assert.equal(await market.context.db.listingView.count(), 0)
    const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address: ada.address.toLowerCase() } })
    await market.context.db.$executeRaw`INSERT INTO app.listing_view (account_id, listing_id, viewed_at)
      SELECT ${accountId}::uuid, 'old ' || n, now() - interval '1 day' FROM generate_series(1, 300) n`
    await look(await put('A lens of somebody else', bruno), seller)
    assert.equal(await market.context.db.listingView.count(), 300)
  })
})

const DAY = 86_400_000

/** Accounts of some days ago that want recommendations. */
async function someAccounts(count: number): Promise<string[]> {
  const createdAt = new Date(Date.now() - 5 * DAY)
  const ids = Array.from({ length: count }, () => randomUUID())
  await market.context.db.account.createMany({ data: ids.map((id) => ({ id, subject: id, createdAt })) })
  const personal = ids.map((accountId) => ({ accountId, inbox: randomUUID(), historySince: createdAt }))
  await market.context.db.personal.createMany({ data: personal })
  return ids
}

/** The account has looked at each of these, and saved it. */
async function likes(accountId: string, listings: readonly string[]): Promise<void> {
  const rows = listings.map((listingId) => ({ accountId, listingId }))
  await market.context.db.listingView.createMany({ data: rows })
  await market.context.db.savedListing.createMany({ data: rows.map((row) => ({ ...row, price: 1, token: '0x' })) })
}

const byPeople = async () => (await recommended()).filter(({ reason }) => reason.by === 'people').map(({ listing }) => listing.id)

describe('recommendations', () => {
  test('are what is like it, with the reason; not one’s own, not what is saved, sold, withdrawn or seen to death', async () => {
    await want(true)
    const seen = await put('Leica M6 rangefinder camera')
    const like = await put('Leica M3 rangefinder camera')
    const saved = await put('Leica M2 rangefinder camera')
    const own = await put('Leica M4 rangefinder camera', dmitri)
    const gone = await put('Leica M5 rangefinder camera')
    const worn = await put('Leica M7 rangefinder camera')
    await market.context.db.listing.update({ where: { id: gone }, data: { status: 'withdrawn' }, select: { id: true } })
    await look(seen)
    await look(worn)
    await market.context.db.listingView.updateMany({ where: { listingId: worn }, data: { times: 3 } })
    await buyer.send('PUT', `/v1/saved/listings/${saved}`)
    const found = await recommended()
    const ids = found.map(({ listing }) => listing.id)
    assert.ok(ids.includes(like), 'what is like it')
    for (const [what, id] of Object.entries({ own, gone, worn, saved })) assert.ok(!ids.includes(id), what)
    const reason = found.find(({ listing }) => listing.id === like)?.reason
    assert.equal(reason?.by, 'likeness')
    assert.ok([seen, saved, worn].includes(reason?.listingId as never) && reason?.title.startsWith('Leica'))
  })

  test('come from what people like who like the same, of those alone who want recommendations', async () => {
    const [camera, teapot] = [
      await put('Kestrel rangefinder'),
      await insertSomeListing(market.context, ada, { content: { title: 'Celadon pot', category: 'home' } }),
    ]
    const crowd = await someAccounts(CROWD)
    for (const account of crowd) await likes(account, [camera, teapot])
    await want(true)
    await look(camera)
    const [first] = await recommended()
    assert.deepEqual([first?.listing.id, first?.reason.by, first?.reason.kind], [teapot, 'people', 'viewed'])
    await market.context.db.personal.updateMany({ where: { accountId: { in: crowd } }, data: { historySince: null } })
    assert.deepEqual(await byPeople(), [])
  })

  test('show nothing of one person, of fewer than a crowd, or of accounts that were just made', async () => {
    const [bait, secret] = [
      await put('A thing that nobody else knows of'),
      await insertSomeListing(market.context, ada, { content: { title: 'Something private', category: 'books-games' } }),
    ]
    for (let n = 0; n < 12; n += 1)
      await insertSomeListing(market.context, ada, { content: { title: `Other book ${n}`, category: 'books-games' } })
    await want(true)
    await look(bait)
    const before = await recommended()
    const few = await someAccounts(CROWD - 1)
    for (const account of few) await likes(account, [bait, secret])
    assert.deepEqual([await recommended(), await byPeople()], [before, []])
    const [late = ''] = await someAccounts(1)
    await market.context.db.account.update({ where: { id: late }, data: { createdAt: new Date() } })
    await likes(late, [bait, secret])
    assert.deepEqual(await byPeople(), [], 'an account of today is nobody yet')
    await market.context.db.account.update({ where: { id: late }, data: { createdAt: new Date(Date.now() - 4 * DAY) } })
    assert.deepEqual(await byPeople(), [secret])
  })

  test('are nothing for who did not ask for them, whatever they saved', async () => {
    const camera = await put('Leica M6 rangefinder camera')
    await put('Leica M3 rangefinder camera')
    await buyer.send('PUT', `/v1/saved/listings/${camera}`)
    assert.deepEqual(await recommended(), [])
  })
})
