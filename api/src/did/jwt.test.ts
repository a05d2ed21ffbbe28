import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { ES256KSigner } from 'did-jwt'
import fc from 'fast-check'
import { privateKeyToAddress } from 'viem/accounts'
import { ed25519Key, forge, highS, p256Key, part, secp256k1Key, type TokenKey } from '../../test/support/tokens.ts'
import { createIssuer } from './issuer.ts'
import { verifyToken } from './jwt.ts'
import { ethrDid, pkhDid } from './parse.ts'
import { accessToken, tokenRequest } from './purposes.ts'
import type { RefusalReason } from './refused.ts'
import { createDidResolver } from './resolver.ts'

const NOW = 1_800_000_000
const AUDIENCE = createIssuer('07'.repeat(32)).did
const SUBJECT = pkhDid(31337, `0x${'ab'.repeat(20)}`)
const [key, secp, ed] = [p256Key(), secp256k1Key(), ed25519Key()]
const resolver = createDidResolver({ web: false, now: () => NOW * 1000 }).fresh

const header = (more: object = {}) => ({ alg: key.alg, typ: tokenRequest.typ, ...more })
const claims = (more: object = {}) => ({
  iss: key.did,
  sub: SUBJECT,
  aud: AUDIENCE,
  iat: NOW,
  exp: NOW + 300,
  jti: 'a-token-of-the-tests',
  ...more,
})
const without = (name: string) => Object.fromEntries(Object.entries(claims()).filter(([one]) => one !== name))

/** Token ids that were used, as the database would remember them. */
const memory = () => {
  const used = new Set<string>()
  return async ({ iss, jti }: { iss: string; jti: string }) => !used.has(`${iss} ${jti}`) && used.add(`${iss} ${jti}`) !== null
}
const verify = (token: string, spend = memory(), at = NOW) =>
  verifyToken(token, tokenRequest, { resolver, audience: AUDIENCE, now: at * 1000, spend })

const good: Record<string, () => Promise<string>> = {
  'of P-256': () => forge(key, header(), claims()),
  'of secp256k1': () => forge(secp, header({ alg: 'ES256K' }), claims({ iss: secp.did })),
  'of Ed25519': () => forge(ed, header({ alg: 'EdDSA' }), claims({ iss: ed.did })),
  'that names its key': () => forge(key, header({ kid: key.keyId }), claims()),
  'that names its key by the fragment': () => forge(key, header({ kid: `#${key.keyId.split('#')[1]}` }), claims()),
  'with typ as a whole media type': () => forge(key, header({ typ: `application/${tokenRequest.typ}` }), claims()),
  'with typ in capitals': () => forge(key, header({ typ: tokenRequest.typ.toUpperCase() }), claims()),
  'with a scope': () => forge(key, header(), claims({ scope: 'deals:read listings:write' })),
  'from a clock that is 60 s ahead': () => forge(key, header(), claims({ iat: NOW + 60, nbf: NOW + 60, exp: NOW + 360 })),
  'that ended 59 s ago': () => forge(key, header(), claims({ iat: NOW - 300, exp: NOW - 59 })),
  'with spaces in its JSON': () => forge(key, JSON.stringify(header(), null, 1), JSON.stringify(claims(), null, 2)),
  'signed by the key of a did:pkh': () =>
    forge({ signer: ES256KSigner(secp.secret) }, header({ alg: 'ES256K' }), claims({ iss: pkhDid(1, addressOf2()) })),
  'of a P-256 key whose x begins with a zero': () => forge(zeroKey(), header(), claims({ iss: zeroKey().did })),
}

for (const [name, make] of Object.entries(good)) {
  test(`accepted: a token ${name}`, async () => {
    const { claims: read, keyId } = await verify(await make())
    assert.equal(read.sub, SUBJECT)
    assert.ok(keyId.startsWith(`${read.iss}#`))
  })
}

const addressOf2 = () => privateKeyToAddress(`0x${secp.secret.toString('hex')}`)

/** Among 256 keys one has such a point; a library that drops the zero would lose its signatures. */
function zeroKey(): TokenKey {
  for (let n = 1; ; n += 1) {
    const secret = Buffer.alloc(32)
    secret.writeUInt32BE(n, 28)
    const candidate = p256Key(secret)
    if (candidate.publicKey[1] === 0) return candidate
  }
}

const hmac = (input: string, secret: Buffer | string) => createHmac('sha256', secret).update(input).digest('base64url')
const signedBy = (secret: Buffer | string, head: object) => {
  const input = `${part(head)}.${part(claims())}`
  return `${input}.${hmac(input, secret)}`
}
const valid = () => forge(key, header(), claims())
const jwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
const replaced = async (index: number, change: (text: string) => string) => {
  const parts = (await valid()).split('.')
  parts[index] = change(parts[index] ?? '')
  return parts.join('.')
}

