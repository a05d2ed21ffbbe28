import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { forge, p256Key, part, secp256k1Key } from '../../test/support/tokens.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { ethrDid, pkhDid } from '../did/parse.ts'
import type { Outside } from '../http/fetch-public.ts'
import { createShownCredentials } from './shown.ts'
import { createStatusLists } from './status.ts'
import { encodeStatusList } from './status-list.ts'

const pem = readFileSync(join(import.meta.dirname, '../../test/support/example.com.pem'), 'utf8')
const SUBJECT = pkhDid(31337, ada.address)
const school = p256Key(Buffer.alloc(32, 51))
const header = { alg: 'ES256', typ: 'vc+jwt' }
const LIST = 'https://example.com/status/1'

const credential = (changes: object = {}) => ({
  iss: school.did,
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential', 'CourseCertificate'],
  issuer: school.did,
  validFrom: '2024-01-01T00:00:00Z',
  validUntil: '2999-01-01T00:00:00Z',
  credentialSubject: { id: SUBJECT, course: { name: 'Repairing bicycles', grade: 1 } },
  ...changes,
})
const about = (id: string) => ({ credentialSubject: { id, course: 'Repairing bicycles' } })
const status = (list: string, index = 5) => ({
  credentialStatus: {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: list,
  },
})
const sign = (changes: object = {}, head: object = header) => forge(school, head, credential(changes))

