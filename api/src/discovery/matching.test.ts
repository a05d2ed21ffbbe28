import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ada, bruno, chiara, type DevAccount, dmitri } from '@fairhold/protocol/dev-accounts'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import fc from 'fast-check'
import pg from 'pg'
import { pino } from 'pino'
import { insertSomeListing, type ListingChanges } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { createRunner } from '../jobs/loop.ts'
import { announceJob, matchingJob, nextDigest } from './matching.ts'

const quiet = pino({ level: 'silent' })

let market: Market
let buyer: Visitor
before(async () => {
  market = await startMarket()
  buyer = await signedIn(market.app, dmitri)
})
after(() => market?.stop())
beforeEach(async () => {
  for (const table of ['alert', 'savedSearch', 'savedListing', 'listingEvent'] as const)
    await (market.context.db[table] as { deleteMany: () => Promise<unknown> }).deleteMany()
})

const matchAll = () => createRunner(matchingJob(market.context, Date.now), quiet)(Date.now())
const save = async (query: object, frequency = 'at-once', who = buyer) => {
  const answer = await who.send('POST', '/v1/saved/searches', { name: 'A search', query, frequency })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id as string
}
const alerts = async (who = buyer) =>
  (await who.get('/v1/alerts')).body.items as { id: string; kind: string; listingId: string; oldPrice: string }[]
const unread = async () => (await buyer.get('/v1/alerts/inbox')).body.unread as number
const put = (changes: ListingChanges = {}, account: DevAccount = ada) => insertSomeListing(market.context, account, changes)
/** Says of a listing that it is an edit of another, which goes off the market. */
const edit = async (from: string, to: string, price?: bigint) => {
  const { db } = market.context
  await db.listing.update({ where: { id: from }, data: { status: 'withdrawn' }, select: { id: true } })
  await db.listing.update({
    where: { id: to },
    data: { replaces: from, ...(price === undefined ? {} : { price: price.toString() }) },
    select: { id: true },
  })
}

