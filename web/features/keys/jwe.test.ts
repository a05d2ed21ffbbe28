import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64url, toBase64url, utf8 } from './bytes.ts'
import { encryptFor, open, recipientsOf } from './jwe.ts'
import { ecdhOf, publicKeyOf, storeSecret } from './x25519.ts'

const person = async (name: string, secret = crypto.getRandomValues(new Uint8Array(32))) => ({
  recipient: { kid: name, publicKey: await publicKeyOf(secret) },
  opener: { kid: name, ecdh: ecdhOf(await storeSecret(secret)) },
  secret,
})
const [ada, dmitri, ines, stranger] = await Promise.all(['ada', 'dmitri', 'ines', 'stranger'].map((name) => person(name)))
type Person = Awaited<ReturnType<typeof person>>
const [a, d, i, s] = [ada, dmitri, ines, stranger] as [Person, Person, Person, Person]
const CONTEXT = 'deal 0x01 chat'
const bytesOf = (minLength: number) => fc.uint8Array({ minLength, maxLength: 3_000 })
const hello = utf8('Здравствуй, this is for you three 🚲')

test('public key and shared secret are those of RFC 7748, 6.1', async () => {
  const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
  const bob = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
  const alice = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
  const shared = hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742')
  assert.deepEqual(await publicKeyOf(bob), hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'))
  assert.deepEqual(await ecdhOf(await storeSecret(bob))(alice), shared)
  assert.deepEqual(await ecdhOf({ kind: 'bytes', bytes: bob })(alice), shared)
})

test('what is encrypted to three is read by each of them, whichever way the key is kept', async () => {
  const text = await encryptFor([a.recipient, d.recipient, i.recipient], hello, CONTEXT)
  for (const { opener } of [a, d, i]) assert.deepEqual(await open([opener], text, CONTEXT), new Uint8Array(hello))
  const bytes = { kid: 'ada', ecdh: ecdhOf({ kind: 'bytes', bytes: Uint8Array.from(a.secret) }) }
  assert.deepEqual(await open([bytes], text, CONTEXT), new Uint8Array(hello))
  assert.deepEqual(recipientsOf(text), ['ada', 'dmitri', 'ines'])
})

test('whatever is written is read again', async () => {
  await fc.assert(
    fc.asyncProperty(bytesOf(1), fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), async (bytes, context) => {
      const text = await encryptFor([d.recipient, a.recipient], bytes, context)
      assert.deepEqual(await open([s.opener, a.opener], text, context), Uint8Array.from(bytes))
    }),
    { numRuns: 40 },
  )
})

test('a megabyte to three is read again', async () => {
  const large = new Uint8Array(1024 * 1024).map((_, index) => index % 251)
  const text = await encryptFor([a.recipient, d.recipient, i.recipient], large, CONTEXT)
  assert.deepEqual(await open([i.opener], text, CONTEXT), large)
})

test('two encryptions of the same are never alike', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => encryptFor([a.recipient], hello, CONTEXT)))
  assert.notEqual(JSON.parse(one ?? '').ciphertext, JSON.parse(other ?? '').ciphertext)
})

test('a stranger reads nothing, not even under the name of a recipient', async () => {
  const text = await encryptFor([a.recipient, d.recipient], hello, CONTEXT)
  await assert.rejects(open([s.opener], text, CONTEXT), { name: 'CannotOpen', reason: 'not-for-us' })
  await assert.rejects(open([], text, CONTEXT), { reason: 'not-for-us' })
  await assert.rejects(open([{ ...s.opener, kid: 'ada' }], text, CONTEXT), { reason: 'damaged' })
})

test('what belongs to one deal opens in no other', async () => {
  const text = await encryptFor([a.recipient], hello, CONTEXT)
  await assert.rejects(open([a.opener], text, 'deal 0x02 chat'), { reason: 'elsewhere' })
  const moved = JSON.stringify({ ...JSON.parse(text), aad: toBase64url(utf8('deal 0x02 chat')) })
  await assert.rejects(open([a.opener], moved, 'deal 0x02 chat'), { reason: 'damaged' })
})

test('a single changed bit, anywhere in what is encrypted, is noticed', async () => {
  const text = await encryptFor([a.recipient], hello, CONTEXT)
  const jwe = JSON.parse(text)
  const flipped = (value: string, at: number) => {
    const bytes = fromBase64url(value)
    bytes[(at >> 3) % bytes.length] = (bytes[(at >> 3) % bytes.length] ?? 0) ^ (1 << (at & 7))
    return toBase64url(bytes)
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('ciphertext', 'iv', 'tag', 'protected', 'key', 'keyIv', 'keyTag'),
      fc.nat(5_000),
      async (part, at) => {
        const changed = structuredClone(jwe)
        const [recipient] = changed.recipients
        if (part === 'key') recipient.encrypted_key = flipped(recipient.encrypted_key, at)
        else if (part === 'keyIv') recipient.header.iv = flipped(recipient.header.iv, at)
        else if (part === 'keyTag') recipient.header.tag = flipped(recipient.header.tag, at)
        else changed[part] = flipped(changed[part], at)
        await assert.rejects(open([a.opener], JSON.stringify(changed), CONTEXT), { name: 'CannotOpen' })
      },
    ),
    { numRuns: 200 },
  )
})

test('an ephemeral key of small order, another algorithm, or a shape that is not ours opens nothing', async () => {
  const jwe = JSON.parse(await encryptFor([a.recipient], hello, CONTEXT))
  const withRecipient = (change: object) => ({
    ...jwe,
    recipients: [{ ...jwe.recipients[0], header: { ...jwe.recipients[0].header, ...change } }],
  })
  const bad = [
    withRecipient({ epk: { kty: 'OKP', crv: 'X25519', x: toBase64url(new Uint8Array(32)) } }),
    withRecipient({ alg: 'dir' }),
    withRecipient({ apu: 'AAAA' }),
    { ...jwe, protected: toBase64url(utf8('{"enc":"A256GCM"}')) },
    { ...jwe, protected: toBase64url(utf8('{"enc":"XC20P","alg":"dir"}')) },
    { ...jwe, recipients: [] },
    { ...jwe, recipients: Array(21).fill(jwe.recipients[0]) },
    { ...jwe, unprotected: {} },
    { ...jwe, aad: undefined },
    [],
    null,
  ]
  for (const one of bad)
    await assert.rejects(open([a.opener], JSON.stringify(one), CONTEXT), { name: 'CannotOpen', reason: 'damaged' })
  await assert.rejects(open([a.opener], 'nothing', CONTEXT), { reason: 'damaged' })
})

test('nothing, to nobody, or for no context, is not encrypted: did-jwt could not open it again', async () => {
  await assert.rejects(encryptFor([], hello, CONTEXT), RangeError)
  await assert.rejects(encryptFor([a.recipient], new Uint8Array(0), CONTEXT), RangeError)
  await assert.rejects(encryptFor([a.recipient], hello, ''), RangeError)
})

test('where the platform can, a stored key cannot be read', async () => {
  const stored = await storeSecret(a.secret)
  assert.equal(stored.kind, 'crypto')
  if (stored.kind === 'crypto') await assert.rejects(crypto.subtle.exportKey('pkcs8', stored.key))
})
