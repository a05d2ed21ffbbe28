import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import { pino } from 'pino'
import type { Hex } from 'viem'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal, someHash } from '../../test/support/rows.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { buildApp } from '../app.ts'
import { closeContext, createContext } from '../context.ts'
import { createRunner } from '../jobs/loop.ts'
import { privateTables } from '../keys/columns.ts'
import { countPlain } from '../keys/private-rows.ts'
import { sealJob } from '../keys/seal-job.ts'

const ADDRESS = 'Ravelijn 17, Überlingen'
const NUMBER = 'TRACK-0815-4711'

let market: Market
let seller: Visitor
let buyer: Visitor
before(async () => {
  market = await startMarket()
  seller = await signedIn(market.app, ada)
  buyer = await signedIn(market.app, dmitri)
})
after(() => market?.stop())

const deal = () => insertDeal(market.indexer, market.context)
const shippingOf = async (who: Visitor, id: Hex) => (await who.get(`/v1/deals/${id}`)).body.shipping
const giveAddress = (id: Hex, text = ADDRESS, headers = {}) =>
  buyer.send('PUT', `/v1/deals/${id}/shipping-address`, { text }, headers)
const giveNumber = (id: Hex, number = NUMBER, headers = {}) =>
  seller.send('PUT', `/v1/deals/${id}/tracking`, { carrier: 'PostNL', number }, headers)

