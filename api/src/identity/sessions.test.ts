import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, chiara } from '@fairhold/protocol/dev-accounts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { type Answer, signedIn, Visitor } from '../../test/support/visitor.ts'
import { createKey } from '../api-keys/keys.ts'
import { lockAccount } from './accounts.ts'
import { openSession, sha256 } from './sessions.ts'
import { rememberDevice } from './tries.ts'

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())

const PROFILE = '/v1/identity/profile'
const body = { name: 'Ada', bio: '' }
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))

describe('a write of another site, with our visitor’s cookies', () => {
  test('has not the token of the session, and is refused', async () => {
    const visitor = await signedIn(market.app, ada)
    refused(await visitor.send('PUT', PROFILE, body, { 'x-csrf-token': '' }), 403, 'CSRF_REFUSED')
    const { csrf } = await signedIn(market.app, bruno)
    refused(await visitor.send('PUT', PROFILE, body, { 'x-csrf-token': csrf }), 403, 'CSRF_REFUSED')
    assert.equal((await visitor.send('PUT', PROFILE, body)).status, 200)
  })

  test('comes from elsewhere, or as a form, and is refused', async () => {
    const visitor = await signedIn(market.app, ada)
    refused(await visitor.send('PUT', PROFILE, body, { origin: 'https://evil.example' }), 403, 'FOREIGN_ORIGIN')
    refused(await visitor.send('PUT', PROFILE, body, { origin: `${ORIGIN}.evil.example` }), 403, 'FOREIGN_ORIGIN')
    refused(await visitor.send('PUT', PROFILE, body, { 'sec-fetch-site': 'cross-site' }), 403, 'FOREIGN_ORIGIN')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    refused(await visitor.send('PUT', PROFILE, 'name=Eve', form), 415, 'WRONG_MEDIA')
  })

  test('cannot read the token: no other origin is let in', async () => {
    const visitor = await signedIn(market.app, ada)
    const { headers } = await visitor.send('GET', '/v1/identity/session', undefined, { origin: 'https://evil.example' })
    assert.equal(headers['access-control-allow-origin'], undefined)
    const asked = await visitor.send('OPTIONS' as 'GET', '/v1/identity/session', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'PUT',
    })
    assert.equal(asked.headers['access-control-allow-origin'], undefined)
  })

  test('cannot show a page of ours in a frame', async () => {
    const { headers } = await new Visitor(market.app).get('/v1/config')
    assert.match(String(headers['content-security-policy']), /frame-ancestors '(self|none)'/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })
})

describe('a session', () => {
  test('that a thief planted in the browser is not the one that signing in opens', async () => {
    const thief = await signedIn(market.app, bruno)
    const victim = new Visitor(market.app)
    victim.cookies.fairhold_session = thief.cookies.fairhold_session ?? ''
    await victim.signIn(ada)
    assert.notEqual(victim.cookies.fairhold_session, thief.cookies.fairhold_session)
    assert.equal((await thief.get('/v1/identity/session')).status, 401, 'the planted one ends, too')
  })

  test('that a thief planted as a secret of the browser opens no nonce for the thief', async () => {
    const thief = new Visitor(market.app)
    const nonce = await thief.nonce()
    const victim = new Visitor(market.app)
    const message = victim.messageToSign(ada, { nonce })
    refused(await victim.send('POST', '/v1/identity/session', await victim.sign(ada, message)), 401, 'SIGN_IN_REFUSED')
  })

  test('is no session in pieces, padded, or with another’s end', async () => {
    const token = (await signedIn(market.app, ada)).cookies.fairhold_session ?? ''
    for (const other of [token.slice(0, -1), `${token}A`, token.toUpperCase(), '', "' OR 1=1 --", `${token}; x`]) {
      const visitor = new Visitor(market.app)
      visitor.cookies.fairhold_session = other
      assert.equal((await visitor.get('/v1/identity/session')).status, 401, other)
    }
  })

  test('does not help a program whose token is bad', async () => {
    const visitor = await signedIn(market.app, ada)
    for (const authorization of ['Bearer x', 'Bearer', 'Basic YWRhOmFkYQ==', `Bearer ${'x'.repeat(9_000)}`])
      refused(await visitor.send('GET', '/v1/identity/session', undefined, { authorization }), 401, 'TOKEN_REFUSED')
  })

  test('of a chain is none on another', async () => {
    const visitor = await signedIn(market.app, ada)
    await market.context.db.session.updateMany({ data: { chain: 'eip155:1' } })
    assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })
})

