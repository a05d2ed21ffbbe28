import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri, operator } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { withToken } from '../../test/support/oauth.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

let market: Market
let person: Visitor
before(async () => {
  market = await startMarket()
  person = await signedIn(market.app, ada)
})
after(() => market?.stop())

const wanted = { name: 'My script', scopes: ['profile:read'], days: 30 }
const create = (visitor: Visitor, changes: object = {}, headers = {}) =>
  visitor.send('POST', '/v1/identity/keys', { ...wanted, ...changes }, headers)
const wallets = (key: string) => withToken(market.app, key, '/v1/identity/wallets')

describe('an API key', () => {
  test('acts for its person, in its scopes only', async () => {
    const { status, body } = await create(person)
    assert.equal(status, 201)
    assert.match(body.key, /^fhk_[0-9a-f]{16}_[\w-]{43}$/)
    const [mine] = (await wallets(body.key)).body
    assert.equal(mine.address, ada.address.toLowerCase())
    const refused = await new Visitor(market.app).send('PUT', '/v1/identity/profile', { name: 'X', bio: '' }, bearer(body.key))
    assert.deepEqual([refused.status, refused.body.code], [403, 'SCOPE_MISSING'])
    const { key: writer } = (await create(person, { scopes: ['profile:write'] })).body
    const changed = await new Visitor(market.app).send('PUT', '/v1/identity/profile', { name: 'X', bio: '' }, bearer(writer))
    assert.equal(changed.body.name, 'X')
  })

  test('can neither see, make nor end keys, nor do what its person may as staff', async () => {
    const admin = await signedIn(market.app, operator)
    const { key, id } = (await create(admin, { scopes: ['profile:read', 'profile:write', 'deals:write'] })).body
    assert.equal((await wallets(key)).status, 200)
    const visitor = new Visitor(market.app)
    assert.equal((await visitor.send('GET', '/v1/identity/keys', undefined, bearer(key))).body.code, 'SCOPE_MISSING')
    assert.equal((await visitor.send('POST', '/v1/identity/keys', wanted, bearer(key))).body.code, 'SCOPE_MISSING')
    assert.equal((await visitor.send('DELETE', `/v1/identity/keys/${id}`, undefined, bearer(key))).body.code, 'SCOPE_MISSING')
    assert.equal((await visitor.send('GET', '/v1/identity/roles', undefined, bearer(key))).body.code, 'FORBIDDEN')
  })

  test('is shown once, and kept as a hash', async () => {
    const { key, id } = (await create(person, {}, { 'idempotency-key': 'the-same-key' })).body
    const secret = key.split('_').slice(2).join('_')
    const listed = await person.get('/v1/identity/keys')
    assert.ok(listed.body.some((one: { id: string }) => one.id === id))
    const { db } = market.context
    const kept = JSON.stringify([await db.apiKey.findMany(), await db.idempotency.findMany(), listed.body])
    assert.ok(kept.includes(id) && !kept.includes(secret))
  })

  test('with another secret, another id or another form is none', async () => {
    const { key } = (await create(person)).body
    const other = (await create(person)).body.key
    const forged = [
      `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
      key.slice(0, 21) + other.slice(21),
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      key.slice(4),
      'fhk_',
      `fhk_${'0'.repeat(16)}_${'A'.repeat(43)}`,
    ]
    for (const one of forged)
      assert.deepEqual([(await wallets(one)).status, (await wallets(one)).body.code], [401, 'TOKEN_REFUSED'], one)
    assert.equal((await wallets(key)).status, 200)
  })

  test('says when it was last used, without writing each time', async () => {
    const { key, id } = (await create(person)).body
    const row = () => market.context.db.apiKey.findUniqueOrThrow({ where: { id } })
    assert.equal((await row()).usedAt, null)
    await wallets(key)
    const { usedAt } = await row()
    assert.ok(usedAt && Date.now() - usedAt.getTime() < 60_000)
    await wallets(key)
    assert.deepEqual((await row()).usedAt, usedAt)
    const earlier = new Date(Date.now() - 6 * 60_000)
    await market.context.db.apiKey.update({ where: { id }, data: { usedAt: earlier } })
    await wallets(key)
    assert.ok(((await row()).usedAt ?? earlier) > earlier)
  })

  test('ends when it is revoked, when its time is over, and with its account', async () => {
    const visitor = await signedIn(market.app, bruno)
    const { key, id } = (await create(visitor)).body
    const { db } = market.context
    await db.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    assert.equal((await wallets(key)).status, 401)
    await db.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 60_000) } })
    const { accountId } = await db.apiKey.findUniqueOrThrow({ where: { id } })
    await db.account.update({ where: { id: accountId }, data: { deletedAt: new Date() } })
    assert.equal((await wallets(key)).status, 401)
    await db.account.update({ where: { id: accountId }, data: { deletedAt: null } })
    assert.equal((await wallets(key)).status, 200)
    assert.equal((await person.send('DELETE', `/v1/identity/keys/${id}`)).status, 404, 'not by somebody else')
    assert.equal((await visitor.send('DELETE', `/v1/identity/keys/${id}`)).status, 204)
    const told = await db.auditEntry.findMany({ where: { subject: id }, orderBy: { id: 'asc' } })
    assert.deepEqual(
      told.map(({ kind, actor }) => [kind, actor]),
      [
        ['key.created', accountId],
        ['key.revoked', accountId],
      ],
    )
    assert.equal((await wallets(key)).status, 401)
    assert.deepEqual((await visitor.get('/v1/identity/keys')).body, [])
  })

  test('of an account that has lost its wallets does not work', async () => {
    const visitor = await signedIn(market.app, bruno)
    const { key } = (await create(visitor)).body
    const { db } = market.context
    const where = { chain_address: { chain: 'eip155:31337', address: bruno.address.toLowerCase() } }
    const wallet = await db.wallet.delete({ where })
    assert.equal((await wallets(key)).status, 401)
    await db.wallet.create({ data: wallet })
    assert.equal((await wallets(key)).status, 200)
  })

  test('needs a fresh proof of who the person is', async () => {
    const visitor = await signedIn(market.app, dmitri)
    const { id } = (await visitor.get('/v1/identity/session')).body
    await market.context.db.session.update({ where: { id }, data: { provedAt: new Date(Date.now() - 3_600_000) } })
    assert.equal((await create(visitor)).body.code, 'STEP_UP_NEEDED')
  })

  for (const [name, changes] of Object.entries({
    'no name': { name: ' ' },
    'no scope': { scopes: [] },
    'an unknown scope': { scopes: ['openid'] },
    'a scope twice': { scopes: ['deals:read', 'deals:read'] },
    'no end': { days: undefined },
    'an end far away': { days: 3650 },
  })) {
    test(`is not made with ${name}`, async () => assert.equal((await create(person, changes)).status, 400))
  }

  test('is one of at most twenty, however many are asked for at once', async () => {
    const visitor = await signedIn(market.app, dmitri)
    const answers = await Promise.all(Array.from({ length: 24 }, () => create(visitor)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 20)
    assert.equal((await visitor.get('/v1/identity/keys')).body.length, 20)
  })
})

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