const attacks: [string, RefusalReason, () => string | Promise<string>][] = [
  // algorithms
  ['alg none without a signature', 'form', () => `${part(header({ alg: 'none' }))}.${part(claims())}.`],
  ['alg none with the old signature', 'header', () => replaced(0, () => part(header({ alg: 'none' })))],
  ['alg NoNe', 'header', () => replaced(0, () => part(header({ alg: 'NoNe' })))],
  ['no alg', 'header', () => replaced(0, () => part({ typ: tokenRequest.typ }))],
  ['HS256 under the public key', 'header', () => signedBy(key.publicKey, header({ alg: 'HS256' }))],
  ['HS256 under the DID', 'header', () => signedBy(key.did, header({ alg: 'HS256' }))],
  ['HMAC that calls itself ES256', 'signature', () => signedBy(key.publicKey, header())],
  [
    'ES256K-R',
    'header',
    () => forge({ signer: ES256KSigner(secp.secret, true) }, header({ alg: 'ES256K-R' }), claims({ iss: secp.did })),
  ],
  ['the old name Ed25519', 'header', () => forge(ed, header({ alg: 'Ed25519' }), claims({ iss: ed.did }))],
  ['RS256', 'header', () => replaced(0, () => part(header({ alg: 'RS256' })))],
  ['alg as a list', 'header', () => replaced(0, () => part(header({ alg: ['ES256'] })))],
  ['ES256 token that says ES256K', 'signature', () => forge(key, header({ alg: 'ES256K' }), claims())],
  ['ES256K token that says ES256', 'signature', () => forge(secp, header(), claims({ iss: secp.did }))],
  ['EdDSA signature for a P-256 DID', 'signature', () => forge(ed, header({ alg: 'EdDSA' }), claims())],
  // keys
  ['signed by another key', 'signature', () => forge(p256Key(Buffer.alloc(32, 9)), header(), claims())],
  ['kid of another key', 'signature', () => forge(key, header({ kid: secp.keyId }), claims())],
  ['kid that walks out', 'signature', () => forge(key, header({ kid: '../../dev/null' }), claims())],
  ['jwk in the header', 'header', () => forge(key, header({ jwk }), claims())],
  ['jku in the header', 'header', () => forge(key, header({ jku: 'https://evil.example/keys' }), claims())],
  ['x5u in the header', 'header', () => forge(key, header({ x5u: 'https://evil.example/cert' }), claims())],
  ['x5c in the header', 'header', () => forge(key, header({ x5c: ['MIIB'] }), claims())],
  ['crit that nobody knows', 'header', () => forge(key, header({ crit: ['exp'], exp: 1 }), claims())],
  ['crit that is empty', 'header', () => forge(key, header({ crit: [] }), claims())],
  ['b64 false', 'header', () => forge(key, header({ b64: false, crit: ['b64'] }), claims())],
  ['compressed', 'header', () => forge(key, header({ zip: 'DEF' }), claims())],
  ['nested by cty', 'header', async () => forge(key, header({ cty: 'JWT' }), claims({ jwt: await valid() }))],
  // kind
  ['no typ', 'header', () => forge(key, { alg: key.alg }, claims())],
  ['typ JWT', 'header', () => forge(key, header({ typ: 'JWT' }), claims())],
  ['typ of an access token', 'header', () => forge(key, header({ typ: accessToken.typ }), claims())],
  ['typ of a credential', 'header', () => forge(key, header({ typ: 'vc+jwt' }), claims())],
  ['typ with a letter that looks alike', 'header', () => forge(key, header({ typ: 'fairhold-token-request+јwt' }), claims())],
  // issuer and subject
  ['no iss', 'claims', () => forge(key, header(), without('iss'))],
  ['iss as a DID URL', 'claims', () => forge(key, header(), claims({ iss: key.keyId }))],
  ['iss with a query', 'claims', () => forge(key, header(), claims({ iss: `${key.did}?versionId=1` }))],
  ['iss self-issued', 'claims', () => forge(key, header(), claims({ iss: 'https://self-issued.me/v2', sub_jwk: jwk }))],
  ['iss and no DID', 'claims', () => forge(key, header(), claims({ iss: 'https://fairhold.example' }))],
  ['iss of a method that is off', 'signature', () => forge(key, header(), claims({ iss: 'did:web:example.com' }))],
  ['iss of an unknown method', 'claims', () => forge(key, header(), claims({ iss: 'did:example:123' }))],
  ['iss a did:pkh of somebody else', 'signature', () => forge(secp, header({ alg: 'ES256K' }), claims({ iss: SUBJECT }))],
  [
    'iss a did:ethr of another chain',
    'signature',
    () => forge(secp, header({ alg: 'ES256K' }), claims({ iss: ethrDid(5, addressOf2()) })),
  ],
  ['iss as a list', 'claims', () => forge(key, header(), claims({ iss: [key.did] }))],
  ['iss with a zero-width space', 'claims', () => forge(key, header(), claims({ iss: `${key.did}\u200b` }))],
  ['no sub', 'claims', () => forge(key, header(), without('sub'))],
  ['sub and no DID', 'claims', () => forge(key, header(), claims({ sub: 'admin' }))],
  ['client_id instead of iss', 'claims', () => forge(key, header(), { ...without('iss'), client_id: key.did })],
  // audience
  ['no aud', 'claims', () => forge(key, header(), without('aud'))],
  ['aud of another marketplace', 'audience', () => forge(key, header(), claims({ aud: secp.did }))],
  ['aud as a list with ours in it', 'claims', () => forge(key, header(), claims({ aud: [AUDIENCE, secp.did] }))],
  ['aud in capitals', 'audience', () => forge(key, header(), claims({ aud: AUDIENCE.toUpperCase() }))],
  ['aud with a letter that looks alike', 'audience', () => forge(key, header(), claims({ aud: AUDIENCE.replace('did', 'dіd') }))],
  ['aud with a space after it', 'audience', () => forge(key, header(), claims({ aud: `${AUDIENCE} ` }))],
  ['aud null', 'claims', () => forge(key, header(), claims({ aud: null }))],
  // times
  ['no exp', 'claims', () => forge(key, header(), without('exp'))],
  ['no iat', 'claims', () => forge(key, header(), without('iat'))],
  ['expired 61 s ago', 'times', () => forge(key, header(), claims({ iat: NOW - 300, exp: NOW - 61 }))],
  ['expired just beyond the skew', 'times', () => forge(key, header(), claims({ iat: NOW - 300, exp: NOW - 60 }))],
  ['ten years of life', 'times', () => forge(key, header(), claims({ exp: NOW + 315_360_000 }))],
  ['one second too much life', 'times', () => forge(key, header(), claims({ exp: NOW + 301 }))],
  ['a long life that began long ago', 'times', () => forge(key, header(), claims({ iat: NOW - 10_000, exp: NOW + 10 }))],
  ['from the future', 'times', () => forge(key, header(), claims({ iat: NOW + 61, exp: NOW + 200 }))],
  ['nbf far ahead', 'times', () => forge(key, header(), claims({ nbf: NOW + 200 }))],
  ['nbf after exp', 'times', () => forge(key, header(), claims({ nbf: NOW + 400 }))],
  ['exp before iat', 'times', () => forge(key, header(), claims({ iat: NOW + 10, exp: NOW + 5 }))],
  ['exp as a fraction', 'claims', () => forge(key, header(), claims({ exp: NOW + 0.5 }))],
  ['exp as text', 'claims', () => forge(key, header(), claims({ exp: String(NOW + 300) }))],
  ['exp null', 'claims', () => forge(key, header(), claims({ exp: null }))],
  ['exp beyond all numbers', 'claims', () => forge(key, header(), JSON.stringify(claims()).replace(`${NOW + 300}`, '1e400'))],
  ['exp in milliseconds', 'times', () => forge(key, header(), claims({ exp: (NOW + 300) * 1000 }))],
  ['iat negative', 'claims', () => forge(key, header(), claims({ iat: -1 }))],
  ['iat true', 'claims', () => forge(key, header(), claims({ iat: true }))],
  // token id
  ['no jti', 'claims', () => forge(key, header(), without('jti'))],
  ['jti as a number', 'claims', () => forge(key, header(), claims({ jti: 12345678 }))],
  ['jti of a thousand characters', 'claims', () => forge(key, header(), claims({ jti: 'x'.repeat(1000) }))],
  ['jti with a line break', 'claims', () => forge(key, header(), claims({ jti: 'a-token-\n-line' }))],
  // other claims
  ['a claim that nobody knows', 'claims', () => forge(key, header(), claims({ admin: true }))],
  ['a scope that is no text', 'claims', () => forge(key, header(), claims({ scope: ['deals:read'] }))],
  ['__proto__', 'claims', () => forge(key, header(), JSON.stringify(claims()).replace('{', '{"__proto__":{"admin":true},'))],
  // form
  ['aud twice', 'form', () => forge(key, header(), JSON.stringify(claims()).replace('{', `{"aud":"${AUDIENCE}",`))],
  ['aud twice, once escaped', 'form', () => forge(key, header(), JSON.stringify(claims()).replace('{', `{"\\u0061ud":"x",`))],
  ['alg twice', 'form', () => forge(key, JSON.stringify(header()).replace('{', '{"alg":"none",'), claims())],
  ['a payload that is a list', 'form', () => forge(key, header(), '[]')],
  ['a payload that is null', 'form', () => forge(key, header(), 'null')],
  ['a payload that is no JSON', 'form', () => forge(key, header(), 'nothing')],
  ['a payload nested a thousand deep', 'form', () => forge(key, header(), `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`)],
  ['a byte order mark', 'form', () => forge(key, header(), `\ufeff${JSON.stringify(claims())}`)],
  ['bytes that are no UTF-8', 'form', () => replaced(1, () => Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url'))],
  ['padding', 'form', () => replaced(2, (text) => `${text}==`)],
  ['base64 instead of base64url', 'form', () => replaced(0, () => `${Buffer.from('{"a":"??>>"}').toString('base64')}`)],
  ['a space inside', 'form', () => replaced(1, (text) => `${text.slice(0, 9)} ${text.slice(9)}`)],
  ['a line break at the end', 'form', async () => `${await valid()}\n`],
  ['two parts', 'form', async () => (await valid()).split('.').slice(0, 2).join('.')],
  ['four parts', 'form', async () => `${await valid()}.AAAA`],
  ['JSON serialization', 'form', async () => JSON.stringify({ payload: part(claims()), signatures: [] })],
  ['empty', 'form', () => ''],
  ['a megabyte', 'size', () => forge(key, header(), claims({ jti: 'x'.repeat(1_000_000) }))],
  // signature
  [
    'the higher of two signatures',
    'signature',
    async () => highS(await forge(secp, header({ alg: 'ES256K' }), claims({ iss: secp.did }))),
  ],
  ['a signature of zeros', 'signature', () => replaced(2, () => Buffer.alloc(64).toString('base64url'))],
  ['a signature of 65 bytes', 'signature', () => replaced(2, () => Buffer.alloc(65, 1).toString('base64url'))],
  ['a signature in DER', 'signature', () => replaced(2, () => Buffer.from('3006020101020101', 'hex').toString('base64url'))],
  ['another payload under the signature', 'signature', () => replaced(1, () => part(claims({ sub: secp.did })))],
  ['another header under the signature', 'signature', () => replaced(0, () => part(header({ kid: key.keyId })))],
]

for (const [name, reason, make] of attacks) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(verify(await make()), { name: 'TokenRefused', reason })
  })
}