describe('a saved search', () => {
  test('tells of new listings that it finds, and of no others', async () => {
    const search = await save({ q: 'rangefinder', category: 'cameras' })
    const camera = await put()
    await put({ content: { title: 'Racing bicycle', category: 'bicycles', description: 'It goes fast.' } })
    await matchAll()
    assert.deepEqual(
      (await alerts()).map(({ listingId, kind }) => [listingId, kind]),
      [[camera, 'match']],
    )
    assert.equal(await unread(), 1)
    const [item] = (await buyer.get('/v1/saved/searches')).body
    assert.deepEqual([item.id, item.fresh], [search, 1])
    const expiry = async (seconds: bigint) =>
      market.context.db.listing.update({ where: { id: camera }, data: { expiry: seconds }, select: { id: true } })
    await expiry(1_000n)
    assert.equal((await buyer.get('/v1/saved/searches')).body[0].fresh, 0, 'what nobody can buy any more does not count')
    await expiry(4_000_000_000n)
    await buyer.send('POST', `/v1/saved/searches/${search}/seen`)
    assert.deepEqual([(await buyer.get('/v1/saved/searches')).body[0].fresh, await unread()], [0, 0])
  })

  test('tells of a listing once, however many searches find it, workers look at it, or edits it has', async () => {
    await save({ category: 'cameras' })
    await save({ q: 'rangefinder' })
    const first = await put()
    await Promise.all([matchAll(), matchAll(), matchAll()])
    assert.equal((await alerts()).length, 1)
    const second = await put({ content: { title: 'Rangefinder camera with case' } })
    await edit(first, second)
    await matchAll()
    assert.deepEqual(
      (await alerts()).map(({ listingId }) => listingId),
      [second],
      'the alert leads to what there is now',
    )
  })

  test('does not tell of one’s own listings, nor of those that went before anybody looked', async () => {
    const seller = await signedIn(market.app, bruno)
    await save({ category: 'cameras' }, 'at-once', seller)
    await put({}, bruno)
    const gone = await put({}, chiara)
    await market.context.db.listing.update({ where: { id: gone }, data: { status: 'withdrawn' }, select: { id: true } })
    await matchAll()
    assert.deepEqual(await alerts(seller), [])
  })

  test('tells daily, at once or not at all, as was wanted; the more often one counts', async () => {
    await save({ category: 'cameras' }, 'daily')
    await save({ category: 'audio' }, 'off')
    await put()
    await put({ content: { category: 'audio', title: 'Old amplifier' } })
    await matchAll()
    assert.deepEqual([await alerts(), await unread()], [[], 0])
    assert.deepEqual(
      (await buyer.get('/v1/saved/searches')).body.map(({ fresh }: { fresh: number }) => fresh),
      [1, 1],
      'both are counted',
    )
    const [waiting] = await market.context.db.alert.findMany()
    assert.ok(waiting && waiting.dueAt.getUTCHours() === 8 && waiting.dueAt > new Date(), 'one waits for the morning')
    await market.context.db.alert.updateMany({ data: { dueAt: new Date(Date.now() - 1_000) } })
    await createRunner(announceJob(market.context), quiet)(Date.now())
    assert.deepEqual([(await alerts()).length, await market.context.db.alert.count({ where: { announcedAt: null } })], [1, 0])
    assert.deepEqual(nextDigest(new Date('2026-11-26T07:59:00Z')), new Date('2026-11-26T08:00:00Z'))
    assert.deepEqual(nextDigest(new Date('2026-11-26T08:00:00Z')), new Date('2026-11-27T08:00:00Z'))
  })

  test('is told to open pages on a topic that only its owner knows', async () => {
    const { body } = await buyer.get('/v1/alerts/inbox')
    assert.match(body.topic, /^[0-9a-f]{32}$/)
    assert.equal((await buyer.get('/v1/alerts/inbox')).body.topic, body.topic)
    const heard: string[] = []
    const listener = market.indexer
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''))
    await listener.query('LISTEN fairhold_live')
    await save({ category: 'cameras' })
    await put()
    await matchAll()
    await listener.query('SELECT 1')
    await listener.query('UNLISTEN fairhold_live')
    assert.ok(
      heard.some((text) => text.includes(body.topic)),
      heard.join(' '),
    )
  })

  test('that cannot be asked any more finds nothing, and does not hold up the others', async () => {
    await save({ category: 'cameras' })
    const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address: dmitri.address.toLowerCase() } })
    const query = { currency: 'EUR', minPrice: '1' } // no rate is known here
    await market.context.db.savedSearch.create({ data: { accountId, name: 'x', query, frequency: 'at-once' } })
    const camera = await put()
    await matchAll()
    assert.deepEqual(
      (await alerts()).map(({ listingId }) => listingId),
      [camera],
    )
  })

  const words = ['camera', 'rangefinder', 'bicycle', 'steel', 'lamp', 'works', 'leica']
  test('means exactly what the search means: an alert comes if and only if the search has the new listing', async () => {
    const listing = fc.record({
      title: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => `A ${some.join(' ')}`),
      category: fc.constantFrom(...categories.slice(0, 3)),
      condition: fc.constantFrom(...conditions.slice(0, 2)),
      price: fc.integer({ min: 1, max: 5 }),
    })
    const query = fc
      .record(
        {
          q: fc
            .uniqueArray(fc.constantFrom(...words, 'camra', '"rangefinder camera"', '-steel'), { minLength: 1, maxLength: 2 })
            .map((some) => some.join(' ')),
          category: fc.constantFrom(...categories.slice(0, 3)),
          condition: fc.constantFrom(...conditions.slice(0, 2)),
          seller: fc.constantFrom(ada.address.toLowerCase(), bruno.address.toLowerCase()),
          maxPrice: fc.integer({ min: 1, max: 5 }).map(String),
        },
        { requiredKeys: [] },
      )
      .map((some) => (some.maxPrice === undefined ? some : { ...some, token: `0x${'0'.repeat(40)}` }))
      .filter((some) => Object.keys(some).length > 0)
    await fc.assert(
      fc.asyncProperty(
        fc.array(listing, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(query, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify(one) }),
        async (listings, queries) => {
          const { db } = market.context
          await db.savedSearch.deleteMany()
          await db.listingEvent.deleteMany()
          for (const one of queries) await save(one)
          const ids: string[] = []
          for (const { title, category, condition, price } of listings)
            ids.push(
              await put({
                content: { title, category, condition, description: 'It is what it is.' },
                terms: { price: BigInt(price) },
              }),
            )
          await matchAll()
          for (const saved of (await buyer.get('/v1/saved/searches')).body) {
            const found = await db.searchMatch.findMany({ where: { searchId: saved.id }, select: { listingId: true } })
            const search = new URLSearchParams({ ...saved.query, sort: 'newest', limit: '60' })
            const { body } = await buyer.get(`/v1/listings?${search}`)
            const shown = body.items.map(({ id }: { id: string }) => id).filter((id: string) => ids.includes(id))
            assert.deepEqual(found.map(({ listingId }) => listingId).toSorted(), shown.toSorted(), JSON.stringify(saved.query))
          }
          // The next round begins with an empty market, so that one page has all.
          await db.listing.updateMany({ data: { status: 'withdrawn' } })
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('many saved searches', () => {
  const SEARCHES = 1_000
  const accountOf = async ({ address }: DevAccount) =>
    (await market.context.db.wallet.findFirstOrThrow({ where: { address: address.toLowerCase() } })).accountId
  /** Each with words that nobody else has, which are the dear ones: nothing is known of them. */
  const saveMany = async (accountId: string, count: number) =>
    market.context.db.savedSearch.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        ...{ accountId, name: 'n', frequency: 'at-once' },
        query: { q: n === count - 1 ? 'rangefinder' : `zq${n}x camera vv${n}y` },
      })),
    })
  /** The whole market answers with an error to whoever notes a match of this listing. */
  const breakFor = async (listings: readonly string[]) => {
    const owner = new pg.Client({ connectionString: market.ownerUrl })
    await owner.connect()
    await owner.query(`CREATE FUNCTION public.break_match() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.listing_id = ANY('{${listings.join()}}') THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$`)
    await owner.query(
      'CREATE TRIGGER break_match BEFORE INSERT ON app.search_match FOR EACH ROW EXECUTE FUNCTION public.break_match()',
    )
    return async () => {
      await owner.query('DROP FUNCTION public.break_match CASCADE')
      await owner.end()
    }
  }

  test('are asked some at a time, and what was asked is kept when the next ones fail', async () => {
    await saveMany(await accountOf(dmitri), SEARCHES)
    const camera = await put()
    const mend = await breakFor([camera])
    await matchAll()
    await mend()
    const [event] = await market.context.db.listingEvent.findMany({ where: { listingId: camera } })
    assert.deepEqual([event?.matchedAt, event?.failures], [null, 1])
    assert.ok(event?.retryAt && event.retryAt > new Date(), 'it is put off')
    await market.context.db.$executeRaw`UPDATE app.listing_event SET retry_at = NULL`
    for (let turn = 0; turn < 20; turn += 1) await matchAll()
    assert.deepEqual(
      (await alerts()).map(({ listingId }) => listingId),
      [camera],
    )
  })

  test('of a failing listing, however many fail, do not keep those of later ones', async () => {
    await save({ category: 'cameras' })
    const broken: string[] = []
    for (let n = 0; n < 55; n += 1) broken.push(await put())
    const mend = await breakFor(broken)
    await matchAll()
    const good = await put()
    await matchAll()
    await matchAll()
    await mend()
    assert.deepEqual(
      (await alerts()).map(({ listingId }) => listingId),
      [good],
    )
  })

  test('are asked a listing within a turn, and what their words mean is looked up once for many listings', async () => {
    await saveMany(await accountOf(dmitri), SEARCHES)
    const cameras: string[] = []
    for (let n = 0; n < 8; n += 1) cameras.push(await put({ content: { title: `Rangefinder number ${n}` } }))
    const { pool } = market.context
    let asked = 0
    const query = pool.query.bind(pool)
    Object.assign(pool, {
      query: (...given: Parameters<typeof query>) => {
        if (String((given[0] as { name?: string }).name).startsWith('search-')) asked += 1
        return query(...given)
      },
    })
    for (let turn = 0; turn < 30; turn += 1) await matchAll()
    Object.assign(pool, { query })
    assert.deepEqual(new Set((await alerts()).map(({ listingId }) => listingId)), new Set(cameras))
    assert.ok(asked < SEARCHES, `${asked} questions`)
  })
})

