import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import { addApp, fromBase32, proveCode } from '../../test/support/authenticator-app.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { type Answer, signedIn, type Visitor } from '../../test/support/visitor.ts'
import { codeAt, stepAt } from './totp.ts'

let market: Market
before(async () => {
  market = await startMarket()
  // The middle of a step, so that no test goes on over its end.
  mock.timers.enable({ apis: ['Date'], now: stepAt(Date.now()) * 30_000 + 15_000 })
})
after(async () => {
  mock.timers.reset()
  await market?.stop()
})

let person: Visitor
beforeEach(async () => {
  for (const table of ['passkey', 'totp', 'recovery_code', 'factor_try'])
    await market.context.db.$executeRawUnsafe(`DELETE FROM app.${table}`)
  person = await signedIn(market.app, ada)
})

const APP = '/v1/identity/factors/app'
const CODES = '/v1/identity/factors/recovery-codes'
const RECOVERY = '/v1/identity/proof/recovery'
const elsewhere = () => signedIn(market.app, ada)
const is = (status: number, code: string, answer: Answer) => assert.deepEqual([answer.status, answer.body.code], [status, code])
const refused = (answer: Answer) => is(403, 'PROOF_REFUSED', answer)
const wrongOf = (secret: Buffer) => ['000000', '000001', '000002', '000003'].find((code) => !around(secret).includes(code)) ?? ''
const around = (secret: Buffer) => [-1, 0, 1].map((off) => codeAt(secret, stepAt(Date.now()) + off))
/** From another client's address. */
const from = (visitor: Visitor, ip: string, code: string) =>
  visitor.send('POST', '/v1/identity/proof/totp', { code }, { 'x-forwarded-for': ip })

