import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { ada, bruno, chiara } from '@fairhold/protocol/dev-accounts'
import fc from 'fast-check'
import { insertSomeListing, type ListingChanges } from '../../../test/support/listings.ts'
import { type Market, startMarket } from '../../../test/support/market.ts'
import { insertReview, someTerms } from '../../../test/support/rows.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import type { ListingCard } from '../contract.ts'
import type { Facets } from './contract.ts'
import { sorts } from './contract.ts'

let market: Market
let visitor: Visitor
let testUsd: `0x${string}`
before(async () => {
  market = await startMarket()
  visitor = new Visitor(market.app)
  testUsd = market.context.deployment.tokens[1]?.address ?? '0x'
  const many: ListingChanges[] = [
    {
      content: { title: 'Leica M6 rangefinder', category: 'cameras', description: 'A camera with a quiet shutter.' },
      terms: { price: 500n },
    },
    {
      content: { title: 'Camera bag', category: 'cameras', condition: 'new', description: 'Holds two bodies.' },
      terms: { price: 100n },
    },
    {
      content: { title: 'Road bicycle', category: 'bicycles', description: 'Steel frame, rides like new.' },
      terms: { price: 900n },
    },
    {
      content: { title: 'Bicycle pump', category: 'bicycles', condition: 'fair', description: 'For all valves there are.' },
      terms: { price: 10n, token: testUsd },
    },
    {
      content: {
        title: 'Acoustic guitar',
        category: 'instruments',
        description: 'Sings. Comes with a case for the camera you film with.',
      },
      terms: { price: 300n },
    },
  ]
  for (const changes of many) await insertSomeListing(market.context, ada, changes)
})
after(() => market?.stop())

const titlesOf = async (query: string): Promise<string[]> => {
  const { status, body } = await visitor.get(`/v1/listings?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items.map(({ title }: ListingCard) => title)
}

describe('search', () => {
  test('finds words in any form, titles before descriptions', async () => {
    assert.deepEqual(await titlesOf('q=cameras'), ['Camera bag', 'Leica M6 rangefinder', 'Acoustic guitar'])
  })

  test('finds the beginning of a word', async () => {
    assert.deepEqual((await titlesOf('q=bicy')).sort(), ['Bicycle pump', 'Road bicycle'])
  })

  test('finds what is misspelt', async () => {
    assert.deepEqual(await titlesOf('q=gitar'), ['Acoustic guitar'])
    assert.ok((await titlesOf('q=rangefindr')).includes('Leica M6 rangefinder'))
    assert.ok((await titlesOf('q=acustic+gitar')).includes('Acoustic guitar'))
  })

  test('leaves out a word with a minus', async () => {
    assert.deepEqual(await titlesOf('q=bicycle+-pump'), ['Road bicycle'])
  })

  for (const q of ["'", '"', '\\', '%', "'; DROP TABLE app.listing; --", ':*', '&|!()<->', '   ', '😀', 'a'.repeat(200)]) {
    test(`takes ${JSON.stringify(q).slice(0, 30)} for words`, async () => {
      assert.equal((await visitor.get(`/v1/listings?q=${encodeURIComponent(q)}`)).status, 200)
    })
  }

  test('goes on after Postgres has ended all of its connections', async () => {
    await titlesOf('q=camera')
    const ended = await market.context.db.$queryRaw<unknown[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND usename = current_user`
    assert.ok(ended.length > 0)
    await setTimeout(100) // until the connections have heard of it; one that nobody uses has nobody to tell
    assert.ok((await titlesOf('q=camera')).length > 0)
  })

  test('narrows by category, condition, token, price and seller', async () => {
    assert.deepEqual(await titlesOf('category=cameras&sort=price-asc'), ['Camera bag', 'Leica M6 rangefinder'])
    assert.deepEqual(await titlesOf('condition=fair'), ['Bicycle pump'])
    assert.deepEqual(await titlesOf(`token=${testUsd}&minPrice=10&maxPrice=10`), ['Bicycle pump'])
    assert.deepEqual(await titlesOf(`token=${`0x${'0'.repeat(40)}`}&minPrice=101&maxPrice=500&sort=price-desc`), [
      'Leica M6 rangefinder',
      'Acoustic guitar',
    ])
    assert.deepEqual(await titlesOf(`seller=${bruno.address}`), [])
  })

  test('counts each choice as if it were not chosen', async () => {
    const facets: Facets = (await visitor.get('/v1/listings/facets?category=bicycles')).body
    assert.deepEqual(facets.category, [
      { value: 'bicycles', count: 2 },
      { value: 'cameras', count: 2 },
      { value: 'instruments', count: 1 },
    ])
    assert.deepEqual(facets.condition, [
      { value: 'fair', count: 1 },
      { value: 'good', count: 1 },
    ])
    assert.equal(facets.total, 2)
  })

  test('counts sellers under each star that their reviews reach, and shows the mean', async () => {
    const subject = ada.address.toLowerCase()
    for (const [at, score] of [5, 4, 4].entries()) {
      await insertReview(market.indexer, { dealId: `0x${String(at + 1).padStart(64, '0')}`, author: `0x${at}`, subject, score })
    }
    const { body } = await visitor.get('/v1/listings/facets?q=camera')
    assert.deepEqual((body as Facets).minScore.map(({ value }) => value).toSorted(), ['1', '2', '3', '4'])
    assert.deepEqual(await titlesOf('q=camera&minScore=5'), [])
    const { body: found } = await visitor.get('/v1/listings?q=camera&minScore=4')
    assert.deepEqual(found.items[0].seller.rating, { count: 3, average: 4.33 })
  })
})

