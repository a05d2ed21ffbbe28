import assert from 'node:assert/strict'
import { createECDH } from 'node:crypto'
import { test } from 'node:test'
import { bytesToMultibase } from 'did-jwt'
import { ed25519Key, p256Key, secp256k1Key } from '../../test/support/tokens.ts'
import { createLookupCache } from './cache.ts'
import { cleanDocument, DocumentRefused } from './document.ts'
import { ethrDid, parseDid, pkhDid } from './parse.ts'
import { createDidResolver } from './resolver.ts'

const ADA = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const resolver = createDidResolver({ web: false, now: () => 1_800_000_000_000 })

test('a did:pkh is the account on its chain, in one spelling', async () => {
  const did = pkhDid(31337, ADA)
  assert.equal(did, 'did:pkh:eip155:31337:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266')
  const document = await resolver.document(`did:pkh:eip155:31337:${ADA}`)
  assert.equal(document.id, did)
  assert.deepEqual(document.authentication, [`${did}#blockchainAccountId`])
  assert.equal(document.verificationMethod?.[0]?.blockchainAccountId, `eip155:31337:${ADA.toLowerCase()}`)
})

test('the did:key of the method specification and of our own keys resolve to those keys', async () => {
  // From the method's published examples: https://w3c-ccg.github.io/did-key-spec/
  const ed25519 = await resolver.document('did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK')
  assert.equal(ed25519.verificationMethod?.[0]?.type, 'Ed25519VerificationKey2018')
  const p256 = await resolver.document('did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169')
  assert.equal(p256.verificationMethod?.[0]?.publicKeyJwk?.crv, 'P-256')
  for (const key of [p256Key(), secp256k1Key(), ed25519Key()]) {
    const { id, authentication, assertionMethod } = await resolver.document(key.did)
    assert.deepEqual([id, authentication, assertionMethod], [key.did, [key.keyId], [key.keyId]])
  }
  const jwk = (await resolver.document(p256Key().did)).verificationMethod?.[0]?.publicKeyJwk
  assert.equal(Buffer.from(jwk?.x ?? '', 'base64url').toString('hex'), p256Key().publicKey.subarray(1).toString('hex'))
})

const strange: readonly string[] = [
  '',
  'did:',
  'did:pkh:eip155:0:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  'did:pkh:eip155:01:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  'did:pkh:bip122:000000000019d6689c085ae165831e93:128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6',
  'did:pkh:eip155:1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb9226',
  'did:pkh:eip155:1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266#key',
  'did:pkh:eip155:1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266?versionId=1',
  'DID:pkh:eip155:1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  'did:pkh:eip155:1:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266\n',
  'did:ethr:mainnet:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  'did:ethr:0x01:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  'did:ethr:0x1:0x03fdd57adec3d438ea237fe46b33ee1e016eda6b585c3e27ea66686c2ea5358479',
  'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc', // X25519 signs nothing
  'did:key:f6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  `did:key:z${'1'.repeat(60)}`,
  `did:key:z${'6Mk'.repeat(200)}`,
  'did:web:localhost',
  'did:web:localhost%3A8080',
  'did:web:127.0.0.1',
  'did:web:0x7f.1',
  'did:web:[::1]',
  'did:web:Example.com',
  'did:web:example.com%2f..%2fadmin',
  'did:web:example.com:..:admin',
  'did:web:user@example.com',
  'did:web:example.com%00.evil.com',
  'did:web:2130706433',
  'did:ion:EiClkZMDxPKqC9c-umQfTkR8vvZ9JPhl_xLDI9Nfk38w5w',
]

test(`${strange.length} other spellings and methods are no DIDs here`, async () => {
  for (const text of strange) {
    assert.equal(parseDid(text), null, text)
    await assert.rejects(resolver.document(text), { name: 'DidUnresolved', code: 'invalidDid' }, text)
  }
})

test('a key that is written uncompressed, or as a point of a larger curve, is not a second DID of a key', () => {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(p256Key().secret)
  assert.notEqual(parseDid(`did:key:${bytesToMultibase(ecdh.getPublicKey(null, 'compressed'), 'base58btc', 'p256-pub')}`), null)
  assert.equal(parseDid(`did:key:${bytesToMultibase(ecdh.getPublicKey(), 'base58btc', 'p256-pub')}`), null)
  assert.equal(parseDid('did:key:z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54'), null) // P-384
})