describe('an authenticator app', () => {
  test('guards nothing until it has shown a right code', async () => {
    const { body, status } = await person.send('POST', APP)
    assert.equal(status, 200)
    assert.match(body.secret, /^[A-Z2-7]{32}$/)
    assert.equal(new URL(body.uri).searchParams.get('secret'), body.secret)
    const secret = fromBase32(body.secret)
    refused(await person.send('POST', `${APP}/confirmation`, { code: wrongOf(secret) }))
    refused(await proveCode(person, secret))
    assert.equal((await person.get('/v1/identity/factors')).body.app, null)
    assert.equal((await (await elsewhere()).get('/v1/identity/session')).body.provedUntil === null, false, 'the wallet is enough')
    const confirmed = await person.send('POST', `${APP}/confirmation`, { code: codeAt(secret, stepAt(Date.now())) })
    assert.equal(confirmed.status, 201)
    assert.notEqual((await person.get('/v1/identity/factors')).body.app, null)
    const visitor = await elsewhere()
    assert.equal((await visitor.get('/v1/identity/session')).body.provedUntil, null)
    is(403, 'SECOND_FACTOR_NEEDED', await visitor.signFor('prove', '/v1/identity/proof/wallet', ada))
  })

  test('has its secret sealed in the database, for its account alone', async () => {
    const secret = await addApp(person)
    const { accountId, secretSealed } = await market.context.db.totp.findFirstOrThrow()
    assert.equal(Buffer.from(secretSealed).includes(secret), false)
    assert.equal(Buffer.from(secretSealed).toString('latin1').includes(secret.toString('latin1')), false)
    const stranger = await signedIn(market.app, bruno)
    const theirs = await addApp(stranger)
    const [moved] = await market.context.db.$queryRaw<{ id: string }[]>`
      UPDATE app.totp SET secret_sealed = ${secretSealed} WHERE account_id <> ${accountId}::uuid RETURNING account_id::text AS id`
    assert.ok(moved)
    assert.equal((await proveCode(stranger, secret, 1)).status, 500, 'a secret that was moved there opens for nobody')
    assert.equal((await proveCode(stranger, theirs, 1)).status, 500)
  })

  test('waits a quarter of an hour for its code, and its secret can be made anew', async () => {
    const first = fromBase32((await person.send('POST', APP)).body.secret)
    const second = fromBase32((await person.send('POST', APP)).body.secret)
    refused(await person.send('POST', `${APP}/confirmation`, { code: codeAt(first, stepAt(Date.now())) }))
    await market.context.db.totp.updateMany({ data: { createdAt: new Date(Date.now() - 16 * 60_000) } })
    refused(await person.send('POST', `${APP}/confirmation`, { code: codeAt(second, stepAt(Date.now())) }))
  })

  test('cannot be put in the place of the one that is there', async () => {
    const secret = await addApp(person)
    is(409, 'ALREADY_THERE', await person.send('POST', APP))
    refused(await person.send('POST', `${APP}/confirmation`, { code: codeAt(secret, stepAt(Date.now()) + 1) }))
  })

  test('proves who one is, also half a minute early or late, with spaces as apps show them', async () => {
    const secret = await addApp(person, -1)
    const visitor = await elsewhere()
    const code = codeAt(secret, stepAt(Date.now()))
    const { status, body } = await visitor.send('POST', '/v1/identity/proof/totp', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    assert.equal(status, 200)
    assert.ok(Date.parse(body.provedUntil) > Date.now())
    assert.equal((await proveCode(visitor, secret, 1)).status, 200)
  })

  test('is removed with its own proof, and its codes prove nothing then', async () => {
    const secret = await addApp(person)
    const visitor = await elsewhere()
    is(403, 'STEP_UP_NEEDED', await visitor.send('DELETE', APP))
    await proveCode(visitor, secret, 1)
    assert.equal((await visitor.send('DELETE', APP)).status, 200)
    refused(await proveCode(visitor, secret, 1))
    assert.equal((await visitor.send('DELETE', APP)).status, 404)
    assert.equal(
      (await (await elsewhere()).signFor('prove', '/v1/identity/proof/wallet', ada)).status,
      200,
      'a wallet is enough again',
    )
  })
})

describe('a code of the app is refused', () => {
  test('a second time, in any session', async () => {
    const secret = await addApp(person, -1)
    assert.equal((await proveCode(person, secret)).status, 200)
    refused(await proveCode(person, secret))
    refused(await proveCode(await elsewhere(), secret))
  })

  test('that is older than one that was used, though it is in time', async () => {
    const secret = await addApp(person, -1)
    assert.equal((await proveCode(person, secret, 1)).status, 200)
    refused(await proveCode(person, secret, 0))
  })

  test('that confirmed the app', async () => {
    const secret = await addApp(person)
    refused(await proveCode(person, secret))
  })

  test('of the step before last, or the one after next', async () => {
    const secret = await addApp(person)
    await market.context.db.totp.updateMany({ data: { lastStep: 0n } })
    refused(await proveCode(person, secret, -2))
    refused(await proveCode(person, secret, 2))
    assert.equal((await proveCode(person, secret, -1)).status, 200)
  })

  test('that is of somebody else', async () => {
    await addApp(person)
    const stranger = await signedIn(market.app, bruno)
    const theirs = await addApp(stranger)
    refused(await proveCode(person, theirs, 1))
  })

  test('that is no code, without counting as a try', async () => {
    await addApp(person)
    for (const code of ['', '12345', '1234567', '12345a', '٣٣٣٣٣٣'])
      is(400, 'VALIDATION', await person.send('POST', '/v1/identity/proof/totp', { code }))
    assert.equal(await market.context.db.factorTry.count({ where: { scope: { startsWith: 'totp' } } }), 0)
  })

  test('all but one of fifty at once', async () => {
    const secret = await addApp(person)
    const visitors = await Promise.all(Array.from({ length: 5 }, elsewhere))
    const tries = visitors.flatMap((visitor) => Array.from({ length: 10 }, () => proveCode(visitor, secret, 1)))
    const answers = await Promise.all(tries)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })
})

describe('guessing codes', () => {
  /** Looks as if the last try was so long ago. */
  const wait = (seconds: number) =>
    market.context.db.$executeRaw`UPDATE app.factor_try SET tried_at = tried_at - ${seconds} * interval '1 second'`

  test('waits after five wrong codes, twice as long after each further one, and for the right one too', async () => {
    const secret = await addApp(person)
    const wrong = wrongOf(secret)
    for (let count = 0; count < 5; count++) refused(await from(person, '127.0.0.1', wrong))
    for (const seconds of [30, 60, 120]) {
      const answer = await from(person, '127.0.0.1', codeAt(secret, stepAt(Date.now()) + 1))
      is(429, 'TOO_MANY_TRIES', answer)
      assert.ok(Math.abs(Number(answer.headers['retry-after']) - seconds) <= 2, `${answer.headers['retry-after']} of ${seconds}`)
      await wait(seconds)
      refused(await from(person, '127.0.0.1', wrong))
    }
    await wait(240)
    assert.equal((await from(person, '127.0.0.1', codeAt(secret, stepAt(Date.now()) + 1))).status, 200)
    refused(await from(person, '127.0.0.1', wrong))
    refused(await from(person, '127.0.0.1', wrong))
  })

  test('does not count where it was us who failed', async () => {
    const secret = await addApp(person)
    const { db } = market.context
    const { accountId, secretSealed } = await db.totp.findFirstOrThrow()
    await db.totp.updateMany({ data: { secretSealed: Buffer.from('what no key opens') } })
    const code = codeAt(secret, stepAt(Date.now()) + 1)
    for (let count = 0; count < 7; count++) assert.ok((await from(person, '127.0.0.1', code)).status >= 500)
    await db.totp.update({ where: { accountId }, data: { secretSealed } })
    assert.equal((await from(person, '127.0.0.1', code)).status, 200)
  })

  test('fifty times at once gets five answers', async () => {
    const secret = await addApp(person)
    const answers = await Promise.all(Array.from({ length: 50 }, () => from(person, '192.0.2.2', wrongOf(secret))))
    const statuses = answers.map(({ status }) => status)
    assert.deepEqual([statuses.filter((one) => one === 403).length, statuses.filter((one) => one === 429).length], [5, 45])
  })

  test('from many networks is no faster, in many sessions neither, and never waits for more than an hour', async () => {
    const secret = await addApp(person)
    const wrong = wrongOf(secret)
    const [thief, again] = [await elsewhere(), await elsewhere()]
    for (let count = 1; count <= 5; count++) refused(await from(count % 2 ? thief : again, `198.51.100.${count}`, wrong))
    is(429, 'TOO_MANY_TRIES', await from(thief, '198.51.100.77', wrong))
    is(429, 'TOO_MANY_TRIES', await from(again, '2001:db8::1', wrong))
    await market.context.db.factorTry.updateMany({ where: { scope: 'totp elsewhere' }, data: { failures: 2_000_000 } })
    const answer = await from(thief, '198.51.100.78', wrong)
    assert.ok(Number(answer.headers['retry-after']) <= 3600 && Number(answer.headers['retry-after']) > 3000)
  })

  test('does not keep the person waiting at home, nor with a recovery code', async () => {
    const home = '203.0.113.9'
    const secret = await addApp(person, -1)
    assert.equal((await from(person, home, codeAt(secret, stepAt(Date.now())))).status, 200)
    const { codes } = (await person.send('POST', CODES)).body
    const thief = await elsewhere()
    for (let count = 0; count < 6; count++) await from(thief, '198.51.100.1', wrongOf(secret))
    is(429, 'TOO_MANY_TRIES', await from(person, '203.0.113.200', codeAt(secret, stepAt(Date.now()) + 1)))
    assert.equal((await person.send('POST', RECOVERY, { code: codes[0] }, { 'x-forwarded-for': '203.0.113.200' })).status, 200)
    assert.equal((await from(person, home, codeAt(secret, stepAt(Date.now()) + 1))).status, 200)
  })

  test('of one IPv6 household counts as one network', async () => {
    const secret = await addApp(person, -1)
    await from(person, '2001:db8:0:7::1', codeAt(secret, stepAt(Date.now())))
    for (let count = 1; count <= 5; count++) refused(await from(person, `2001:db8::7:0:0:${count}:1`, wrongOf(secret)))
    is(429, 'TOO_MANY_TRIES', await from(person, '2001:0db8:0000:0007:ffff::2', wrongOf(secret)))
    refused(await from(person, '2001:db8:0:8::1', wrongOf(secret)))
  })

  test('is nothing that a stranger can do for another account', async () => {
    const secret = await addApp(person)
    const stranger = await signedIn(market.app, bruno)
    for (let count = 0; count < 8; count++) await from(stranger, '192.0.2.1', wrongOf(secret))
    assert.equal((await from(person, '192.0.2.1', codeAt(secret, stepAt(Date.now()) + 1))).status, 200)
  })
})

describe('recovery codes', () => {
  test('are not given to who has no second factor', async () =>
    is(403, 'SECOND_FACTOR_MISSING', await person.send('POST', CODES)))

  test('are ten of eighty bits, and nowhere in the database', async () => {
    await addApp(person)
    const { codes } = (await person.send('POST', CODES, undefined, { 'idempotency-key': 'the-same-key' })).body
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
    assert.equal((await person.get('/v1/identity/factors')).body.recoveryCodesLeft, 10)
    const rows = JSON.stringify(
      await market.context.db.$queryRaw`
      SELECT (SELECT json_agg(recovery_code) FROM app.recovery_code) AS codes, (SELECT json_agg(idempotency) FROM app.idempotency) AS kept`,
    )
    for (const code of codes) assert.ok(!rows.includes(code) && !rows.includes(code.replaceAll('-', '')))
    const again = (await person.send('POST', CODES, undefined, { 'idempotency-key': 'the-same-key' })).body
    assert.notDeepEqual(again.codes, codes, 'they are not given twice')
  })

  test('prove once, however they are typed', async () => {
    const visitor = await elsewhere()
    await addApp(person)
    const { codes } = (await person.send('POST', CODES)).body
    is(403, 'STEP_UP_NEEDED', await visitor.send('POST', CODES))
    const typed = codes[3].toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I')
    assert.equal((await visitor.send('POST', RECOVERY, { code: typed })).status, 200)
    assert.equal((await person.get('/v1/identity/factors')).body.recoveryCodesLeft, 9)
    refused(await visitor.send('POST', RECOVERY, { code: codes[3] }))
    refused(await person.send('POST', RECOVERY, { code: codes[3] }))
    assert.equal((await visitor.send('DELETE', APP)).status, 200, 'who has lost the app can take it off')
  })

  test('prove once of fifty tries at once', async () => {
    await addApp(person)
    const { codes } = (await person.send('POST', CODES)).body
    const visitors = await Promise.all(Array.from({ length: 5 }, elsewhere))
    const tries = visitors.flatMap((one) => Array.from({ length: 10 }, () => one.send('POST', RECOVERY, { code: codes[0] })))
    assert.equal((await Promise.all(tries)).filter(({ status }) => status === 200).length, 1)
  })

  test('are void when there are new ones, for others, and when there is nothing left to stand in for', async () => {
    const secret = await addApp(person)
    const old = (await person.send('POST', CODES)).body.codes
    const { codes } = (await person.send('POST', CODES)).body
    refused(await person.send('POST', RECOVERY, { code: old[0] }))
    const stranger = await signedIn(market.app, bruno)
    refused(await stranger.send('POST', RECOVERY, { code: codes[0] }))
    assert.equal((await proveCode(person, secret, 1)).status, 200)
    assert.equal((await person.send('DELETE', APP)).status, 200)
    refused(await person.send('POST', RECOVERY, { code: codes[0] }))
    assert.equal(await market.context.db.recoveryCode.count(), 0)
  })
})
