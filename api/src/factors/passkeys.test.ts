import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { Authenticator, addPasskey, provePasskey, type Tricks } from '../../test/support/authenticator.ts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { type Answer, signedIn, Visitor } from '../../test/support/visitor.ts'
import { findSession } from '../identity/sessions.ts'
import { addFactor } from './factors.ts'

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())

let person: Visitor
beforeEach(async () => {
  for (const table of ['passkey', 'totp', 'recovery_code', 'factor_try', 'passkey_challenge'])
    await market.context.db.$executeRawUnsafe(`DELETE FROM app.${table}`)
  person = await signedIn(market.app, ada)
})

const OPTIONS = '/v1/identity/proof/passkey/options'
const PROOF = '/v1/identity/proof/passkey'
const refusedAs = (code: string, { status, body }: Answer) => assert.deepEqual([status, body.code], [403, code])
/** Signs in anew, so that nothing but the wallet has been shown. */
const elsewhere = () => signedIn(market.app, ada)
/** Something that asks for a fresh proof and changes nothing. */
const isProved = async (visitor: Visitor) => {
  const { body } = await visitor.send('POST', '/v1/identity/factors/passkeys/options')
  return body.code !== 'STEP_UP_NEEDED'
}

describe('a passkey', () => {
  test('is added with a fresh proof of the wallet, and listed with its name', async () => {
    const { status, body } = await addPasskey(person, new Authenticator(), { name: '  Blue key ' })
    assert.equal(status, 201)
    assert.ok(Date.parse(body.provedUntil) > Date.now())
    const { passkeys, app, recoveryCodesLeft } = (await person.get('/v1/identity/factors')).body
    assert.deepEqual([passkeys.length, passkeys[0].name, passkeys[0].synced, passkeys[0].usedAt], [1, 'Blue key', true, null])
    assert.deepEqual([app, recoveryCodesLeft], [null, 0])
    const stored = await market.context.db.passkey.findFirstOrThrow()
    assert.deepEqual(stored.transports, ['internal'], 'what nobody knows is not kept')
  })

  test('is not added without a fresh proof', async () => {
    await market.context.db.session.updateMany({ data: { provedAt: new Date(Date.now() - 601_000) } })
    refusedAs('STEP_UP_NEEDED', await person.send('POST', '/v1/identity/factors/passkeys/options'))
    refusedAs('STEP_UP_NEEDED', await person.send('POST', '/v1/identity/factors/passkeys', {}))
  })

  test('gives the session another token, and makes the old one void', async () => {
    const old = person.cookies.fairhold_session ?? ''
    await addPasskey(person)
    assert.notEqual(person.cookies.fairhold_session, old)
    const thief = new Visitor(market.app)
    thief.cookies.fairhold_session = old
    assert.equal((await thief.get('/v1/identity/session')).status, 401)
  })

  test('makes the wallet too little, in this session and in those that were open', async () => {
    const open = await elsewhere()
    assert.equal(await isProved(open), true)
    await addPasskey(person)
    assert.equal(await isProved(open), false, 'proved with a wallet before there was a passkey')
    assert.equal((await open.get('/v1/identity/session')).body.provedUntil, null)
    refusedAs('SECOND_FACTOR_NEEDED', await open.signFor('prove', '/v1/identity/proof/wallet', ada))
    const fresh = await elsewhere()
    assert.equal((await fresh.get('/v1/identity/session')).body.provedUntil, null)
    assert.equal(await isProved(fresh), false)
  })

  test('proves who one is, with a new token, and keeps when', async () => {
    const authenticator = new Authenticator()
    await addPasskey(person, authenticator)
    const visitor = await elsewhere()
    const old = visitor.cookies.fairhold_session
    const { status, body } = await provePasskey(visitor, authenticator)
    assert.equal(status, 200)
    assert.ok(Date.parse(body.provedUntil) > Date.now() + 590_000)
    assert.notEqual(visitor.cookies.fairhold_session, old)
    assert.equal(await isProved(visitor), true)
    const [key] = (await visitor.get('/v1/identity/factors')).body.passkeys
    assert.ok(Date.now() - Date.parse(key.usedAt) < 60_000)
  })

  test('of an authenticator that does not count proves again and again', async () => {
    const authenticator = new Authenticator({ counts: false })
    await addPasskey(person, authenticator)
    assert.deepEqual(
      [(await provePasskey(person, authenticator)).status, (await provePasskey(person, authenticator)).status],
      [200, 200],
    )
  })

  test('is asked for by configuration: host, verification, no second time on the same authenticator', async () => {
    const authenticator = new Authenticator()
    await addPasskey(person, authenticator)
    const { body } = await person.send('POST', '/v1/identity/factors/passkeys/options')
    const id = authenticator.credentials[0]?.id.toString('base64url')
    assert.deepEqual(
      [body.rp.id, body.attestation, body.authenticatorSelection.userVerification],
      ['localhost', 'none', 'required'],
    )
    assert.deepEqual(
      [body.excludeCredentials.map((one: { id: string }) => one.id), body.excludeCredentials[0].transports],
      [[id], ['internal']],
    )
    const asked = (await person.send('POST', OPTIONS)).body
    assert.deepEqual([asked.rpId, asked.userVerification, asked.allowCredentials[0].id], ['localhost', 'required', id])
  })

  test('is renamed and removed by its owner alone', async () => {
    const authenticator = new Authenticator()
    await addPasskey(person, authenticator)
    const url = `/v1/identity/factors/passkeys/${authenticator.credentials[0]?.id.toString('base64url')}`
    const stranger = await signedIn(market.app, bruno)
    assert.equal((await stranger.send('PUT', url, { name: 'Mine' })).status, 404)
    assert.equal((await stranger.send('DELETE', url)).status, 404)
    assert.equal((await person.send('PUT', url, { name: 'Kitchen' })).status, 204)
    assert.equal((await person.get('/v1/identity/factors')).body.passkeys[0].name, 'Kitchen')
    assert.equal((await person.send('PUT', url, { name: 'evil\u202eemos' })).status, 400)
    assert.equal((await person.send('DELETE', url)).status, 200)
    assert.deepEqual((await person.get('/v1/identity/factors')).body.passkeys, [])
  })

  test('is the tenth at most, also when eleven are added at once', async () => {
    await addPasskey(person)
    for (let count = 2; count <= 9; count++) await addPasskey(person)
    const authenticator = new Authenticator()
    const made = []
    for (let count = 0; count < 2; count++) {
      const { body } = await person.send('POST', '/v1/identity/factors/passkeys/options')
      made.push(authenticator.create(body))
    }
    const answers = await Promise.all(
      made.map((response) => person.send('POST', '/v1/identity/factors/passkeys', { name: 'x', response })),
    )
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    refusedAs('FORBIDDEN', await person.send('POST', '/v1/identity/factors/passkeys/options'))
    assert.equal(await market.context.db.passkey.count(), 10)
  })
})