test('did:web is not looked up unless that is allowed', async () => {
  await assert.rejects(resolver.document('did:web:example.com'), { code: 'unsupportedDidMethod' })
})

test('did:ethr needs our own chain', async () => {
  await assert.rejects(resolver.document(ethrDid(1, ADA)), { code: 'notFound' })
  assert.equal(parseDid(`did:ethr:${ADA}`)?.did, ethrDid(1, ADA))
})

const DID = 'did:web:example.com'
const key = (id: string, more: object = {}) => ({ id, type: 'JsonWebKey2020', controller: DID, publicKeyJwk: {}, ...more })
const jwk = { publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }

test('of a document only the own keys are left, and what they are for', () => {
  const clean = cleanDocument(DID, {
    id: DID,
    verificationMethod: [
      key('#a', jwk),
      key(`${DID}#b`, jwk),
      key('did:web:other.com#c', jwk),
      key('#d', { ...jwk, controller: 'did:web:other.com' }),
      key('#e', { type: 'ConditionalProof2022', conditionOr: [] }),
      key('#a', { ...jwk, publicKeyHex: 'second' }),
      'nonsense',
    ],
    authentication: ['#a', '#missing', 'did:web:other.com#c', key('#f', jwk)],
    assertionMethod: [`${DID}#b`, 7],
    service: [{ id: '#s', type: 'LinkedDomains', serviceEndpoint: 'http://169.254.169.254/' }],
    alsoKnownAs: ['did:web:other.com'],
  })
  assert.deepEqual(
    clean.verificationMethod?.map(({ id }) => id),
    [`${DID}#a`, `${DID}#b`, `${DID}#f`],
  )
  assert.equal(clean.verificationMethod?.[0]?.publicKeyHex, undefined, 'the first of one id')
  assert.deepEqual(clean.authentication, [`${DID}#a`, `${DID}#f`])
  assert.deepEqual(clean.assertionMethod, [`${DID}#b`])
  assert.deepEqual(Object.keys(clean), ['id', 'verificationMethod', 'authentication', 'assertionMethod'])
})

test('a document without a list of keys for signing has none, rather than all', () => {
  const clean = cleanDocument(DID, { id: DID, verificationMethod: [key('#a', jwk)] })
  assert.deepEqual([clean.authentication, clean.assertionMethod], [[], []])
})

test('a document of another subject, or of very many keys, is refused', () => {
  assert.throws(() => cleanDocument(DID, { id: 'did:web:other.com' }), DocumentRefused)
  assert.throws(() => cleanDocument(DID, { id: DID, verificationMethod: Array(33).fill(key('#a', jwk)) }), DocumentRefused)
  assert.throws(() => cleanDocument(DID, { id: DID, authentication: Array(33).fill('#a') }), DocumentRefused)
  assert.throws(() => cleanDocument(DID, null), DocumentRefused)
})

test('the cache asks once at a time, forgets what is old and what was used longest ago', async () => {
  let now = 0
  let asked = 0
  const cache = createLookupCache<number>(2, () => now)
  const look = async () => ++asked
  assert.deepEqual(await Promise.all([cache.get('a', 10, look), cache.get('a', 10, look)]), [1, 1])
  now = 9
  assert.equal(await cache.get('a', 10, look), 1)
  now = 10
  assert.equal(await cache.get('a', 10, look), 2)
  await cache.get('b', 10, look)
  await cache.get('a', 10, look)
  await cache.get('c', 10, look)
  assert.equal(cache.size, 2)
  assert.equal(await cache.get('a', 10, look), 2, 'was used last')
  assert.equal(await cache.get('b', 10, look), 5, 'was used longest ago')
  assert.equal(await cache.get('b', 0, look), 6, 'nothing old will do')
  await assert.rejects(
    cache.get('d', 10, () => Promise.reject(new Error('away'))),
    /away/,
  )
  assert.equal(await cache.get('d', 10, look), 7, 'a failure is not remembered')
})