describe('credentials of other issuers', () => {
  let market: Market
  let person: Visitor
  before(async () => {
    market = await startMarket()
    person = await signedIn(market.app, ada)
  })
  after(() => market.stop())

  let asked = 0
  const hand = (token: string) => {
    asked += 1
    return person.send('POST', '/v1/credentials/imported', { token }, { 'x-forwarded-for': `10.2.0.${asked}` })
  }
  const clear = () => market.context.db.importedCredential.deleteMany()

  const good: Record<string, () => Promise<string>> = {
    'of version 2.0': () => sign(),
    'about a did:ethr of the wallet': () => sign(about(ethrDid(31337, ada.address))),
    'about the same key on another chain': () => sign(about(pkhDid(1, ada.address))),
    'without an end': () => sign({ validUntil: undefined }),
    'with an issuer that has a name': () => sign({ issuer: { id: school.did, name: 'School' } }),
    'of version 1.1, in the claim vc': async () => {
      const vc = {
        '@context': ['https://www.w3.org/2018/credentials/v1'],
        type: ['VerifiableCredential', 'Old'],
        credentialSubject: {},
      }
      return forge(school, { alg: 'ES256', typ: 'JWT' }, { iss: school.did, sub: SUBJECT, nbf: 1_700_000_000, vc })
    },
    'of an Ethereum key': async () => {
      const key = secp256k1Key()
      return forge(key, { alg: 'ES256K', typ: 'vc+jwt' }, credential({ iss: key.did, issuer: key.did }))
    },
    'with a status of a kind that is not known': () => sign({ credentialStatus: { type: 'RevocationList2020Status', id: 'x' } }),
    'with a list that is not fetched': () => sign(status(LIST)),
  }
  for (const [name, make] of Object.entries(good)) {
    test(`shown: one ${name}`, async () => {
      await clear()
      const { status: code, body } = await hand(await make())
      assert.deepEqual([code, body.state, body.own], [201, 'valid', false], JSON.stringify(body))
    })
  }

  const bad: [string, () => string | Promise<string>][] = [
    ['about somebody else', () => sign(about(pkhDid(31337, bruno.address)))],
    ['about nobody', () => sign({ credentialSubject: { course: 'x' } })],
    ['about a subject that is twice another', () => sign({ sub: pkhDid(31337, bruno.address) })],
    ['that has expired', () => sign({ validUntil: '2024-02-01T00:00:00Z' })],
    ['that has expired by exp alone', () => sign({ exp: 1_700_000_000 })],
    ['that is not valid yet', () => sign({ validFrom: '2990-01-01T00:00:00Z' })],
    ['signed by another than its issuer', () => forge(p256Key(Buffer.alloc(32, 52)), header, credential())],
    ['with two issuers', () => sign({ issuer: p256Key().did })],
    ['of an issuer that is no DID', () => sign({ iss: 'https://school.example', issuer: 'https://school.example' })],
    ['of a did:web, which is not looked up', () => sign({ iss: 'did:web:example.com', issuer: 'did:web:example.com' })],
    [
      'that says it is of this market',
      async () => {
        const { did } = market.context.issuer()
        return sign({ iss: did, issuer: did })
      },
    ],
    ['that is no credential', () => sign({ type: ['Invoice'] })],
    ['without a context', () => sign({ '@context': undefined })],
    ['with dates that are none', () => sign({ validUntil: 'tomorrow' })],
    ['without a signature', async () => `${part({ alg: 'none', typ: 'vc+jwt' })}.${part(credential())}.`],
    ['with a key in its header', () => sign({}, { ...header, jwk: { kty: 'EC' } })],
    ['that is a token for something else', () => sign({}, { ...header, typ: 'at+jwt' })],
    ['that is changed', async () => (await sign()).replace(/.(?=.$)/, (one) => (one === 'A' ? 'B' : 'A'))],
    ['of another spelling of base64', async () => `${await sign()}=`],
    ['with a claim twice', () => forge(school, header, JSON.stringify(credential()).replace('{', '{"issuer":"did:key:z",'))],
    ['very deep', () => sign({ evidence: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) })],
    ['that is no token', () => 'a credential'],
  ]
  for (const [name, make] of bad) {
    test(`refused: one ${name}`, async () => {
      const { status: code, body } = await hand(await make())
      assert.deepEqual([code, body.code], [422, 'CREDENTIAL_REFUSED'], JSON.stringify(body))
    })
  }

  test('refused: one that is too large', async () => {
    assert.equal((await hand(await sign({ evidence: 'x'.repeat(20_000) }))).body.code, 'VALIDATION')
  })

  test('is shown with its issuer, word for word, to everybody; and no longer once it is removed', async () => {
    await clear()
    const token = await sign()
    const { body: made } = await hand(token)
    assert.equal((await hand(token)).body.code, 'ALREADY_THERE')
    const [shown] = (await new Visitor(market.app).get(`/v1/credentials/of/${ada.address}`)).body
    assert.deepEqual(
      [shown.token, shown.issuer, shown.types, shown.own, shown.revocation],
      [token, school.did, ['CourseCertificate'], false, 'none'],
    )
    assert.deepEqual(shown.claims, [
      { name: 'course.name', value: 'Repairing bicycles' },
      { name: 'course.grade', value: '1' },
    ])
    const stranger = await signedIn(market.app, bruno)
    assert.equal((await stranger.send('DELETE', `/v1/credentials/imported/${made.id}`)).status, 404)
    assert.deepEqual((await stranger.get('/v1/credentials/imported')).body, [])
    assert.equal((await person.send('DELETE', `/v1/credentials/imported/${made.id}`)).status, 204)
    assert.deepEqual((await new Visitor(market.app).get(`/v1/credentials/of/${ada.address}`)).body, [])
  })

  test('words in it cannot turn or hide what stands around them', async () => {
    await clear()
    const course = { name: 'A\u202egnihton\u0007\u200b', long: 'x'.repeat(500) }
    const { body } = await hand(await sign({ credentialSubject: { id: SUBJECT, course } }))
    assert.deepEqual(
      body.claims.map(({ value }: { value: string }) => value.length),
      [11, 200],
    )
    assert.doesNotMatch(JSON.stringify(body.claims), /[\u202e\u200b]|\\u0007/)
  })

  test('twenty are kept at most', async () => {
    await clear()
    const answers: number[] = []
    for (let n = 0; n < 21; n += 1) answers.push((await hand(await sign({ id: `urn:example:${n}` }))).status)
    assert.deepEqual(answers, [...Array(20).fill(201), 403])
  })
})