describe('a new passkey is refused', () => {
  const refusals: [name: string, tricks: Tricks][] = [
    ['made on another site', { origin: 'https://evil.example' }],
    ['made on another port of this host', { origin: 'http://localhost:3001' }],
    ['made for another host', { rpId: 'evil.example' }],
    ['of a person who was not verified', { verified: false }],
    ['of a person who was not there', { present: false }],
    ['made in a frame of another site', { crossOrigin: true }],
    ['made under the page of another site', { topOrigin: 'https://evil.example' }],
    ['for a challenge that nobody gave out', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['that is an answer of another kind', { type: 'webauthn.get' }],
    ['with an algorithm that was not offered', { algorithm: -36 }],
  ]
  for (const [name, tricks] of refusals) {
    test(name, async () => {
      refusedAs('PROOF_REFUSED', await addPasskey(person, new Authenticator(), tricks))
      assert.equal(await market.context.db.passkey.count(), 0)
    })
  }

  test('when another account has it already', async () => {
    const { body: options } = await person.send('POST', '/v1/identity/factors/passkeys/options')
    const authenticator = new Authenticator()
    const response = authenticator.create(options)
    await person.send('POST', '/v1/identity/factors/passkeys', { name: 'Key', response })
    const stranger = await signedIn(market.app, bruno)
    const { body: theirs } = await stranger.send('POST', '/v1/identity/factors/passkeys/options')
    const clientDataJSON = Buffer.from(
      JSON.stringify({ type: 'webauthn.create', challenge: theirs.challenge, origin: ORIGIN, crossOrigin: false }),
    ).toString('base64url')
    const copy = { ...response, response: { ...response.response, clientDataJSON } }
    const answer = await stranger.send('POST', '/v1/identity/factors/passkeys', { name: 'Key', response: copy })
    assert.deepEqual([answer.status, answer.body.code], [409, 'ALREADY_THERE'])
    assert.equal(await market.context.db.passkey.count(), 1)
  })

  test('when the first one was added meanwhile by who had more to show', async () => {
    const open = await elsewhere()
    const { body: options } = await open.send('POST', '/v1/identity/factors/passkeys/options')
    await addPasskey(person)
    const response = new Authenticator().create(options)
    refusedAs('STEP_UP_NEEDED', await open.send('POST', '/v1/identity/factors/passkeys', { name: 'Thief', response }))
  })

  test('when that happened after the request was let in', async () => {
    const seen = await findSession(market.context, (await elsewhere()).cookies.fairhold_session ?? '')
    if (!seen?.session) throw new Error('no session')
    await addPasskey(person)
    let added = false
    const add = addFactor(market.context, { ...seen, session: seen.session }, 'totp', async () => {
      added = true
    })
    await assert.rejects(add, { code: 'STEP_UP_NEEDED' })
    assert.equal(added, false)
  })

  test('with a challenge to prove, and proves nothing with a challenge to add', async () => {
    const authenticator = new Authenticator()
    await addPasskey(person, authenticator)
    const toProve = (await person.send('POST', OPTIONS)).body.challenge
    refusedAs('PROOF_REFUSED', await addPasskey(person, new Authenticator(), { challenge: toProve }))
    const toAdd = (await person.send('POST', '/v1/identity/factors/passkeys/options')).body.challenge
    refusedAs('PROOF_REFUSED', await provePasskey(person, authenticator, { challenge: toAdd }))
  })
})

describe('an answer of a passkey is refused', () => {
  let authenticator: Authenticator
  let visitor: Visitor
  beforeEach(async () => {
    authenticator = new Authenticator()
    await addPasskey(person, authenticator)
    visitor = await elsewhere()
  })

  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const refusals: [name: string, tricks: Tricks][] = [
    ['given to another site', { origin: 'https://evil.example' }],
    ['given to another port of this host', { origin: 'http://localhost:3001' }],
    ['given for another host', { rpId: 'evil.example' }],
    ['of a person who was not verified', { verified: false }],
    ['of a person who was not there', { present: false }],
    ['given in a frame of another site', { crossOrigin: true }],
    ['given under the page of another site', { topOrigin: 'https://evil.example' }],
    ['to a challenge that nobody gave out', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['of another kind', { type: 'webauthn.create' }],
    ['signed by another key', { key: other }],
    ['that names another person', { userHandle: Buffer.alloc(16, 7).toString('base64url') }],
    ['that counts as before', { counter: 1 }],
    ['that counts backwards', { counter: 0 }],
  ]
  for (const [name, tricks] of refusals) {
    test(name, async () => {
      refusedAs('PROOF_REFUSED', await provePasskey(visitor, authenticator, tricks))
      assert.equal(await isProved(visitor), false)
      assert.equal((await provePasskey(visitor, authenticator)).status, 200, 'the honest one is taken')
    })
  }

  test('a second time', async () => {
    const { body: options } = await visitor.send('POST', OPTIONS)
    const response = authenticator.get(options)
    assert.equal((await visitor.send('POST', PROOF, { response })).status, 200)
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response }))
  })

  test('all but one of many at once', async () => {
    const { body: options } = await visitor.send('POST', OPTIONS)
    const response = authenticator.get(options)
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.send('POST', PROOF, { response })))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  test('after a wrong answer to the same challenge', async () => {
    const { body: options } = await visitor.send('POST', OPTIONS)
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response: authenticator.get(options, { verified: false }) }))
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response: authenticator.get(options) }))
  })

  test('too late', async () => {
    const { body: options } = await visitor.send('POST', OPTIONS)
    await market.context.db.passkeyChallenge.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response: authenticator.get(options) }))
  })

  test('to the challenge of another session of the same person, which it uses up', async () => {
    const { body: options } = await person.send('POST', OPTIONS)
    const response = authenticator.get(options)
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response }))
    refusedAs('PROOF_REFUSED', await person.send('POST', PROOF, { response }))
  })

  test('by the passkey of another person', async () => {
    const theirs = new Authenticator()
    const stranger = await signedIn(market.app, dmitri)
    await addPasskey(stranger, theirs)
    const { body: options } = await visitor.send('POST', OPTIONS)
    const tricks = { userHandle: authenticator.credentials[0]?.userHandle ?? '' }
    const response = theirs.get(options, tricks, theirs.credentials[0])
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response }))
  })

  test('by a passkey that was removed, and what others proved with it is void', async () => {
    await addPasskey(person) // so that one is left
    await provePasskey(visitor, authenticator)
    assert.equal(await isProved(visitor), true)
    const { body: options } = await visitor.send('POST', OPTIONS)
    const response = authenticator.get(options)
    const id = authenticator.credentials[0]?.id.toString('base64url')
    assert.equal((await person.send('DELETE', `/v1/identity/factors/passkeys/${id}`)).status, 200)
    assert.equal(await isProved(visitor), false)
    refusedAs('PROOF_REFUSED', await visitor.send('POST', PROOF, { response }))
    assert.equal(await isProved(person), true, 'who removed it need not prove anew')
  })

  test('where the account has none', async () => {
    refusedAs('PROOF_REFUSED', await (await signedIn(market.app, bruno)).send('POST', OPTIONS))
  })
})
