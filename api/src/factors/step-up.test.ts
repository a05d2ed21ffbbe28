import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ada, bruno, dmitri, operator } from '@fairhold/protocol/dev-accounts'
import { Authenticator, addPasskey, provePasskey } from '../../test/support/authenticator.ts'
import { addApp } from '../../test/support/authenticator-app.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { type Answer, signedIn, Visitor } from '../../test/support/visitor.ts'
import { relyingPartyOf } from './relying-party.ts'
import { codeAt, toBase32 } from './totp.ts'

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())
beforeEach(async () => {
  for (const table of ['passkey', 'totp', 'recovery_code', 'factor_try', 'session', 'role', 'wallet', 'account'])
    await market.context.db.$executeRawUnsafe(`DELETE FROM app.${table}`)
})

const is = (status: number, code: string, answer: Answer) => assert.deepEqual([answer.status, answer.body.code], [status, code])
const WALLETS = '/v1/identity/wallets'

describe('what is sensitive', () => {
  const deeds: [name: string, run: (visitor: Visitor) => Promise<Answer>][] = [
    ['linking a wallet', (visitor) => visitor.signFor('link-wallet', WALLETS, bruno)],
    ['taking a wallet off', (visitor) => visitor.send('DELETE', `${WALLETS}/${dmitri.address}`)],
    ['adding a passkey', (visitor) => visitor.send('POST', '/v1/identity/factors/passkeys/options')],
    ['adding an app', (visitor) => visitor.send('POST', '/v1/identity/factors/app')],
    ['getting recovery codes', (visitor) => visitor.send('POST', '/v1/identity/factors/recovery-codes')],
  ]
  for (const [name, run] of deeds) {
    test(`${name} needs the factor of who has one, not the wallet`, async () => {
      const authenticator = new Authenticator()
      const owner = await signedIn(market.app, ada)
      await owner.signFor('link-wallet', WALLETS, dmitri)
      await owner.get('/v1/identity/session') // which has another token now
      await addPasskey(owner, authenticator)
      const visitor = await signedIn(market.app, ada)
      is(403, 'STEP_UP_NEEDED', await run(visitor))
      assert.equal((await provePasskey(visitor, authenticator)).status, 200)
      assert.ok((await run(visitor)).status < 300)
    })
  }

  test('is forgotten after ten minutes', async () => {
    const authenticator = new Authenticator()
    const owner = await signedIn(market.app, ada)
    await addPasskey(owner, authenticator)
    await provePasskey(owner, authenticator)
    await market.context.db.session.updateMany({ data: { provedAt: new Date(Date.now() - 601_000) } })
    is(403, 'STEP_UP_NEEDED', await owner.send('POST', '/v1/identity/factors/app'))
  })

  test('needs the token of the session in its header, as every write does', async () => {
    const owner = await signedIn(market.app, ada)
    owner.csrf = ''
    is(403, 'CSRF_REFUSED', await owner.send('POST', '/v1/identity/proof/totp', { code: '123456' }))
  })

  test('is nothing for a visitor', async () => {
    for (const url of ['proof/passkey/options', 'proof/totp', 'proof/recovery', 'factors/app'])
      assert.equal((await new Visitor(market.app).send('POST', `/v1/identity/${url}`, { code: '123456' })).status, 401)
  })
})

describe('a wallet that opens an account of its own', () => {
  test('is not taken over when that account has a passkey', async () => {
    await addPasskey(await signedIn(market.app, bruno))
    is(409, 'WALLET_TAKEN', await (await signedIn(market.app, ada)).signFor('link-wallet', WALLETS, bruno))
  })
  test('is not taken over when that account has an app', async () => {
    await addApp(await signedIn(market.app, bruno))
    is(409, 'WALLET_TAKEN', await (await signedIn(market.app, ada)).signFor('link-wallet', WALLETS, bruno))
  })
  test('is taken over with an app that was never confirmed, whose secret is forgotten', async () => {
    await (await signedIn(market.app, bruno)).send('POST', '/v1/identity/factors/app')
    assert.equal((await (await signedIn(market.app, ada)).signFor('link-wallet', WALLETS, bruno)).status, 201)
    assert.equal(await market.context.db.totp.count(), 0)
  })
})

