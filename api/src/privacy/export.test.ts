import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import sharp from 'sharp'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal, insertReview, someHash, someTerms } from '../../test/support/rows.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import { unzip } from '../../test/support/zip.ts'
import { aboutNobody, holdings } from './holdings/all.ts'

const MOST = 2n ** 256n - 1n
const me = dmitri.address.toLowerCase()

let market: Market
let admin: pg.Client
let buyer: Visitor
let other: Visitor
before(async () => {
  market = await startMarket()
  admin = new pg.Client({ connectionString: market.ownerUrl })
  await admin.connect()
  buyer = await signedIn(market.app, dmitri)
  other = await signedIn(market.app, bruno)
})
after(async () => {
  await admin?.end()
  await market?.stop()
})

const exportOf = async (who: Visitor) => unzip((await who.get('/v1/identity/export')).body)
const rowsIn = (files: Map<string, Buffer>, name: string) => JSON.parse(String(files.get(name)))

test('every table of schema app says what becomes of it, or that it is about nobody', async () => {
  const { rows } = await admin.query<{ table_name: string }>(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'app'",
  )
  const known = [...holdings.map(({ table }) => table), ...Object.keys(aboutNobody)]
  assert.deepEqual(known.toSorted(), rows.map(({ table_name }) => table_name).toSorted())
})

test('an export holds all of a person, exactly, and nothing of another', async () => {
  await buyer.send('PUT', '/v1/identity/profile', { name: 'Dmitri', bio: 'Buys cameras.' })
  await other.send('PUT', '/v1/identity/profile', { name: 'Bruno', bio: 'Somebody else altogether.' })
  const deal = await insertDeal(market.indexer, market.context, { terms: someTerms({ price: MOST }) })
  const foreign = await insertDeal(market.indexer, market.context)
  await market.indexer.query('UPDATE chain.deal SET buyer = $2 WHERE id = $1', [foreign, bruno.address.toLowerCase()])
  await buyer.send(
    'PUT',
    `/v1/deals/${deal}/shipping-address`,
    { text: 'Ravelijn 17, Überlingen' },
    { 'idempotency-key': 'one-address' },
  )
  await other.send('PUT', `/v1/deals/${foreign}/shipping-address`, { text: 'Elsewhere 5' })
  await buyer.send('POST', `/v1/disputes/${deal}/statements`, { text: 'It has not come, and nobody answers.' })
  const photo = (await buyer.upload('/v1/listings/photos', await picture('red'))).body.sha256
  const foreignPhoto = (await other.upload('/v1/listings/photos', await picture('blue'))).body.sha256
  const listing = await insertSomeListing(market.context, dmitri, { content: { title: 'My old lens', photos: [photo] } })
  await insertSomeListing(market.context, bruno, { content: { title: 'A bicycle' } })
  await insertReview(market.indexer, {
    dealId: deal,
    author: ada.address.toLowerCase(),
    subject: me,
    score: 4,
    textHash: someHash(),
  })

  const files = await exportOf(buyer)
  assert.deepEqual([rowsIn(files, 'account.json')[0].name, rowsIn(files, 'account.json')[0].bio], ['Dmitri', 'Buys cameras.'])
  assert.deepEqual(
    rowsIn(files, 'wallets.json').map(({ address }: { address: string }) => address),
    [me],
  )
  const [shipping] = rowsIn(files, 'shipping.json')
  assert.deepEqual([shipping.deal_id, shipping.address, shipping.carrier], [deal, 'Ravelijn 17, Überlingen', null])
  assert.equal(rowsIn(files, 'statements.json')[0].text, 'It has not come, and nobody answers.')
  assert.deepEqual([rowsIn(files, 'listings.json').length, rowsIn(files, 'listings.json')[0].id], [1, listing])
  assert.deepEqual(
    [...files.keys()].filter((name) => name.startsWith('photos/')),
    [`photos/${photo}.webp`],
  )
  assert.equal((await sharp(files.get(`photos/${photo}.webp`)).metadata()).format, 'webp')
  assert.deepEqual(
    rowsIn(files, 'chain/deals.json').map((row: { id: string; price: string }) => [row.id, row.price]),
    [[deal, String(MOST)]],
  )
  assert.equal(rowsIn(files, 'chain/reviews.json')[0].score, 4)
  assert.equal(rowsIn(files, 'requests.json')[0].key, 'one-address')
  const readme = String(files.get('README.txt'))
  for (const { file } of holdings) assert.ok(files.has(file) && readme.includes(`\n${file}\n`), file)
  assert.match(readme, new RegExp(`for did:pkh:eip155:31337:${me}`))
  assert.match(readme, /Nobody can erase it there/)

  const everything = [...files.values()].map(String).join('\n')
  for (const foreignWord of ['Somebody else altogether', 'Elsewhere 5', 'A bicycle', foreignPhoto, bruno.address.toLowerCase()])
    assert.ok(!everything.includes(foreignWord), foreignWord)
  const { rows } = await admin.query<{ token_hash: string }>('SELECT token_hash FROM app.session')
  for (const { token_hash } of rows) assert.ok(!everything.includes(token_hash), 'a proof of a secret')
})

test('an export of many rows loses none and repeats none', async () => {
  const deal = await insertDeal(market.indexer, market.context)
  await admin.query(
    `INSERT INTO app.statement (deal_id, author, text, text_hash) SELECT $1, $2, 'line ' || n, md5(n::text) FROM generate_series(1, 1200) n`,
    [deal, me],
  )
  const texts = rowsIn(await exportOf(buyer), 'statements.json').map(({ text }: { text: string }) => text)
  const lines = texts.filter((text: string) => text.startsWith('line '))
  assert.deepEqual([lines.length, new Set(lines).size], [1200, 1200])
})

test('a damaged value does not keep the rest from its owner', async () => {
  const deal = await insertDeal(market.indexer, market.context)
  await buyer.send('PUT', `/v1/deals/${deal}/shipping-address`, { text: 'Ravelijn 18' })
  await admin.query(`UPDATE app.shipping SET address_sealed = '\\x01' WHERE deal_id = $1`, [deal])
  const rows = rowsIn(await exportOf(buyer), 'shipping.json')
  assert.deepEqual(
    rows.filter(({ damaged }: { damaged?: boolean }) => damaged).map((row: { deal_id: string }) => row.deal_id),
    [deal],
  )
  assert.equal(rows.length, 2)
})

test('an export that fails half-way breaks off: no part is taken for the whole', async () => {
  const url = await market.app.listen({ port: 0, host: '127.0.0.1' })
  const headers = { cookie: `fairhold_session=${buyer.cookies.fairhold_session}` }
  const load = async () => Buffer.from(await (await fetch(`${url}/v1/identity/export`, { headers })).arrayBuffer())
  assert.ok(unzip(await load()).has('README.txt'))
  await admin.query('ALTER TABLE app.ruling RENAME TO ruling_away')
  await assert.rejects(load().finally(() => admin.query('ALTER TABLE app.ruling_away RENAME TO ruling')))
  assert.ok(unzip(await load()).has('README.txt'), 'the next one is whole again')
})

test('an export is for the person alone, and only when it was just proved who that is', async () => {
  await admin.query(`UPDATE app.session SET proved_at = now() - interval '11 minutes'`)
  const answer = await buyer.get('/v1/identity/export')
  assert.deepEqual([answer.status, answer.body.code], [403, 'STEP_UP_NEEDED'])
  assert.equal((await market.app.inject({ url: '/v1/identity/export' })).statusCode, 401)
})

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()
}