describe('a saved listing', () => {
  test('that was edited twice before anybody looked is followed to the last one, and tells what it costs less than then', async () => {
    const [first, second, third] = [await put(), await put(), await put()]
    await buyer.send('PUT', `/v1/saved/listings/${first}`)
    await buyer.send('PUT', '/v1/personal', { wanted: true })
    for (const id of [first, second]) await buyer.send('POST', '/v1/personal/views', { listingId: id })
    const { price } = await market.context.db.listing.findUniqueOrThrow({ where: { id: first }, select: { price: true } })
    const then = BigInt(price.toFixed(0))
    await edit(first, second, then + 10n)
    await edit(second, third, then - 5n)
    await matchAll()
    assert.deepEqual((await buyer.get('/v1/saved/listings/ids')).body.ids, [third])
    const [alert] = await alerts()
    assert.deepEqual([alert?.kind, alert?.listingId, alert?.oldPrice], ['price-drop', third, String(then)])
    const views = await market.context.db.listingView.findMany({ select: { listingId: true, times: true } })
    assert.deepEqual(views, [{ listingId: third, times: 2 }])
    await buyer.send('PUT', '/v1/personal', { wanted: false })
  })

  test('tells when an edit costs less, and follows it', async () => {
    const [first, dearer, cheaper] = [await put(), await put(), await put()]
    await buyer.send('PUT', `/v1/saved/listings/${first}`)
    await edit(first, dearer, 2n * 10n ** 18n)
    await matchAll()
    assert.deepEqual(await alerts(), [])
    await edit(dearer, cheaper, 10n ** 17n)
    await market.context.db.listingEvent.updateMany({ where: { listingId: cheaper }, data: { matchedAt: null } })
    await matchAll()
    const [alert] = await alerts()
    assert.deepEqual([alert?.kind, alert?.listingId, alert?.oldPrice], ['price-drop', cheaper, String(2n * 10n ** 18n)])
    assert.deepEqual((await buyer.get('/v1/saved/listings/ids')).body.ids, [cheaper])
    assert.equal(await unread(), 1)
    await buyer.send('POST', '/v1/alerts/read')
    assert.equal(await unread(), 0)
  })

  test('says nothing of a price in another token, which cannot be compared', async () => {
    const [first, second] = [await put(), await put()]
    await buyer.send('PUT', `/v1/saved/listings/${first}`)
    await edit(first, second, 1n)
    await market.context.db.listing.update({
      where: { id: second },
      data: { token: `0x${'12'.repeat(20)}` },
      select: { id: true },
    })
    await matchAll()
    assert.deepEqual(await alerts(), [])
  })
})