describe('paging', () => {
  test('shows every listing once, in order, whatever the sort and the page, while others are added', async () => {
    const prices = [1n, 1n, 2n, 2n, 2n, 3n, 10n ** 30n, 2n ** 128n - 1n]
    const before = new Set<string>()
    for (let k = 0; k < 40; k += 1) {
      before.add(await insertSomeListing(market.context, chiara, { terms: { price: prices[k % prices.length] ?? 1n } }))
    }
    const page = fc.record({
      sort: fc.constantFrom(...sorts.filter((sort) => sort !== 'nearest')),
      limit: fc.integer({ min: 1, max: 60 }),
      q: fc.constantFrom('', '&q=camera'),
    })
    await fc.assert(
      fc.asyncProperty(page, async ({ sort, limit, q }) => {
        const items = await walk(`seller=${chiara.address}&sort=${sort}&limit=${limit}${q}`)
        const seen = items.map(({ id }) => id)
        assert.equal(new Set(seen).size, seen.length, 'one came twice')
        assert.deepEqual(
          [...before].filter((id) => !seen.includes(id)),
          [],
          'one was lost',
        )
        assertSorted(items, sort)
      }),
      { numRuns: 12, seed: 7 },
    )
  })

  test('refuses or answers a cursor that somebody made up, in every order', async () => {
    for (const sort of sorts)
      for (const nines of [1, 16, 18, 20, 80])
        for (const sign of ['', '-'])
          for (const key of [sign + '9'.repeat(nines), `${sign}${'9'.repeat(nines)}.5`])
            for (const q of ['', '&q=camera', `&q=${encodeURIComponent('-"quiet shutter"')}`]) {
              const cursor = Buffer.from(JSON.stringify([key, 'x'])).toString('base64url')
              const { status, body } = await visitor.get(
                `/v1/listings?sort=${sort}${sort === 'nearest' ? '&near=1' : ''}&cursor=${cursor}${q}`,
              )
              assert.ok(status === 200 || ['BAD_CURSOR', 'VALIDATION'].includes(body.code), `${status} ${sort} ${key} ${q}`)
            }
  })

  /** All pages; between them somebody publishes. */
  async function walk(query: string): Promise<ListingCard[]> {
    const items: ListingCard[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await visitor.get(`/v1/listings?${query}${cursor && `&cursor=${cursor}`}`)
      items.push(...body.items)
      cursor = body.nextCursor
      if (items.length < 20)
        await insertSomeListing(market.context, chiara, { terms: someTerms({ seller: chiara.address, price: 2n }) })
    }
    return items
  }

  function assertSorted(items: ListingCard[], sort: string): void {
    const pairs = items.slice(1).map((item, k) => [items[k], item] as [ListingCard, ListingCard])
    for (const [one, next] of pairs) {
      if (sort === 'price-asc') assert.ok(BigInt(one.price) <= BigInt(next.price))
      if (sort === 'price-desc') assert.ok(BigInt(one.price) >= BigInt(next.price))
      if (sort === 'newest') assert.ok(one.createdAt >= next.createdAt)
    }
  }
})
