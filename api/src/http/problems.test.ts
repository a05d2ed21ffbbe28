import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal, someHash } from '../../test/support/rows.ts'
import { type Answer, signedIn, Visitor } from '../../test/support/visitor.ts'

let market: Market
let seller: Visitor
before(async () => {
  market = await startMarket()
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

const visitor = () => new Visitor(market.app)
const json = { 'content-type': 'application/json' }

function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.body.code, code)
  assert.equal(answer.body.status, status)
  for (const name of ['type', 'title', 'detail', 'whatToDo']) assert.equal(typeof answer.body[name], 'string', name)
  assert.doesNotMatch(JSON.stringify(answer.body), /prisma|postgres|node_modules|\.ts\b|stack/i)
}

describe('every error is problem+json', () => {
  test('a value that is not right names its field', async () => {
    const answer = await visitor().get('/v1/listings?minPrice=1.5')
    assertProblem(answer, 400, 'VALIDATION')
    assert.deepEqual(
      answer.body.errors.map(({ path }: { path: string }) => path),
      ['minPrice'],
    )
  })

  test('a body that is not right names each field by its path', async () => {
    const answer = await seller.send('POST', '/v1/reputation/reviews', {
      dealId: '0x12',
      score: 9,
      text: 'x\0',
      secret: someHash(),
      publishSignature: '0xab',
      commitSignature: '0xab',
    })
    assertProblem(answer, 400, 'VALIDATION')
    assert.deepEqual(new Set(answer.body.errors.map(({ path }: { path: string }) => path)), new Set(['dealId', 'score', 'text']))
  })

  test('a field says what kind of fault it has, and which bound was crossed, for who has words of their own', async () => {
    const { body } = await seller.send('POST', '/v1/reputation/reviews', { score: 9, text: 'x'.repeat(100_000) })
    const faultsOf = (path: string) => body.errors.find((error: { path: string }) => error.path === path)
    assert.deepEqual([faultsOf('dealId').fault, faultsOf('dealId').limit], ['missing', undefined])
    assert.deepEqual([faultsOf('score').fault, faultsOf('score').limit], ['tooBig', 5])
    assert.equal(faultsOf('text').fault, 'tooLong')
    assert.ok(faultsOf('text').limit > 100)
  })

  const bad: [name: string, status: number, code: string, ask: () => Promise<Answer>][] = [
    ['JSON that cannot be read', 400, 'MALFORMED', () => visitor().send('POST', '/v1/identity/session', '{"message":', json)],
    ['an empty body', 400, 'MALFORMED', () => visitor().send('POST', '/v1/identity/session', '', json)],
    [
      'a prototype in JSON',
      400,
      'MALFORMED',
      () => visitor().send('POST', '/v1/identity/session', '{"__proto__":{"a":1}}', json),
    ],
    ['no body at all', 400, 'VALIDATION', () => visitor().send('POST', '/v1/identity/session')],
    [
      'text as the body',
      415,
      'WRONG_MEDIA',
      () => visitor().send('POST', '/v1/identity/session', '{}', { 'content-type': 'text/plain' }),
    ],
    [
      'a form',
      415,
      'WRONG_MEDIA',
      () => visitor().send('POST', '/v1/identity/session', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      'a body beyond the limit',
      413,
      'TOO_LARGE',
      () => visitor().send('POST', '/v1/identity/session', { message: 'x'.repeat(300_000), signature: '0x00' }),
    ],
    ['a route that is not there', 404, 'NOT_FOUND', () => visitor().get('/v1/nothing')],
    ['a method that is not there', 404, 'NOT_FOUND', () => visitor().send('PUT', '/v1/listings')],
    ['a deal that is not there', 404, 'NOT_FOUND', () => visitor().get(`/v1/deals/${someHash()}`)],
    ['a listing that is not there', 404, 'NOT_FOUND', () => visitor().get(`/v1/listings/${someHash()}`)],
    ['a picture that is not there', 404, 'NOT_FOUND', () => visitor().get(`/v1/media/${'a'.repeat(64)}`)],
    ['an id that is none', 400, 'VALIDATION', () => visitor().get('/v1/deals/0x12')],
    ['a URL that cannot be decoded', 400, 'MALFORMED', () => visitor().get('/v1/deals/%zz')],
    ['a very long path', 404, 'NOT_FOUND', () => visitor().get(`/v1/deals/${'a'.repeat(500)}`)],
    ['NUL in a search', 400, 'VALIDATION', () => visitor().get('/v1/listings?q=a%00b')],
    ['a parameter given twice', 400, 'VALIDATION', () => visitor().get('/v1/listings?q=a&q=b')],
    ['a cursor that is not ours', 400, 'BAD_CURSOR', () => visitor().get('/v1/listings?cursor=abc')],
    [
      'a cursor with NUL',
      400,
      'BAD_CURSOR',
      () => visitor().get(`/v1/deals?cursor=${Buffer.from('["1","\\u0000"]').toString('base64url')}`),
    ],
    ['a price without a token', 400, 'VALIDATION', () => visitor().get('/v1/listings/facets?maxPrice=5')],
    ['a visitor who is not signed in', 401, 'NOT_SIGNED_IN', () => visitor().send('DELETE', `/v1/listings/${someHash()}`)],
    [
      'a session that is made up',
      401,
      'NOT_SIGNED_IN',
      () => visitor().send('GET', '/v1/identity/session', undefined, { cookie: 'fairhold_session=x%00y' }),
    ],
    [
      'an upload without a boundary',
      400,
      'MALFORMED',
      () => seller.send('POST', '/v1/listings/photos', 'x', { 'content-type': 'multipart/form-data' }),
    ],
    [
      'an upload that breaks off',
      400,
      'MALFORMED',
      () =>
        seller.send(
          'POST',
          '/v1/listings/photos',
          '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
          { 'content-type': 'multipart/form-data; boundary=b' },
        ),
    ],
    ['an upload of JSON', 415, 'WRONG_MEDIA', () => seller.send('POST', '/v1/listings/photos', {})],
    [
      'an upload without a file',
      400,
      'VALIDATION',
      () => seller.send('POST', '/v1/listings/photos', '--b--\r\n', { 'content-type': 'multipart/form-data; boundary=b' }),
    ],
    [
      'a key that is none',
      400,
      'VALIDATION',
      () => seller.send('PUT', '/v1/identity/profile', { name: 'Ada', bio: '' }, { 'idempotency-key': 'x' }),
    ],
  ]
  for (const [name, status, code, ask] of bad)
    test(`${name}: ${status} ${code}`, async () => assertProblem(await ask(), status, code))

  test('the chain being away is said as such, and not as a wrong signature', async () => {
    const id = await insertDeal(market.indexer, market.context)
    const split = { toBuyer: '1', remaining: (10n ** 18n).toString(), expiry: 4_000_000_000, signature: `0x${'11'.repeat(65)}` }
    assertProblem(await seller.send('POST', `/v1/deals/${id}/settlements`, split), 503, 'UNAVAILABLE')
  })
})

describe('writes from other sites', () => {
  test('a foreign Origin is refused', async () => {
    const answer = await seller.send('PUT', '/v1/identity/profile', { name: 'Eve', bio: '' }, { origin: 'https://evil.example' })
    assertProblem(answer, 403, 'FOREIGN_ORIGIN')
    assertProblem(await seller.send('DELETE', '/v1/identity/session', undefined, { origin: 'null' }), 403, 'FOREIGN_ORIGIN')
  })

  test('our own Origin and programs without one are not', async () => {
    const body = { name: 'Ada', bio: '' }
    assert.equal((await seller.send('PUT', '/v1/identity/profile', body, { origin: 'http://localhost:3000' })).status, 200)
    assert.equal((await seller.send('PUT', '/v1/identity/profile', body)).status, 200)
  })
})

describe('an idempotency key', () => {
  const profile = (body: object, key: string, who = seller) =>
    who.send('PUT', '/v1/identity/profile', body, { 'idempotency-key': key })

  test('gives the first answer again, without doing it again', async () => {
    const first = await profile({ name: 'Ada the first', bio: '' }, 'key-number-1')
    await seller.send('PUT', '/v1/identity/profile', { name: 'Ada the second', bio: '' })
    const again = await profile({ name: 'Ada the first', bio: '' }, 'key-number-1')
    assert.deepEqual(again.body, first.body)
    assert.equal(again.headers['idempotent-replay'], 'true')
    assert.equal((await seller.get('/v1/identity/session')).body.name, 'Ada the second')
  })

  test('works for an answer without a body', async () => {
    const id = await insertDeal(market.indexer, market.context)
    const buyer = await signedIn(market.app, dmitri)
    const write = () =>
      buyer.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Main street 1' }, { 'idempotency-key': 'key-of-address' })
    assert.equal((await write()).status, 204)
    assert.equal((await write()).status, 204)
  })

  test('is refused with another body', async () => {
    await profile({ name: 'Ada', bio: '' }, 'key-number-2')
    assertProblem(await profile({ name: 'Not Ada', bio: '' }, 'key-number-2'), 422, 'KEY_REUSED')
  })

  test('is free again after a refusal', async () => {
    assertProblem(await profile({ name: '', bio: '' }, 'key-number-3'), 400, 'VALIDATION')
    assert.equal((await profile({ name: 'Ada', bio: '' }, 'key-number-3')).status, 200)
  })

  test('belongs to the account', async () => {
    await profile({ name: 'Ada', bio: '' }, 'key-number-4')
    const other = await signedIn(market.app, dmitri)
    assert.equal((await profile({ name: 'Dmitri', bio: '' }, 'key-number-4', other)).status, 200)
  })

  test('lets one of many at once through', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => profile({ name: 'Ada', bio: 'at once' }, 'key-number-5')))
    const statuses = all.map(({ status }) => status)
    assert.ok(
      statuses.every((status) => status === 200 || status === 409),
      String(statuses),
    )
    assert.equal(all.filter(({ status, headers }) => status === 200 && !headers['idempotent-replay']).length, 1)
  })
})

