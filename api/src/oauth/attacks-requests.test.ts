import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { decodeJwt } from 'jose'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import {
  type App,
  ask,
  authorizeUrl,
  CALLBACK,
  locationOf,
  logIn,
  registerApp,
  tokensFor,
  withToken,
} from '../../test/support/oauth.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

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

const refusal = async (params: Record<string, string | undefined>, of = app) =>
  locationOf(await person.get(authorizeUrl(of, params))).searchParams

describe('answers', () => {
  test('mix-up: each names us, so that an app knows whose answer it is (RFC 9207)', async () => {
    const { back } = await logIn(person, app)
    assert.equal(back.searchParams.get('iss'), ORIGIN)
    assert.equal((await refusal({ code_challenge: undefined })).get('iss'), ORIGIN)
    const { body } = await person.get('/.well-known/openid-configuration')
    assert.deepEqual([body.issuer, body.authorization_response_iss_parameter_supported], [ORIGIN, true])
  })

  test('mix-up: what we are called does not depend on what the request says', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    const { body } = await person.send('GET', '/.well-known/openid-configuration', undefined, headers)
    for (const [name, value] of Object.entries(body))
      if (/endpoint|uri|issuer/.test(name)) assert.doesNotMatch(`${value}`, /evil/)
  })

  test('carry the state of the app, as it was', async () => {
    const state = `a b&c=d#e"'<>\u0000\ud83d\ude00${'x'.repeat(500)}`
    assert.equal((await logIn(person, app, { state })).back.searchParams.get('state'), state)
    assert.equal((await logIn(person, app)).back.searchParams.get('state'), null)
  })

  test('carry the nonce of the app in the ID token, and nobody else as its audience', async () => {
    const { id_token: token } = await tokensFor(market.app, person, app, { nonce: 'once' })
    const claims = decodeJwt(token ?? '')
    assert.deepEqual([claims.nonce, claims.aud, claims.iss], ['once', app.id, ORIGIN])
  })

  for (const [name, params] of Object.entries({
    'a page that posts itself': { response_mode: 'form_post' },
    'a message to a window': { response_mode: 'web_message' },
    'a JWT': { response_mode: 'query.jwt' },
    'a mode that does not exist': { response_mode: 'nonsense' },
  })) {
    test(`response_mode: no answer as ${name}`, async () => {
      const answer = await refusal(params)
      assert.deepEqual([answer.get('error'), answer.get('code')], ['unsupported_response_mode', null])
    })
  }

  test('response_mode: no code in a fragment', async () => {
    const back = locationOf(await person.get(authorizeUrl(app, { response_mode: 'fragment' })))
    assert.match(back.hash, /error=invalid_request/)
    assert.doesNotMatch(back.href, /code=/)
  })

  for (const type of ['token', 'id_token', 'code id_token', 'code token', 'none', 'code code', 'nonsense']) {
    test(`response_type ${type}: no tokens in addresses`, async () => {
      const { href } = locationOf(await person.get(authorizeUrl(app, { response_type: type, nonce: 'n' })))
      if (type !== 'code code') assert.match(href, /error=unsupported_response_(type|mode)/)
      assert.doesNotMatch(href, /access_token|id_token=/)
    })
  }

  test('prompt=none: no page, and no code without a session or a consent', async () => {
    const nobody = await new Visitor(market.app).get(authorizeUrl(app, { prompt: 'none' }))
    assert.equal(locationOf(nobody).searchParams.get('error'), 'login_required')
    const fresh = await signedIn(market.app, bruno)
    const answer = locationOf(await fresh.get(authorizeUrl(app, { prompt: 'none' })))
    assert.equal(answer.searchParams.get('error'), 'consent_required')
    const both = await refusal({ prompt: 'none login' })
    assert.equal(both.get('error'), 'invalid_request')
  })

  test('request objects: off, also those that we would fetch', async () => {
    assert.equal((await refusal({ request: 'eyJhbGciOiJub25lIn0.e30.' })).get('error'), 'request_not_supported')
    assert.equal((await refusal({ request_uri: 'https://evil.example/x' })).get('error'), 'request_uri_not_supported')
    assert.equal((await refusal({ registration: '{}' })).get('error'), 'registration_not_supported')
  })
})