describe('staff', () => {
  const grant = (visitor: Visitor) => visitor.send('PUT', `/v1/identity/roles/${ada.address}`, { roles: ['moderator'] })

  test('are told to add a second factor, and then do what they may', async () => {
    await signedIn(market.app, ada)
    const authenticator = new Authenticator()
    const admin = await signedIn(market.app, operator)
    is(403, 'SECOND_FACTOR_MISSING', await grant(admin))
    await addPasskey(admin, authenticator)
    assert.equal((await grant(admin)).status, 204)
    const later = await signedIn(market.app, operator)
    is(403, 'STEP_UP_NEEDED', await grant(later))
    await provePasskey(later, authenticator)
    assert.equal((await grant(later)).status, 204)
  })

  test('lose what they may with their last factor', async () => {
    await signedIn(market.app, ada)
    const admin = await signedIn(market.app, operator)
    await addApp(admin)
    assert.equal((await grant(admin)).status, 204)
    assert.equal((await admin.send('DELETE', '/v1/identity/factors/app')).status, 200)
    is(403, 'SECOND_FACTOR_MISSING', await grant(admin))
  })

  test('are nobody else: a stranger hears nothing of second factors', async () => {
    is(403, 'FORBIDDEN', await grant(await signedIn(market.app, bruno)))
  })
})

describe('who we are to an authenticator', () => {
  test('is the host of the first origin, on all origins of that host', () => {
    const origins = ['https://shop.example', 'https://shop.example:8443', 'http://127.0.0.1:3000']
    assert.deepEqual(relyingPartyOf({ origins }), { id: 'shop.example', origins: origins.slice(0, 2) })
  })
  for (const origin of ['http://127.0.0.1:3000', 'http://[::1]:3000']) {
    test(`is nobody at ${origin}`, () => assert.throws(() => relyingPartyOf({ origins: [origin] }), { code: 'UNAVAILABLE' }))
  }
})

describe('the audit log', () => {
  const activity = async (visitor: Visitor) => (await visitor.get('/v1/identity/activity?limit=100')).body.items.toReversed()

  test('tells what became of second factors, and holds nothing that could be used', async () => {
    const authenticator = new Authenticator()
    const person = await signedIn(market.app, ada)
    await addPasskey(person, authenticator, { name: 'In my kitchen' })
    const { codes } = (await person.send('POST', '/v1/identity/factors/recovery-codes')).body
    await provePasskey(person, authenticator)
    await provePasskey(person, authenticator, { verified: false })
    await person.send('POST', '/v1/identity/proof/recovery', { code: codes[0] })
    const secret = await addApp(person)
    await person.send('POST', '/v1/identity/proof/totp', { code: '12345' })
    await person.send('POST', '/v1/identity/proof/totp', { code: codeAt(secret, 1) })
    await person.send('DELETE', '/v1/identity/factors/app')
    const items = await activity(person)
    assert.deepEqual(
      items.map(({ kind, details }: { kind: string; details: { factor?: string } }) => [kind, details.factor]),
      [
        ['identity.signed-in', undefined],
        ['factor.added', 'passkey'],
        ['factor.recovery-codes-made', 'recovery-codes'],
        ['factor.proved', 'passkey'],
        ['factor.refused', 'passkey'],
        ['factor.recovery-code-used', 'recovery'],
        ['factor.added', 'totp'],
        ['factor.refused', 'totp'],
        ['factor.removed', 'totp'],
      ],
    )
    const text = JSON.stringify(items)
    for (const word of [...codes, toBase32(secret), secret.toString('hex'), 'kitchen', '127.0.0.1'])
      assert.ok(!text.includes(word))
  })

  test('does not grow with tries that were not judged', async () => {
    const person = await signedIn(market.app, ada)
    await addApp(person)
    for (let count = 0; count < 9; count++) await person.send('POST', '/v1/identity/proof/totp', { code: '000000' })
    const refused = (await activity(person)).filter(({ kind }: { kind: string }) => kind === 'factor.refused')
    assert.equal(refused.length, 5)
  })
})
