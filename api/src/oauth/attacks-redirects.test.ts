import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { type App, authorizeUrl, CALLBACK, locationOf, registerApp, tokensFor } from '../../test/support/oauth.ts'
import { type Answer, signedIn, type Visitor } from '../../test/support/visitor.ts'

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

/** Neither the app nor anybody else is told anything: the person stays here. */
const staysHere = (answer: Answer, why: string) => assert.equal(locationOf(answer).href, `${ORIGIN}/oauth/problem?why=${why}`)
const asPerson = (url: string) => person.send('GET', url, undefined, { accept: 'text/html' })

describe('open redirect: a person is sent only where the app said when it was registered', () => {
  const uris: [name: string, uri: string | undefined][] = [
    ['of a stranger', 'https://evil.example/back'],
    ['left out', undefined],
    ['with more path', `${CALLBACK}/more`],
    ['with dots in its path', 'https://app.example/x/../back'],
    ['with an encoded slash', 'https://app.example%2Fback'],
    ['with an encoded letter', 'https://app.example/%62ack'],
    ['with a query', `${CALLBACK}?next=https://evil.example`],
    ['with a fragment', `${CALLBACK}#x`],
    ['with a name before the host', 'https://app.example@evil.example/back'],
    ['with a name before the right host', 'https://me@app.example/back'],
    ['with another port', 'https://app.example:8443/back'],
    ['with the usual port', 'https://app.example:443/back'],
    ['of a host below', 'https://x.app.example/back'],
    ['of a host that begins alike', 'https://app.example.evil.example/back'],
    ['in capitals', 'https://APP.example/back'],
    ['over http', 'http://app.example/back'],
    ['with a backslash', 'https://evil.example\\@app.example/back'],
    ['that is a script', 'javascript:alert(1)//app.example/back'],
    ['that is data', 'data:text/html,hello'],
    ['with a line break', `${CALLBACK}\r\nlocation: https://evil.example`],
    ['with a NUL', `${CALLBACK}\0`],
  ]
  for (const [name, uri] of uris) {
    test(`not to an address ${name}`, async () => {
      staysHere(await asPerson(authorizeUrl(app, { redirect_uri: uri })), uri === undefined ? 'bad-request' : 'bad-redirect')
      const program = await person.get(authorizeUrl(app, { redirect_uri: uri }))
      assert.equal(program.status, 400)
      assert.match(program.body.error, /^invalid_re/)
    })
  }

  test('nor to two addresses at once', async () => {
    staysHere(await asPerson(`${authorizeUrl(app)}&redirect_uri=https://evil.example/`), 'bad-request')
  })

  test('nor for an app that nobody registered', async () => {
    for (const id of ['app_000000000000000000000000', 'x', 'a\0b', '../x', "' OR 1=1"])
      staysHere(await asPerson(authorizeUrl({ ...app, id })), 'unknown-app')
  })
})