describe('limits', () => {
  test('an address that asks too often is told to wait', async () => {
    const from = { 'x-forwarded-for': '203.0.113.7' }
    const ask = () => visitor().send('POST', '/v1/identity/nonce', undefined, from)
    const answers: Answer[] = []
    while (answers.length < 61) answers.push(await ask())
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 1)
    assertProblem(refused[0] as Answer, 429, 'RATE_LIMITED')
    assert.ok(Number(refused[0]?.headers['retry-after']) > 0)
    assert.equal(
      (await visitor().send('POST', '/v1/identity/nonce', undefined, { 'x-forwarded-for': '203.0.113.8' })).status,
      200,
    )
  })

  test('an account that asks too often is told to wait, wherever it asks from', async () => {
    const other = await signedIn(market.app, dmitri)
    const ask = (k: number) => other.send('GET', '/health', undefined, { 'x-forwarded-for': `198.51.100.${k % 250}` })
    const statuses: number[] = []
    while (statuses.length < 601) statuses.push((await ask(statuses.length)).status)
    assert.equal(statuses.indexOf(429), 600)
  })

  test('a made-up address in front of the real one is not believed', async () => {
    const ask = (k: number) =>
      visitor().send('POST', '/v1/identity/nonce', undefined, { 'x-forwarded-for': `10.0.0.${k}, 203.0.113.99` })
    const answers: Answer[] = []
    while (answers.length < 62) answers.push(await ask(answers.length))
    assert.equal(answers.filter(({ status }) => status === 429).length, 2)
  })
})

