import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { MAX_DRAFTS } from './service.ts'

let market: Market
let writer: Visitor
before(async () => {
  market = await startMarket()
  writer = await signedIn(market.app, ada)
})
after(() => market?.stop())

const begin = async (form: object, who = writer, more = {}) => {
  const { status, body } = await who.send('POST', '/v1/drafts', { form, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const save = (id: string, revision: number, form: object, who = writer) => who.send('PUT', `/v1/drafts/${id}`, { revision, form })

describe('a draft', () => {
  test('is kept as it was typed, mistakes included', async () => {
    const form = {
      title: 'a',
      price: 'twelve',
      description: 'x'.repeat(20_000),
      shipping: [{ name: '', to: [], price: '', least: '', most: '' }],
    }
    const { id, revision } = await begin(form)
    assert.equal(revision, 1)
    assert.deepEqual((await writer.get(`/v1/drafts/${id}`)).body.form, form)
    const saved = await save(id, 1, { ...form, title: 'ab' })
    assert.deepEqual([saved.status, saved.body.revision, saved.body.form.title], [200, 2, 'ab'])
  })

  test('is not lost to another tab: who saves over a newer revision is told, and it stays', async () => {
    const { id } = await begin({ title: 'from both' })
    assert.equal((await save(id, 1, { title: 'from the first tab' })).status, 200)
    const { status, body } = await save(id, 1, { title: 'from the second tab' })
    assert.deepEqual([status, body.code], [409, 'DRAFT_CHANGED'])
    assert.equal((await writer.get(`/v1/drafts/${id}`)).body.form.title, 'from the first tab')
    assert.equal((await save(id, 2, { title: 'from the second tab' })).status, 200, 'after it was looked at')
  })

  test('of two that save at the same moment one wins and the other is told', async () => {
    const { id } = await begin({ title: 'race' })
    const answers = await Promise.all(Array.from({ length: 6 }, (_, tab) => save(id, 1, { title: `tab ${tab}` })))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409, 409])
  })

  test('is its writer’s alone', async () => {
    const { id } = await begin({ title: 'private' })
    const stranger = await signedIn(market.app, bruno)
    assert.equal((await stranger.get(`/v1/drafts/${id}`)).status, 404)
    assert.equal((await save(id, 1, { title: 'taken' }, stranger)).status, 404)
    assert.equal((await stranger.send('DELETE', `/v1/drafts/${id}`)).status, 204)
    assert.deepEqual((await stranger.get('/v1/drafts')).body, [])
    assert.equal((await writer.get(`/v1/drafts/${id}`)).body.form.title, 'private')
    assert.equal((await new Visitor(market.app).get('/v1/drafts')).status, 401)
  })

  test('stands in the list with its title and cover, the latest first, until it is thrown away', async () => {
    const photo = { sha256: 'ab'.repeat(32), alt: '' }
    const { id } = await begin({ title: 'A lamp', photos: [photo] })
    const [first] = (await writer.get('/v1/drafts')).body
    assert.deepEqual([first.id, first.title, first.photo, first.form], [id, 'A lamp', photo.sha256, undefined])
    assert.equal((await writer.send('DELETE', `/v1/drafts/${id}`)).status, 204)
    assert.equal((await writer.send('DELETE', `/v1/drafts/${id}`)).status, 204)
    assert.equal((await writer.get(`/v1/drafts/${id}`)).status, 404)
    assert.equal((await save(id, 1, {})).status, 404)
  })

  test('may be an edit of a listing of one’s own', async () => {
    const listingId = await insertSomeListing(market.context, ada)
    assert.equal((await begin({ title: 'edit' }, writer, { listingId })).listingId, listingId)
    const stranger = await signedIn(market.app, bruno)
    assert.equal((await stranger.send('POST', '/v1/drafts', { form: {}, listingId })).status, 404)
  })

  test('with members that no form has, or that are too long, is refused', async () => {
    const wrong = [
      { title: 'x'.repeat(301) },
      { description: 'x'.repeat(20_001) },
      { extra: 1 },
      { title: 'nul\0' },
      { title: '\ud800' },
      { photos: ['x'] },
      { pickup: 'yes' },
    ]
    for (const form of wrong) {
      const { status, body } = await writer.send('POST', '/v1/drafts', { form })
      assert.deepEqual([status, body.code], [400, 'VALIDATION'], JSON.stringify(form).slice(0, 80))
    }
  })

  test('is one of at most fifty', async () => {
    const busy = await signedIn(market.app, bruno)
    for (let count = (await busy.get('/v1/drafts')).body.length; count < MAX_DRAFTS; count++) await begin({}, busy)
    const { status, body } = await busy.send('POST', '/v1/drafts', { form: {} })
    assert.deepEqual([status, body.code], [409, 'DRAFTS_FULL'])
  })
})
