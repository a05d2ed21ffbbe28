import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri, operator } from '@fairhold/protocol/dev-accounts'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import {
  type App,
  ask,
  authorizeUrl,
  decide,
  exchange,
  locationOf,
  logIn,
  OFFLINE,
  pkce,
  refresh,
  registerApp,
  tokensFor,
  withToken,
} from '../../test/support/oauth.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { sweepJob } from '../jobs/sweeper.ts'
import { ACR_PROVED } from './contract.ts'

let market: Market
let owner: Visitor
let person: Visitor
let app: App
before(async () => {
  market = await startMarket()
  owner = await signedIn(market.app, ada)
  person = await signedIn(market.app, dmitri)
  app = await registerApp(owner)
})
after(() => market?.stop())

const did = `did:pkh:eip155:31337:${dmitri.address.toLowerCase()}`
const idTokenOf = async (token: string | undefined) => {
  const keys = (await new Visitor(market.app).get('/oauth/jwks')).body
  return (await jwtVerify(token ?? '', createLocalJWKSet(keys), { issuer: ORIGIN, audience: app.id })).payload
}

describe('logging in to an app', () => {
  test('gives it who the person is, and what it may see', async () => {
    const tokens = await tokensFor(market.app, person, app, { nonce: 'n-1' })
    const claims = await idTokenOf(tokens.id_token)
    assert.deepEqual([claims.sub, claims.nonce], [did, 'n-1'])
    const info = await withToken(market.app, tokens.access_token, '/oauth/userinfo')
    const shown = `${dmitri.address.slice(0, 6).toLowerCase()}…${dmitri.address.slice(-4).toLowerCase()}`
    const wallet = `eip155:31337:${dmitri.address.toLowerCase()}`
    assert.deepEqual(info.body, { sub: did, did, name: shown, wallet })
    assert.equal((await withToken(market.app, tokens.access_token, '/v1/deals')).status, 200)
  })

  test('lets it do no more than was allowed, and nothing that only a person does', async () => {
    const { access_token: token } = await tokensFor(market.app, person, app)
    const refused = await withToken(market.app, token, '/v1/identity/wallets')
    assert.deepEqual([refused.status, refused.body.code], [403, 'SCOPE_MISSING'])
    assert.match(refused.body.detail, /profile:read/)
    for (const url of ['/v1/identity/keys', '/v1/oauth/clients', '/v1/oauth/connections'])
      assert.equal((await withToken(market.app, token, url)).body.code, 'SCOPE_MISSING', url)
  })

  test('lends an app nothing of what the person may do as staff', async () => {
    const tokens = await tokensFor(market.app, await signedIn(market.app, operator), app)
    assert.equal((await withToken(market.app, tokens.access_token, '/v1/identity/roles')).body.code, 'FORBIDDEN')
  })

  test('asks who is signed out to sign in, and nobody a second time for the same', async () => {
    const visitor = new Visitor(market.app)
    const asked = await visitor.get(authorizeUrl(app))
    const page = locationOf(asked).pathname
    assert.equal((await visitor.get(`${page}/request`)).status, 200)
    assert.equal((await visitor.send('POST', `${page}/decision`, { allow: true })).status, 401)
    await visitor.signIn(bruno)
    assert.ok((await decide(visitor, asked)).searchParams.get('code'))
    assert.ok(locationOf(await visitor.get(authorizeUrl(app))).searchParams.get('code'), 'no page in between')
    const more = await visitor.get(authorizeUrl(app, { scope: 'openid profile deals:read deals:write' }))
    assert.match(locationOf(more).pathname, /^\/oauth\//, 'but for more')
  })

  test('tells who asks, since when, where the person is sent, and for what', async () => {
    const asked = await person.get(authorizeUrl(app, { scope: 'openid deals:write nonsense', prompt: 'consent' }))
    const { body } = await person.get(`${locationOf(asked).pathname}/request`)
    assert.deepEqual(body.scopes, ['openid', 'deals:write'])
    assert.deepEqual([body.client.name, body.client.redirectHost], ['Ship Shape', 'app.example'])
    assert.equal(body.client.registeredBy.address, ada.address.toLowerCase())
    assert.equal(body.proofNeeded, false)
  })

  test('tells the app when the person says no', async () => {
    const back = await decide(person, await person.get(authorizeUrl(app, { prompt: 'consent', state: 's' })), false)
    assert.deepEqual(
      [back.searchParams.get('error'), back.searchParams.get('state'), back.searchParams.get('iss')],
      ['access_denied', 's', ORIGIN],
    )
  })

  test('ends with the sign-in: who comes after is somebody else', async () => {
    const visitor = await signedIn(market.app, dmitri)
    await logIn(visitor, app)
    await visitor.signIn(bruno)
    const tokens = await tokensFor(market.app, visitor, app)
    assert.equal((await idTokenOf(tokens.id_token)).sub, `did:pkh:eip155:31337:${bruno.address.toLowerCase()}`)
    await visitor.send('DELETE', '/v1/identity/session')
    const silent = locationOf(await visitor.get(authorizeUrl(app, { prompt: 'none' })))
    assert.equal(silent.searchParams.get('error'), 'login_required')
  })

  test('drops what somebody decided who has signed out since', async () => {
    const visitor = await signedIn(market.app, dmitri)
    const page = locationOf(await visitor.get(authorizeUrl(app))).pathname
    const { body } = await visitor.send('POST', `${page}/decision`, { allow: true })
    await visitor.signIn(bruno)
    assert.equal((await visitor.get(body.location)).status, 404)
    const shown = await visitor.send('GET', body.location, undefined, { accept: 'text/html' })
    assert.equal(locationOf(shown).href, `${ORIGIN}/oauth/problem?why=expired`)
  })
})

describe('a fresh proof of who the person is', () => {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const stale = async () => {
    const visitor = await signedIn(market.app, dmitri)
    const { id } = (await visitor.get('/v1/identity/session')).body
    await market.context.db.session.update({ where: { id }, data: { provedAt: ago(60) } })
    await logIn(visitor, app)
    return visitor
  }
  const wishes: [name: string, params: Record<string, string>][] = [
    ['prompt=login', { prompt: 'login' }],
    ['max_age', { max_age: '600' }],
    ['acr_values', { acr_values: ACR_PROVED }],
    ['a scope that outlives the session', OFFLINE],
    ['a scope that changes something', { scope: 'openid listings:write', prompt: 'consent' }],
  ]
  for (const [name, params] of wishes) {
    test(`can be asked for with ${name}`, async () => {
      const visitor = await stale()
      const asked = await visitor.get(authorizeUrl(app, params))
      const page = locationOf(asked).pathname
      assert.equal((await visitor.get(`${page}/request`)).body.proofNeeded, true)
      const refused = await visitor.send('POST', `${page}/decision`, { allow: true })
      assert.equal(refused.body.code, 'STEP_UP_NEEDED')
      assert.equal((await visitor.signFor('prove', '/v1/identity/proof/wallet', dmitri)).status, 200)
      assert.ok((await decide(visitor, asked)).searchParams.get('code'), 'the proof is enough')
      if (params.prompt) return // would ask again
      const claims = await idTokenOf((await tokensFor(market.app, visitor, app, params)).id_token)
      if (params.acr_values) assert.equal(claims.acr, ACR_PROVED)
      if (params.max_age) assert.ok(Date.now() / 1000 - Number(claims.auth_time) < 60)
    })
  }

  test('is asked for by max_age of who has not given one in this session, however young that is', async () => {
    const visitor = await signedIn(market.app, dmitri)
    await logIn(visitor, app)
    const { id } = (await visitor.get('/v1/identity/session')).body
    await market.context.db.session.update({ where: { id }, data: { provedAt: null } })
    assert.match(locationOf(await visitor.get(authorizeUrl(app, { max_age: '7200' }))).pathname, /^\/oauth\//)
  })

  test('is not asked for by who needs none', async () => {
    const back = locationOf(await (await stale()).get(authorizeUrl(app, { max_age: '7200' })))
    assert.ok(back.searchParams.get('code'))
  })
})

describe('tokens', () => {
  test('are nowhere in the tables as they are', async () => {
    const tokens = await tokensFor(market.app, person, app, OFFLINE)
    await person.get(authorizeUrl(app, { prompt: 'consent' })) // a request that waits for its answer
    const rows = JSON.stringify(await market.context.db.oauthItem.findMany())
    const cookies = Object.values(person.cookies).filter((value) => value !== '')
    for (const secret of [tokens.access_token, tokens.refresh_token, app.secret, ...cookies])
      assert.ok(secret && !rows.includes(secret), `${secret} stands in the tables`)
    assert.ok(rows.includes(app.id), 'the test looks at the right thing')
  })

  test('are renewed, each refresh token once', async () => {
    const first = await tokensFor(market.app, person, app, OFFLINE)
    const second = (await refresh(market.app, app, first.refresh_token ?? '')).body
    assert.notEqual(second.refresh_token, first.refresh_token)
    assert.equal((await withToken(market.app, second.access_token, '/v1/deals')).status, 200)
  })

  test('come without a refresh token unless the app asks for one', async () => {
    assert.equal((await tokensFor(market.app, person, app)).refresh_token, undefined)
  })

  test('end when the person ends what the app may do', async () => {
    const visitor = await signedIn(market.app, bruno)
    const tokens = await tokensFor(market.app, visitor, app, OFFLINE)
    await withToken(market.app, tokens.access_token, '/v1/deals')
    const [listed] = (await visitor.get('/v1/oauth/connections')).body
    assert.deepEqual([listed.clientId, listed.scopes], [app.id, ['openid', 'profile', 'offline_access', 'deals:read']])
    assert.ok(Date.now() - Date.parse(listed.lastUsedAt) < 60_000)
    assert.equal((await visitor.send('DELETE', `/v1/oauth/connections/${app.id}`)).status, 204)
    assert.equal((await withToken(market.app, tokens.access_token, '/v1/deals')).body.code, 'TOKEN_REFUSED')
    assert.equal((await refresh(market.app, app, tokens.refresh_token ?? '')).body.error, 'invalid_grant')
    assert.deepEqual((await visitor.get('/v1/oauth/connections')).body, [])
  })

  test('of a person whose account is closed are void', async () => {
    const visitor = await signedIn(market.app, bruno)
    const tokens = await tokensFor(market.app, visitor, app, OFFLINE)
    const { did: of } = (await visitor.get('/v1/identity/session')).body
    await market.context.db.account.update({ where: { did: of }, data: { deletedAt: new Date() } })
    try {
      assert.equal((await withToken(market.app, tokens.access_token, '/v1/deals')).status, 401)
      assert.equal((await refresh(market.app, app, tokens.refresh_token ?? '')).body.error, 'invalid_grant')
    } finally {
      await market.context.db.account.update({ where: { did: of }, data: { deletedAt: null } })
    }
  })

  test('are explained to the app that they were given to, and revoked by it', async () => {
    const tokens = await tokensFor(market.app, person, app, OFFLINE)
    const { body } = await ask(market.app, app, 'introspect', { token: tokens.access_token })
    assert.deepEqual([body.active, body.sub, body.client_id], [true, did, app.id])
    assert.equal((await ask(market.app, app, 'revoke', { token: tokens.refresh_token })).status, 200)
    assert.equal((await ask(market.app, app, 'introspect', { token: tokens.access_token })).body.active, false)
    assert.equal((await withToken(market.app, tokens.access_token, '/v1/deals')).status, 401)
  })
})

describe('the provider', () => {
  test('forgets what nobody can use any more', async () => {
    const { db } = market.context
    await tokensFor(market.app, person, app, OFFLINE)
    const kept = await db.oauthItem.count({ where: { kind: 'RefreshToken' } })
    await db.oauthItem.updateMany({ where: { kind: 'AccessToken' }, data: { expiresAt: new Date(0) } })
    await sweepJob(market.context, Date.now).work('app')
    assert.equal(await db.oauthItem.count({ where: { kind: 'AccessToken' } }), 0)
    assert.equal(await db.oauthItem.count({ where: { kind: 'RefreshToken' } }), kept)
  })

  test('has every scope in the guide for developers', async () => {
    const guide = await readFile(join(import.meta.dirname, '../../../docs/integration/oauth.md'), 'utf8')
    const { scopes_supported: supported } = (await person.get('/.well-known/openid-configuration')).body
    assert.deepEqual(
      [...guide.matchAll(/^\| `([a-z_:]+)` \| [A-Z]/gm)].map(([, scope]) => scope).filter((scope) => scope !== 'access_denied'),
      supported,
    )
  })
})

describe('the audit log', () => {
  test('tells what was registered, changed, allowed, ended and reused', async () => {
    const since = new Date()
    const mine = await registerApp(owner)
    const change = { name: 'Ship Shape', homepage: 'https://app.example/', redirectUris: [mine.redirectUri] }
    await owner.send('PUT', `/v1/oauth/clients/${mine.id}`, change)
    const { refresh_token: token = '' } = await tokensFor(market.app, person, mine, OFFLINE)
    await refresh(market.app, mine, token)
    await refresh(market.app, mine, token) // reused
    const { refresh_token: another } = await tokensFor(market.app, person, mine, OFFLINE)
    await ask(market.app, mine, 'revoke', { token: another })
    await tokensFor(market.app, person, mine, OFFLINE)
    await person.send('DELETE', `/v1/oauth/connections/${mine.id}`)
    await owner.send('DELETE', `/v1/oauth/clients/${mine.id}`)
    const where = { at: { gte: since }, subject: mine.id }
    const entries = await market.context.db.auditEntry.findMany({ where, orderBy: { id: 'asc' }, select: { kind: true } })
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      [
        ...['app.registered', 'app.changed', 'app.allowed', 'app.token-reused', 'app.allowed'],
        ...['app.revoked', 'app.allowed', 'app.revoked', 'app.removed'],
      ],
    )
  })
})

describe('another process', () => {
  test('goes on where the first one was', async () => {
    const { buildApp } = await import('../app.ts')
    const second = await buildApp(market.context)
    try {
      const { verifier, challenge } = pkce()
      const asked = await person.get(authorizeUrl(app, { code_challenge: challenge, ...OFFLINE }))
      const there = new Visitor(second)
      Object.assign(there.cookies, person.cookies)
      there.csrf = person.csrf
      const code = (await decide(there, asked)).searchParams.get('code') ?? ''
      const tokens = (await exchange(market.app, app, { code, verifier })).body
      assert.equal((await withToken(second, tokens.access_token, '/v1/deals')).status, 200)
      assert.equal((await refresh(second, app, tokens.refresh_token)).status, 200)
    } finally {
      await second.close()
    }
  })
})