describe('clients that show who they are', () => {
  test('apps on the own machine without a secret are allowed anew each time', async () => {
    const redirectUris = ['http://127.0.0.1:7777/back']
    const local = await registerApp(owner, { confidential: false, redirectUris })
    await logIn(person, local)
    assert.match(locationOf(await person.get(authorizeUrl(local))).pathname, /^\/oauth\//)
    const silent = await refusal({ prompt: 'none' }, local)
    assert.equal(silent.get('error'), 'interaction_required')
  })

  test('pages of other sites get tokens only from the site of their app', async () => {
    for (const [origin, status] of [
      ['https://app.example', 200],
      ['https://evil.example', 400],
      ['null', 400],
    ] as const) {
      const { code, verifier } = await logIn(person, open)
      const params = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier }
      const answer = await ask(market.app, open, 'token', params, { origin })
      assert.equal(answer.status, status, origin)
      assert.equal(answer.headers['access-control-allow-origin'], status === 200 ? origin : undefined)
      assert.equal(answer.headers['access-control-allow-credentials'], undefined)
    }
  })

  test('JWT assertions: off, with whatever key', async () => {
    const { code, verifier } = await logIn(person, app)
    const assertion = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: app.id, iss: app.id })).toString('base64url')}.`
    const answer = await ask(market.app, { ...app, secret: null }, 'token', {
      ...{ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: app.redirectUri },
      ...{ client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion },
    })
    assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client'])
  })

  test('the hash of a secret is not the secret', async () => {
    const { secretHash } = await market.context.db.oauthClient.findUniqueOrThrow({ where: { id: app.id } })
    const answer = await ask(market.app, { ...app, secret: secretHash }, 'introspect', { token: 'x' })
    assert.equal(answer.status, 401)
  })

  test('a new secret makes the old one void', async () => {
    const mine = await registerApp(owner)
    const renewed = await owner.send('POST', `/v1/oauth/clients/${mine.id}/secret`)
    assert.equal((await ask(market.app, mine, 'introspect', { token: 'x' })).status, 401)
    assert.equal((await ask(market.app, { ...mine, secret: renewed.body.secret }, 'introspect', { token: 'x' })).status, 200)
  })

  test('introspection: a stranger learns nothing, nor does who has no secret', async () => {
    const { access_token: token } = await tokensFor(market.app, person, app)
    assert.deepEqual((await ask(market.app, other, 'introspect', { token })).body, { active: false })
    const { access_token: ofOpen } = await tokensFor(market.app, person, open)
    assert.deepEqual((await ask(market.app, open, 'introspect', { token: ofOpen })).body, { active: false })
    assert.equal((await ask(market.app, { ...app, secret: null, id: '' }, 'introspect', { token })).status, 400)
  })

  for (const grant of ['password', 'client_credentials', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code', '']) {
    test(`grant ${grant || 'of no kind'}: there is none`, async () => {
      const answer = await ask(market.app, app, 'token', { grant_type: grant, username: 'a', password: 'b' })
      assert.equal(answer.status, 400)
      assert.match(answer.body.error, /unsupported_grant_type|invalid_request/)
    })
  }
})

describe('what is no proper request gets an answer of its kind, and never a failure of ours', () => {
  test('oversized', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const large = await new Visitor(market.app).send('POST', '/oauth/token', `token=${'x'.repeat(200_000)}`, form)
    assert.deepEqual([large.status, large.body.error], [400, 'invalid_request'])
    assert.equal((await ask(market.app, app, 'introspect', { token: 'x'.repeat(50_000) })).body.active, false)
    assert.equal((await person.get(authorizeUrl(app, { state: 'x'.repeat(12_000) }))).status, 303)
    assert.equal((await withToken(market.app, 'x'.repeat(10_000), '/v1/deals')).status, 401)
  })

  const strange: [method: 'GET' | 'POST', url: string, body?: string | undefined, headers?: Record<string, string>][] = [
    ['POST', '/oauth/token', '{"grant_type":"x"}', { 'content-type': 'application/json' }],
    ['POST', '/oauth/token', 'a=%00&grant_type=%ff', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['POST', '/oauth/token', undefined, {}],
    [
      'POST',
      '/oauth/token',
      'grant_type=refresh_token',
      { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Basic %%%' },
    ],
    ['POST', '/oauth/revoke', 'token=%00', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['GET', '/oauth/userinfo'],
    ['GET', '/oauth/userinfo', undefined, { authorization: 'Bearer ' }],
    ['GET', '/oauth/userinfo', undefined, { authorization: 'Bearer a b c' }],
    ['GET', '/oauth/auth'],
    ['GET', '/oauth/auth?client_id=a&client_id=b'],
    ['GET', '/oauth/auth?scope[]=x&client_id[a]=b'],
    ['GET', '/oauth/auth/nothing'],
    ['GET', '/oauth/auth/%00'],
    ['GET', '/oauth/nothing/request'],
    ['GET', '/oauth/%00/request'],
  ]
  for (const [method, url, body, headers = {}] of strange) {
    test(`${method} ${url} ${body ?? ''} ${headers.authorization ?? ''}`, async () => {
      const answer = await person.send(method, url, body, headers)
      assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${JSON.stringify(answer.body)}`)
      assert.ok(answer.body.error ?? answer.body.code, 'it says what is wrong')
    })
  }

  test('parameters of authorization that are text of no kind', async () => {
    const values = ['\0', '\ud800', 'x'.repeat(3000), '[]', '{"a":1}', '-1', '1e99', "'; DROP TABLE app.account; --", '<script>']
    for (const name of [
      'scope',
      'state',
      'nonce',
      'max_age',
      'acr_values',
      'prompt',
      'login_hint',
      'id_token_hint',
      'ui_locales',
      'display',
    ])
      for (const value of values) {
        const answer = await person.get(authorizeUrl(app, { [name]: value }))
        assert.ok(
          answer.status < 500,
          `${name}=${JSON.stringify(value.slice(0, 20))}: ${answer.status} ${JSON.stringify(answer.body)}`,
        )
      }
  })
})