describe('status lists of other issuers, where they may be fetched', () => {
  let market: Market
  let outside: Outside
  let list: string
  let hits = 0
  const server = createServer({ key: pem, cert: pem }, (_request, response) => {
    hits += 1
    response.setHeader('content-type', 'application/vc+jwt').end(list)
  })
  before(async () => {
    market = await startMarket(undefined, { FETCH_FOREIGN: 'public' })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    outside = { lookup: async () => ['127.0.0.1'], isPublic: () => true, port, ca: pem }
  })
  after(async () => {
    await market.stop()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const listOf = (places: number[], changes: object = {}) => {
    const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: encodeStatusList(places) }
    const types = ['VerifiableCredential', 'BitstringStatusListCredential']
    return sign({ id: LIST, type: types, credentialSubject: subject, ...changes })
  }
  const shownBy = async (through: Outside) => {
    const shown = createShownCredentials(market.context, createStatusLists(market.context), through)
    await signedIn(market.app, ada)
    const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address: ada.address.toLowerCase() } })
    await market.context.db.importedCredential.deleteMany()
    return { shown, account: { id: accountId, did: SUBJECT } }
  }

  test('one that was revoked is not taken, and one that is revoked later is shown as such', async () => {
    const { shown, account } = await shownBy(outside)
    list = await listOf([5])
    await assert.rejects(shown.import(account, await sign(status(LIST))), { code: 'CREDENTIAL_REFUSED' })
    list = await listOf([4, 6])
    const token = await sign(status(LIST, 7))
    assert.equal((await shown.import(account, token)).revocation, 'checked')
    list = await listOf([7])
    const before = hits
    assert.equal((await shown.imported(account))[0]?.state, 'valid', 'as it was found a moment ago')
    assert.equal(hits, before, 'and without asking again')
    const later = createShownCredentials(market.context, createStatusLists(market.context), outside)
    const [found] = await later.imported(account)
    assert.deepEqual([found?.state, found?.revocation], ['revoked', 'checked'])
  })

  test('a list of another issuer, for another purpose, or none, leaves it unchecked', async () => {
    const other = p256Key(Buffer.alloc(32, 53))
    const subject = { type: 'BitstringStatusList', statusPurpose: 'message', encodedList: encodeStatusList([5]) }
    const lists = [
      await forge(other, header, credential({ id: LIST, iss: other.did, issuer: other.did })),
      await listOf([5], { credentialSubject: subject }),
      await listOf([5], { id: 'https://example.com/status/2' }),
      'nothing',
    ]
    for (const [index, one] of lists.entries()) {
      const { shown, account } = await shownBy(outside)
      list = one
      const made = await shown.import(account, await sign({ ...status(LIST), id: `urn:example:${index}` }))
      assert.deepEqual([made.state, made.revocation], ['valid', 'not-checked'], one.slice(0, 40))
      assert.notEqual(made.reason, '')
    }
  })

  test('a list at an address of the inside is not asked for', async () => {
    const inner: Outside = { ...outside, isPublic: () => false }
    const { shown, account } = await shownBy(inner)
    const before = hits
    const made = await shown.import(account, await sign({ ...status(LIST), id: 'urn:example:inside' }))
    assert.deepEqual([made.revocation, hits], ['not-checked', before])
    for (const url of ['http://example.com/1', 'https://127.0.0.1/1', 'https://localhost/1', 'file:///etc/passwd']) {
      const { shown: again, account: same } = await shownBy(outside)
      const answer = await again.import(same, await sign({ ...status(url), id: `urn:example:${url.length}` }))
      assert.deepEqual([answer.revocation, hits], ['not-checked', before], url)
    }
  })
})