/** Every row of schema app, as text. */
async function dump(): Promise<string> {
  const { db } = market.context
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'app'`
  const rows = await Promise.all(
    tables.map(({ name }) => db.$queryRawUnsafe<{ text: string }[]>(`SELECT t::text AS text FROM app."${name}" t`)),
  )
  return rows
    .flat()
    .map(({ text }) => text)
    .join('\n')
}

describe('where a parcel goes and how it travels', () => {
  test('stands nowhere in the database as it was written, not even in answers kept for repeated requests', async () => {
    const id = await deal()
    assert.equal((await giveAddress(id, ADDRESS, { 'idempotency-key': 'one-address' })).status, 204)
    const { body } = await giveNumber(id, NUMBER, { 'idempotency-key': 'one-number' })
    const seen = { address: ADDRESS, carrier: 'PostNL', trackingNumber: NUMBER, trackingSalt: body.salt, isReadable: true }
    assert.deepEqual([await shippingOf(buyer, id), await shippingOf(seller, id)], [seen, seen])
    const all = await dump()
    for (const secret of [ADDRESS, 'PostNL', NUMBER, body.salt]) {
      assert.ok(!all.includes(secret), secret)
      assert.ok(!all.includes(Buffer.from(secret).toString('hex')), `${secret}, as bytes`)
    }
    assert.deepEqual((await giveNumber(id, NUMBER, { 'idempotency-key': 'one-number' })).body, body)
    assert.equal((await giveNumber(id, 'another', { 'idempotency-key': 'one-number' })).body.code, 'KEY_REUSED')
  })

  test('keeps its salt when the same number is given again, and gets another for another number', async () => {
    const id = await deal()
    const [first, again, other] = [await giveNumber(id), await giveNumber(id), await giveNumber(id, 'another')]
    assert.deepEqual(again.body, first.body)
    assert.notEqual(other.body.salt, first.body.salt)
  })

  test('cannot be moved to another deal by whoever can write to the database', async () => {
    const [theirs, mine] = [await deal(), await deal()]
    await giveAddress(theirs)
    await giveAddress(mine, 'My own address')
    await market.context.db.$executeRaw`
      UPDATE app.shipping SET address_sealed = (SELECT address_sealed FROM app.shipping WHERE deal_id = ${theirs})
      WHERE deal_id = ${mine}`
    const answer = await buyer.get(`/v1/deals/${mine}`)
    assert.deepEqual([answer.status, answer.body.shipping.address, answer.body.shipping.isReadable], [200, null, false])
  })

  test('written before there were keys is read, and sealed by the worker', async () => {
    const { db } = market.context
    const [id, changed] = [await deal(), await deal()]
    const salt = someHash()
    await db.shipping.create({
      data: { dealId: id, addressText: ADDRESS, carrier: 'PostNL', trackingNumber: NUMBER, trackingSalt: salt },
    })
    await giveAddress(changed)
    await db.shipping.update({ where: { dealId: changed }, data: { addressText: 'What an older api wrote later' } })
    const before = await shippingOf(buyer, id)
    assert.deepEqual(before, {
      address: ADDRESS,
      carrier: 'PostNL',
      trackingNumber: NUMBER,
      trackingSalt: salt,
      isReadable: true,
    })
    assert.equal(await countPlain({ db }), 5)
    const run = createRunner(sealJob(market.context, Date.now), pino({ level: 'silent' }))
    await run(Date.now())
    assert.equal(await countPlain({ db }), 0)
    assert.deepEqual(await shippingOf(buyer, id), before)
    assert.equal((await shippingOf(buyer, changed)).address, 'What an older api wrote later')
    assert.ok(!(await dump()).includes(ADDRESS))
  })
})

test('while the keys cannot be had, a deal is shown without what is private, and nothing private is taken', async () => {
  const id = await deal()
  await giveAddress(id)
  const { env } = market.context
  const file = join(env.dataDir, 'wrapping-keys.json')
  const context = createContext(env) // as after a restart, with no key in memory
  const app = await buildApp(context)
  renameSync(file, `${file}.gone`)
  const visitor = await signedIn(app, dmitri)
  const answer = await visitor.get(`/v1/deals/${id}`)
  const write = await visitor.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Elsewhere 5' })
  renameSync(`${file}.gone`, file)
  const nothing = { address: null, carrier: null, trackingNumber: null, trackingSalt: null, isReadable: false }
  assert.deepEqual([answer.status, answer.body.state, answer.body.shipping], [200, 'funded', nothing])
  assert.deepEqual([write.status, write.body.code], [503, 'UNAVAILABLE'])
  assert.equal((await visitor.get(`/v1/deals/${id}`)).body.shipping.address, ADDRESS)
  await app.close()
  await closeContext(context)
})

test('no query looks for anything by a private column, and no index or derived column holds one', async () => {
  const { db } = market.context
  const sealed = Object.values(privateTables).flatMap(({ columns }) => Object.keys(columns))
  const plain = Object.values(privateTables)
    .flatMap(({ columns }): (string | null)[] => Object.values(columns))
    .filter((one) => one !== null)
  const indexed = await db.$queryRaw<{ definition: string }[]>`
    SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'app'
    UNION ALL SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef`
  for (const { definition } of indexed) {
    const [what = ''] = definition.split(' WHERE ') // of one that still finds plain text, the condition asks only whether there is any
    for (const column of [...sealed, ...plain]) assert.doesNotMatch(what, new RegExp(`\\b${column}\\b`), definition)
  }
  const admin = new pg.Client({ connectionString: market.ownerUrl })
  await admin.connect()
  await admin.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
  await admin.query('SELECT pg_stat_statements_reset()')
  const id = await deal()
  await giveAddress(id)
  await giveNumber(id)
  await giveNumber(id)
  for (const words of [ADDRESS, 'PostNL', NUMBER]) {
    const found = await buyer.get(`/v1/listings?q=${encodeURIComponent(words)}`)
    assert.deepEqual([found.status, found.body.items], [200, []], words)
  }
  for (const url of [
    '/v1/deals?limit=5',
    `/v1/deals?account=${dmitri.address}`,
    `/v1/deals/${id}`,
    `/v1/identity/profiles/${dmitri.address}`,
  ])
    assert.equal((await buyer.get(url)).status, 200, url)
  const { rows } = await admin.query<{ query: string }>(
    `SELECT query FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  await admin.end()
  const touching = rows.filter(({ query }) => /"?shipping"?/.test(query))
  assert.ok(touching.length > 0, 'the statements were seen')
  for (const { query } of touching) {
    const conditions = query
      .split(/\bWHERE\b/)
      .slice(1)
      .join(' ')
    for (const column of [...sealed, ...plain]) assert.doesNotMatch(conditions, new RegExp(`\\b${column}\\b`), query)
  }
})
