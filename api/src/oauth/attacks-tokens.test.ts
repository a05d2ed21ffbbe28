import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, dmitri, operator } from '@fairhold/protocol/dev-accounts'
import { addApp } from '../../test/support/authenticator-app.ts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import {
  type App,
  ask,
  authorizeUrl,
  CALLBACK,
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
import { type Answer, signedIn, type Visitor } from '../../test/support/visitor.ts'

let market: Market
let owner: Visitor
let person: Visitor
let app: App
let other: App
let open: App // a public app
before(async () => {
  market = await startMarket()
  owner = await signedIn(market.app, ada)
  person = await signedIn(market.app, dmitri)
  app = await registerApp(owner)
  other = await registerApp(owner, { name: 'Another', redirectUris: ['https://other.example/back'] })
  open = await registerApp(owner, { name: 'On a phone', confidential: false })
})
after(() => market?.stop())

/** Neither the app nor anybody else is told anything: the person stays here. */
const staysHere = (answer: Answer, why: string) => assert.equal(locationOf(answer).href, `${ORIGIN}/oauth/problem?why=${why}`)
const asPerson = (url: string) => person.send('GET', url, undefined, { accept: 'text/html' })
const refusal = async (params: Record<string, string | undefined>, of = app) =>
  locationOf(await person.get(authorizeUrl(of, params))).searchParams
const works = async (token: string) => (await withToken(market.app, token, '/v1/deals')).status === 200

describe('codes', () => {
  test('replay: a code is good once, and what was got with it is void after a second try', async () => {
    const login = await logIn(person, app, OFFLINE)
    const tokens = (await exchange(market.app, app, login)).body
    assert.ok(await works(tokens.access_token))
    const again = await exchange(market.app, app, login)
    assert.deepEqual([again.status, again.body.error], [400, 'invalid_grant'])
    assert.equal(await works(tokens.access_token), false)
    assert.equal((await refresh(market.app, app, tokens.refresh_token)).body.error, 'invalid_grant')
  })

  test('race: of many who hand in one code at once at most one gets tokens, and those are void', async () => {
    const login = await logIn(person, app, OFFLINE)
    const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(market.app, app, login)))
    const got = answers.filter(({ status }) => status === 200)
    assert.ok(got.length <= 1, `${got.length} got tokens`)
    assert.ok(answers.every(({ status }) => status === 200 || status === 400))
    for (const { body } of got) assert.equal(await works(body.access_token), false)
  })

  test('of another app are good for nobody else', async () => {
    const login = await logIn(person, app)
    const stolen = await exchange(market.app, other, { ...login, redirectUri: app.redirectUri })
    assert.deepEqual([stolen.status, stolen.body.error], [400, 'invalid_grant'])
    assert.equal((await exchange(market.app, { ...app, secret: null }, login)).status, 401, 'nor without the secret')
    assert.equal((await exchange(market.app, { ...app, secret: 'guess' }, login)).status, 401, 'nor with a wrong one')
    assert.equal((await exchange(market.app, app, login)).status, 200)
  })

  test('are bound to the address that they were sent to', async () => {
    const two = await registerApp(owner, { redirectUris: [CALLBACK, 'https://app.example/two'] })
    const login = await logIn(person, two)
    const answer = await exchange(market.app, two, { ...login, redirectUri: 'https://app.example/two' })
    assert.equal(answer.body.error, 'invalid_grant')
  })

  test('are good for a minute', async () => {
    const login = await logIn(person, app)
    const { db } = market.context
    const items = await db.oauthItem.findMany({ where: { kind: 'AuthorizationCode', consumedAt: null } })
    for (const { idHash, payload } of items) {
      const { iat, exp } = JSON.parse(payload)
      assert.equal(exp - iat, 60)
      const old = JSON.stringify({ ...JSON.parse(payload), exp: iat - 60 })
      await db.oauthItem.update({ where: { kind_idHash: { kind: 'AuthorizationCode', idHash } }, data: { payload: old } })
    }
    assert.equal((await exchange(market.app, app, login)).body.error, 'invalid_grant')
  })
})

describe('PKCE', () => {
  const wrong: [name: string, params: Record<string, string | undefined>][] = [
    ['absent', { code_challenge: undefined, code_challenge_method: undefined }],
    ['plain', { code_challenge_method: 'plain' }],
    ['of no method, which would be plain', { code_challenge_method: undefined }],
    ['of a method without a challenge', { code_challenge: undefined }],
    ['of an unknown method', { code_challenge_method: 'S512' }],
    ['with a challenge that is none', { code_challenge: 'short' }],
  ]
  for (const [name, params] of wrong) {
    for (const kind of ['confidential', 'public'] as const) {
      test(`${name}: refused for a ${kind} app`, async () => {
        const answer = await refusal(params, kind === 'public' ? open : app)
        assert.deepEqual([answer.get('error'), answer.get('code')], ['invalid_request', null])
      })
    }
  }

  test('with a wrong verifier, or none: no tokens', async () => {
    for (const verifier of [pkce().verifier, '', undefined]) {
      const { code } = await logIn(person, open)
      const answer = await exchange(market.app, open, { code, verifier })
      assert.equal(answer.status, 400)
      assert.equal(answer.body.error, 'invalid_grant')
    }
  })

  test('with the challenge in place of the verifier: no tokens', async () => {
    const { challenge } = pkce()
    const { code } = await logIn(person, open, { code_challenge: challenge })
    assert.equal((await exchange(market.app, open, { code, verifier: challenge })).body.error, 'invalid_grant')
  })
})