describe('registering', () => {
  const register = (redirectUri: string) =>
    owner.send('POST', '/v1/oauth/clients', {
      ...{ name: 'Lookalike', homepage: 'https://app.example/', confidential: false, redirectUris: [redirectUri] },
    })
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://app.example/back',
    'http://localhost.evil.example/back',
    'http://localhost@evil.example/back',
    'http://127.0.0.1.nip.io/back',
    'http://127.1/back',
    'http://2130706433/back',
    'http://0x7f000001/back',
    'http://0.0.0.0/back',
    'http://[::ffff:127.0.0.1]/back',
    'http://localhost./back',
    'https://*.example/back',
    'https://app.example/*',
    'https://app.example/back#',
    'https://me:secret@app.example/back',
    'https://APP.example/back',
    'https://app.example/a/../back',
    'https://app.example\\back',
    'https://аpp.example/back', // with a Cyrillic first letter
    'com.example.app:/back',
    '/back',
    '',
  ]
  for (const uri of bad) {
    test(`is refused with ${JSON.stringify(uri)}`, async () => {
      const answer = await register(uri)
      assert.deepEqual([answer.status, answer.body.code], [400, 'VALIDATION'], JSON.stringify(answer.body))
      assert.equal(answer.body.errors[0].path, 'redirectUris.0')
    })
  }

  test('is done with https, and with http on the own machine', async () => {
    for (const uri of ['https://app.example/back?x=1', 'http://localhost:8080/', 'http://127.0.0.1:5000/back', 'http://[::1]:1/'])
      assert.equal((await register(uri)).status, 201, uri)
  })

  test('is refused under a name that would pass for ours, or that cannot be seen', async () => {
    const body = { homepage: 'https://app.example/', confidential: false, redirectUris: [CALLBACK] }
    for (const name of ['Fairhold Support', 'ＦＡＩＲＨＯＬＤ', 'a\u202eb', 'a\u200bb', ' ', 'x'.repeat(61)])
      assert.equal((await owner.send('POST', '/v1/oauth/clients', { ...body, name })).status, 400, name)
  })

  test('and changing is for who registered, and proved who they are', async () => {
    const body = { name: 'Mine now', homepage: 'https://evil.example/', redirectUris: ['https://evil.example/'] }
    for (const [method, path, sent] of [
      ['PUT', '', body],
      ['DELETE', '', undefined],
      ['POST', '/secret', undefined],
    ] as const)
      assert.equal((await person.send(method, `/v1/oauth/clients/${app.id}${path}`, sent)).status, 404, `${method} ${path}`)
    const stale = await signedIn(market.app, ada)
    const { id } = (await stale.get('/v1/identity/session')).body
    await market.context.db.session.update({ where: { id }, data: { provedAt: new Date(Date.now() - 3_600_000) } })
    const answer = await stale.send('PUT', `/v1/oauth/clients/${app.id}`, body)
    assert.equal(answer.body.code, 'STEP_UP_NEEDED')
  })
})

describe('the consent page', () => {
  test('uid guessing: a request can be read and decided only in the browser that made it', async () => {
    const page = locationOf(await person.get(authorizeUrl(app, { prompt: 'consent' }))).pathname
    const thief = await signedIn(market.app, bruno)
    await thief.get(authorizeUrl(app, { prompt: 'consent' })) // has a request, and a cookie, of its own
    for (const send of [
      () => thief.get(`${page}/request`),
      () => thief.send('POST', `${page}/decision`, { allow: true }),
      () => thief.get(page.replace('/oauth/', '/oauth/auth/')),
    ]) {
      const answer = await send()
      assert.ok([404, 400].includes(answer.status), `${answer.status}`)
    }
    person.cookies['fairhold_oauth_request.sig'] = 'A'.repeat(27)
    assert.equal((await person.get(`${page}/request`)).status, 404, 'nor with a cookie that we did not sign')
  })

  test('CSRF: a decision needs the origin, the kind of body and the token of our own page', async () => {
    const page = locationOf(await person.get(authorizeUrl(app, { prompt: 'consent' }))).pathname
    const url = `${page}/decision`
    const foreign = await person.send('POST', url, { allow: true }, { origin: 'https://evil.example' })
    assert.equal(foreign.body.code, 'FOREIGN_ORIGIN')
    assert.equal((await person.send('POST', url, { allow: true }, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await person.send('POST', url, { allow: true }, { 'x-csrf-token': 'guess' })).body.code, 'CSRF_REFUSED')
    const form = await person.send('POST', url, 'allow=true', { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal(form.status, 415)
    assert.equal((await person.send('POST', url, { allow: true })).status, 200)
  })

  test('cannot be decided by a program with a token of the person', async () => {
    const { access_token: token } = await tokensFor(market.app, person, app)
    const page = locationOf(await person.get(authorizeUrl(app, { prompt: 'consent' }))).pathname
    const answer = await person.send('POST', `${page}/decision`, { allow: true }, { authorization: `Bearer ${token}` })
    assert.equal(answer.body.code, 'SCOPE_MISSING')
  })

  test('clickjacking: no answer may be shown inside another page', async () => {
    for (const url of [
      authorizeUrl(app, { prompt: 'consent' }),
      '/oauth/auth',
      '/.well-known/openid-configuration',
      '/oauth/userinfo',
    ]) {
      const { headers } = await person.get(url)
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, url)
      assert.equal(headers['x-frame-options'], 'DENY', url)
    }
  })
})