test('NUL in a path is refused, and no fault of ours', async () => {
  const visitor = await signedIn(market.app, ada)
  for (const path of ['/v1/identity/keys/%00', '/v1/oauth/connections/%00', '/v1/oauth/clients/%00', '/v1/identity/sessions/%00'])
    assert.equal((await visitor.send('DELETE', path)).status, 400, path)
})

test('headers that are far too large are refused, and nothing else suffers', async () => {
  await market.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = market.app.server.address() as AddressInfo
  const ask = (cookie: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path: '/v1/identity/session', headers: { cookie } }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      request.on('error', reject)
    })
  assert.equal(await ask(`fairhold_session=${'x'.repeat(20_000)}`), 431)
  assert.equal(await ask('fairhold_session=x'), 401)
})

describe('a sign-in under way', () => {
  test('leaves nothing of an account that is closed in the same moment', async () => {
    const { context } = market
    const visitor = await signedIn(market.app, chiara)
    await visitor.send('PUT', PROFILE, { name: 'Chiara', bio: '' })
    const { id: accountId } = await context.db.account.findFirstOrThrow({ where: { name: 'Chiara' } })
    const entries = () => context.db.auditEntry.count({ where: { actor: accountId, kind: 'identity.signed-in' } })
    const before = await entries()
    const address = chiara.address.toLowerCase()
    const late: Promise<unknown>[] = []
    await context.db.$transaction(async (tx) => {
      await lockAccount(tx, accountId)
      late.push(openSession(context, { accountId, address, userAgent: 'late', ip: '203.0.113.9', proved: true }))
      late.push(rememberDevice(context, accountId, 'a browser that comes late'))
      late.push(createKey(context, accountId, { name: 'late', scopes: ['deals:read'], days: 30 }))
      for (const one of late) one.catch(() => undefined)
      await tx.session.deleteMany({ where: { accountId } })
      await tx.wallet.deleteMany({ where: { accountId } })
      await tx.account.update({ where: { id: accountId }, data: { deletedAt: new Date() } })
    })
    const [opened, , key] = await Promise.allSettled(late)
    for (const refused of [opened, key]) assert.equal(refused?.status === 'rejected' && refused.reason.code, 'NOT_SIGNED_IN')
    assert.equal(await context.db.session.count({ where: { accountId } }), 0)
    assert.equal(await context.db.knownDevice.count({ where: { accountId, deviceHash: sha256('a browser that comes late') } }), 0)
    assert.equal(await context.db.apiKey.count({ where: { accountId } }), 0)
    assert.equal(await entries(), before)
  })
})

describe('over https', () => {
  let secure: Market
  before(async () => {
    secure = await startMarket(undefined, { PUBLIC_ORIGIN: 'https://market.example' })
  })
  after(() => secure?.stop())

  test('cookies are bound to this host and to https; one that another host of the domain set is not looked at', async () => {
    const visitor = new Visitor(secure.app)
    const changes = { domain: 'market.example', uri: 'https://market.example' }
    const { status, headers } = await visitor.signIn(ada, changes)
    assert.equal(status, 200)
    const cookies = [headers['set-cookie']].flat().map(String)
    const cookie = cookies.find((one) => one.startsWith('__Host-fairhold_session=')) ?? ''
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) assert.ok(cookie.includes(part), part)
    assert.doesNotMatch(cookie, /Domain/i)
    const token = visitor.cookies['__Host-fairhold_session'] ?? ''
    const tossed = new Visitor(secure.app)
    tossed.cookies.fairhold_session = token
    assert.equal((await tossed.get('/v1/identity/session')).status, 401)
  })
})