test('there are at least sixty attacks, each of its own', () => {
  assert.ok(attacks.length >= 60)
  assert.equal(new Set(attacks.map(([name]) => name)).size, attacks.length)
})

test('refused: a token that was used, even beside itself; another of the same key is not', async () => {
  const spend = memory()
  const token = await valid()
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => verify(token, spend)))
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(verify(token, spend), { reason: 'replay' })
  await verify(await forge(key, header(), claims({ jti: 'another-token' })), spend)
})

test('a token with a bad signature uses no id up', async () => {
  const spend = memory()
  await assert.rejects(verify(await forge(p256Key(Buffer.alloc(32, 9)), header(), claims()), spend), { reason: 'signature' })
  await verify(await valid(), spend)
})

test('a token of single use is refused where nobody remembers', async () => {
  const options = { resolver, audience: AUDIENCE, now: NOW * 1000 }
  await assert.rejects(verifyToken(await valid(), tokenRequest, options), { reason: 'replay' })
})

test('an access token is no request for one, and a request is no access token', async () => {
  const issuer = createIssuer('07'.repeat(32))
  const payload = { ...without('iss'), scope: 'deals:read', client_id: key.did, account: crypto.randomUUID() }
  const token = await issuer.sign(payload, { typ: accessToken.typ })
  const options = { resolver, audience: AUDIENCE, now: NOW * 1000 }
  assert.equal((await verifyToken(token, accessToken, options)).claims.iss, AUDIENCE)
  await assert.rejects(verifyToken(token, tokenRequest, options), { reason: 'header' })
  await assert.rejects(verifyToken(await valid(), accessToken, options), { reason: 'header' })
})

test('a token in which any one character is another is refused', async () => {
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ']
  const tokens = [await good['of P-256']?.(), await good['of secp256k1']?.(), await good['of Ed25519']?.()] as string[]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tokens), fc.nat(), fc.constantFrom(...alphabet), async (token, at, other) => {
      const index = at % token.length
      fc.pre(token[index] !== other)
      await assert.rejects(verify(`${token.slice(0, index)}${other}${token.slice(index + 1)}`), { name: 'TokenRefused' })
    }),
    { numRuns: 400 },
  )
})

test('every change of the last characters, where base64 has bits to spare, is refused', async () => {
  const token = (await good['of P-256']?.()) as string
  for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    if (other === token.at(-1)) continue
    await assert.rejects(verify(`${token.slice(0, -1)}${other}`), { name: 'TokenRefused' })
  }
})
