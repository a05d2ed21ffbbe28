import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Prisma } from '@fairhold/db/client'
import { ada } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import { insertSomeListing } from '../../../test/support/listings.ts'
import { type Market, startMarket } from '../../../test/support/market.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import { run } from './prepared.ts'

/** More than are looked at for a phrase, each with as much text as a listing may well have: reading all of it takes seconds. */
const LISTINGS = 4_000
const SOON_MS = 1_500

let market: Market
let visitor: Visitor
before(async () => {
  market = await startMarket()
  visitor = new Visitor(market.app)
  const description = 'Works well, it was my uncle’s camera and it has seen the sea. '.repeat(48).trim()
  const id = await insertSomeListing(market.context, ada, { content: { description } })
  await copy(id)
})
after(() => market?.stop())

/** Copies a listing, without its index rows: what is browsed is not looked up there. */
async function copy(id: string): Promise<void> {
  const owner = new pg.Client({ connectionString: market.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{
    columns: string
  }>(`SELECT string_agg(column_name, ', ') AS columns FROM information_schema.columns
    WHERE table_schema = 'app' AND table_name = 'listing' AND column_name NOT IN ('id', 'number', 'created_at')`)
  const columns = rows[0]?.columns ?? ''
  await owner.query(
    `INSERT INTO app.listing (id, created_at, ${columns}) SELECT '0x' || encode(sha256(n::text::bytea), 'hex'), now() - n * interval '1 second', ${columns}
      FROM app.listing, generate_series(1, ${LISTINGS}) n WHERE id = $1`,
    [id],
  )
  await owner.query('ANALYZE')
  await owner.end()
}

const get = (path: string, q: string) => visitor.get(`/v1/${path}?q=${encodeURIComponent(q)}`)

describe('a query without a word to search by', () => {
  for (const q of ['"the of the"', '-"see" -"it has" -"uncle"', '"of the who" -"sea"'])
    for (const path of ['listings', 'listings/facets'])
      test(`does not have the whole market read: ${path} ${q}`, async () => {
        const began = performance.now()
        const { status, body } = await get(path, q)
        assert.equal(status, 200, JSON.stringify(body))
        assert.equal(body.total ?? body.items.length, 0)
        const took = performance.now() - began
        assert.ok(took < SOON_MS, `${Math.round(took)} ms`)
      })

  test('still finds a phrase of words that say nothing, and leaves out phrases, page after page', async () => {
    await insertSomeListing(market.context, ada, { content: { title: 'The Who, live', description: 'A record that turns.' } })
    const { body } = await get('listings', '"the who"')
    assert.deepEqual(
      body.items.map(({ title }: { title: string }) => title),
      ['The Who, live'],
    )
    const first = await get('listings', '-"the who"')
    assert.equal(first.body.items.length, 24)
    const next = await visitor.get(`/v1/listings?q=${encodeURIComponent('-"the who"')}&cursor=${first.body.nextCursor}`)
    assert.equal(next.body.items.length, 24)
    const seen = new Set([...first.body.items, ...next.body.items].map(({ id }: { id: string }) => id))
    assert.equal(seen.size, 48)
  })
})

describe('a search', () => {
  test('that takes too long is ended, with a word of what to do', async () => {
    const began = performance.now()
    await assert.rejects(run(market.context, Prisma.sql`SELECT pg_sleep(20)`), { code: 'SEARCH_TOO_LONG' })
    assert.ok(performance.now() - began < 8_000)
  })

  test('that finds no connection free is refused, and those after it are answered', async () => {
    const { searchPool } = market.context
    const busy = await Promise.all(Array.from({ length: 10 }, () => searchPool.connect()))
    const { status, body } = await get('listings', 'camera')
    for (const client of busy) client.release()
    assert.deepEqual([status, body.code], [503, 'UNAVAILABLE'])
    assert.equal((await get('listings', 'camera')).status, 200)
  })

  /** The most statements that searches had under way at once during this. */
  async function mostAtOnce(during: () => Promise<void>): Promise<number> {
    const { searchPool } = market.context
    let [asked, most] = [0, 0]
    const query = searchPool.query.bind(searchPool)
    const counting = async (...given: Parameters<typeof query>) => {
      asked += 1
      most = Math.max(most, asked)
      return (query(...given) as unknown as Promise<unknown>).finally(() => (asked -= 1))
    }
    Object.assign(searchPool, { query: counting })
    await during().finally(() => Object.assign(searchPool, { query }))
    return most
  }

  test('for a phrase has two of the connections, however many want one', async () => {
    const most = await mostAtOnce(async () => {
      const all = await Promise.all(Array.from({ length: 20 }, () => get('listings', '"the of the"')))
      const statuses = all.map(({ status }) => status)
      assert.ok(statuses.filter((status) => status === 200).length >= 8, statuses.join())
      assert.ok(statuses.includes(503), 'and does not let them wait for ever')
    })
    assert.equal(most, 2)
  })

  test('counts what each choice would show on one connection, however many choices there are', async () => {
    const filters = 'category=cameras&condition=good&brand=x&country=PT&shipsTo=PT&minScore=1'
    const most = await mostAtOnce(async () => {
      assert.equal((await visitor.get(`/v1/listings/facets?q=camera&${filters}`)).status, 200)
    })
    assert.equal(most, 1)
  })

  test('of any size is one of three statements', async () => {
    const texts = new Set<string>()
    const { searchPool } = market.context
    const query = searchPool.query.bind(searchPool)
    Object.assign(searchPool, {
      query: (statement: { text: string }) => {
        texts.add(statement.text)
        return query(statement)
      },
    })
    for (let limit = 1; limit <= 60; limit += 1) {
      const { body } = await visitor.get(`/v1/listings?limit=${limit}`)
      assert.equal(body.items.length, limit)
      assert.ok(body.nextCursor)
    }
    Object.assign(searchPool, { query })
    assert.equal(texts.size, 3)
  })
})