describe('refresh tokens', () => {
  test('reuse: a token that was renewed is a stolen one, and ends all that came of it', async () => {
    const first = await tokensFor(market.app, person, app, OFFLINE)
    const second = (await refresh(market.app, app, first.refresh_token ?? '')).body
    assert.equal((await refresh(market.app, app, first.refresh_token ?? '')).body.error, 'invalid_grant')
    assert.equal((await refresh(market.app, app, second.refresh_token)).body.error, 'invalid_grant')
    assert.equal(await works(second.access_token), false)
  })

  test('race: of many who renew with one token at once at most one gets another, and that is void', async () => {
    const { refresh_token: token } = await tokensFor(market.app, person, app, OFFLINE)
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(market.app, app, token ?? '')))
    const got = answers.filter(({ status }) => status === 200)
    assert.ok(got.length <= 1)
    assert.ok(answers.every(({ status }) => status === 200 || status === 400))
    for (const { body } of got) assert.equal((await refresh(market.app, app, body.refresh_token)).status, 400)
  })

  test('cannot be used after revocation, nor by another app', async () => {
    const { refresh_token: token = '' } = await tokensFor(market.app, person, app, OFFLINE)
    assert.equal((await refresh(market.app, other, token)).body.error, 'invalid_grant')
    await ask(market.app, other, 'revoke', { token })
    const renewed = await refresh(market.app, app, token)
    assert.equal(renewed.status, 200, 'a stranger revokes nothing')
    await ask(market.app, app, 'revoke', { token: renewed.body.refresh_token })
    assert.equal((await refresh(market.app, app, renewed.body.refresh_token)).body.error, 'invalid_grant')
  })

  test('give no more scopes than were allowed, and fewer where fewer are asked for', async () => {
    const { refresh_token: token = '' } = await tokensFor(market.app, person, app, OFFLINE)
    const more = await refresh(market.app, app, token, { scope: 'openid deals:read deals:write' })
    assert.equal(more.body.error, 'invalid_scope')
    const fewer = await refresh(market.app, app, token, { scope: 'openid' })
    assert.equal(fewer.body.scope, 'openid')
    assert.equal(
      (await withToken(market.app, fewer.body.access_token, `/v1/deals/0x${'0'.repeat(64)}`)).body.code,
      'SCOPE_MISSING',
    )
  })

  test('are no access tokens, nor the other way round', async () => {
    const tokens = await tokensFor(market.app, person, app, OFFLINE)
    assert.equal((await withToken(market.app, tokens.refresh_token ?? '', '/v1/deals')).status, 401)
    assert.equal((await withToken(market.app, tokens.id_token ?? '', '/v1/deals')).status, 401)
    assert.equal((await refresh(market.app, app, tokens.access_token)).body.error, 'invalid_grant')
  })
})

describe('an app that the market stopped', () => {
  test('has tokens that are refused, and can get no others, until it may go on', async () => {
    const admin = await signedIn(market.app, operator)
    await addApp(admin) // staff act with a second factor only
    const tokens = await tokensFor(market.app, person, other, OFFLINE)
    const stop = (disabled: boolean) => admin.send('PUT', `/v1/oauth/clients/${other.id}/disabled`, { disabled })
    assert.equal((await owner.send('PUT', `/v1/oauth/clients/${other.id}/disabled`, { disabled: true })).status, 403)
    assert.equal((await stop(true)).status, 204)
    assert.equal(await works(tokens.access_token), false)
    assert.equal((await withToken(market.app, tokens.access_token, '/oauth/userinfo')).status, 401)
    assert.equal((await refresh(market.app, other, tokens.refresh_token ?? '')).body.error, 'invalid_client')
    staysHere(await asPerson(authorizeUrl(other)), 'unknown-app')
    await stop(false)
    assert.ok(await works(tokens.access_token))
  })

  test('and one that was taken away has nothing left', async () => {
    const gone = await registerApp(owner)
    const tokens = await tokensFor(market.app, person, gone, OFFLINE)
    const asked = await person.get(authorizeUrl(gone, { prompt: 'consent' }))
    assert.equal((await owner.send('DELETE', `/v1/oauth/clients/${gone.id}`)).status, 204)
    assert.equal(await works(tokens.access_token), false)
    assert.equal((await refresh(market.app, gone, tokens.refresh_token ?? '')).status, 401)
    await assert.rejects(decide(person, asked), /NOT_FOUND/)
  })
})