describe('the api describes itself', () => {
  test('in OpenAPI 3.1, with the refusals of each route', async () => {
    const { body } = await visitor().get('/v1/openapi.json')
    assert.equal(body.openapi, '3.1.0')
    const paths = Object.keys(body.paths)
    for (const path of [
      '/v1/listings',
      '/v1/listings/{id}',
      '/v1/deals/{id}',
      '/v1/disputes/{dealId}/rulings',
      '/v1/config',
      '/health',
    ]) {
      assert.ok(paths.includes(path), path)
    }
    const { responses, requestBody } = body.paths['/v1/listings'].post
    assert.ok(responses['201'].content['application/json'].schema)
    assert.ok(responses.default.content['application/problem+json'].schema)
    assert.ok(requestBody.content['application/json'].schema)
    assert.deepEqual(body.paths['/v1/listings'].post.security, [{ session: [] }, { bearer: ['listings:write'] }])
    assert.deepEqual(body.paths['/v1/listings'].get.security, [])
    assert.equal(body.paths['/v1/disputes/{dealId}/rulings'].post['x-access'].proof, true)
  })

  test('health answers, and ready says that the chain is not there', async () => {
    assert.deepEqual((await visitor().get('/health')).body, { status: 'ok' })
    assert.equal((await visitor().get('/ready')).status, 503)
  })

  test('where the indexer has stopped, ready and config say so', async () => {
    assert.equal((await visitor().get('/v1/config')).body.stopped, false)
    const at = `INSERT INTO chain.checkpoint VALUES ('eip155:31337', 7, '0xab', 3, 'those', 'the chain forked at 2')`
    await market.indexer.query(at)
    const { status, body } = await visitor().get('/ready')
    assert.deepEqual([status, body.status, body.block], [503, 'stopped', 7])
    assert.equal((await visitor().get('/v1/config')).body.stopped, true)
    await market.indexer.query('DELETE FROM chain.checkpoint')
  })
})
