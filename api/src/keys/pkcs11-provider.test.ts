import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { startToken, type TestToken, whyNoSoftHsm } from '../../test/support/softhsm.ts'
import { createPkcs11Provider } from './pkcs11-provider.ts'
import type { KeyProvider } from './provider.ts'

const missing = whyNoSoftHsm()
if (missing !== null) console.log(`Left out: the tests of PKCS#11 on a real token. ${missing}`)

test('a module that is not there is "away"', async () => {
  const settings = { module: '/nowhere/module.so', token: 'one', pin: '1234', keys: ['one'] }
  await assert.rejects(createPkcs11Provider(settings).wrap(Buffer.alloc(32), 'a'), { name: 'KeyError', fault: 'away' })
})

describe('PKCS#11, with SoftHSM', { skip: missing ?? false }, () => {
  const key = Buffer.alloc(32, 7)
  let token: TestToken
  let provider: KeyProvider
  const connect = (changes: Partial<Parameters<typeof createPkcs11Provider>[0]> = {}) =>
    createPkcs11Provider({ ...token, keys: ['one'], ...changes })
  before(() => {
    token = startToken()
    token.addKey('one')
    token.addKey('two')
    provider = connect()
  })
  after(async () => {
    await provider?.close()
    token?.stop()
  })

  test('wraps and unwraps, never the same twice', async () => {
    const [wrapped, again] = [await provider.wrap(key, 'a'), await provider.wrap(key, 'a')]
    assert.equal(wrapped.wrappingKey, 'one')
    assert.equal(wrapped.wrapped.length, 12 + 32 + 16)
    assert.deepEqual(await provider.unwrap(wrapped, 'a'), key)
    assert.notDeepEqual(wrapped.wrapped, again.wrapped)
  })

  test('does not unwrap a data key as another, nor an altered one, and goes on after that', async () => {
    const wrapped = await provider.wrap(key, 'a')
    await assert.rejects(provider.unwrap(wrapped, 'b'), { fault: 'wrong-context' })
    const altered = Buffer.from(wrapped.wrapped)
    altered[20] = (altered[20] ?? 0) ^ 1
    await assert.rejects(provider.unwrap({ ...wrapped, wrapped: altered }, 'a'), { fault: 'wrong-context' })
    await assert.rejects(provider.unwrap({ ...wrapped, wrapped: altered.subarray(0, 5) }, 'a'), { name: 'KeyError' })
    assert.deepEqual(await provider.unwrap(wrapped, 'a'), key)
  })

  test('wraps with the first of several keys and unwraps with each that is named', async () => {
    const old = await provider.wrap(key, 'a')
    const both = connect({ keys: ['two', 'one'] })
    assert.deepEqual(await both.unwrap(old, 'a'), key)
    const fresh = await both.wrap(key, 'a')
    assert.equal(fresh.wrappingKey, 'two')
    await assert.rejects(provider.unwrap(fresh, 'a'), { fault: 'unknown-key', message: /two is not among PKCS11_KEYS/ })
    await both.close()
  })

  test('keeps many calls at once apart', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `key ${index}`)
    const keys = ids.map((_, index) => Buffer.alloc(32, index))
    const wrapped = await Promise.all(ids.map((id, index) => provider.wrap(keys[index] as Buffer, id)))
    assert.deepEqual(await Promise.all(ids.map((id, index) => provider.unwrap(wrapped[index] as (typeof wrapped)[0], id))), keys)
  })

  test('opens a new session when the module has lost ours', async () => {
    const lost = connect()
    await lost.wrap(key, 'a')
    await provider.close() // in SoftHSM the last session that closes logs out; another session of ours stays open
    await lost.close()
    assert.equal((await lost.wrap(key, 'a')).wrappingKey, 'one')
    await lost.close()
  })

  test('says which key or token is missing', async () => {
    await assert.rejects(connect({ keys: ['three'] }).wrap(key, 'a'), { fault: 'unknown-key', message: /no secret key three/ })
    await assert.rejects(connect({ token: 'nowhere' }).wrap(key, 'a'), { fault: 'away', message: /token nowhere/ })
  })

  test('a wrong PIN is "denied", in a process that is not logged in yet', async () => {
    const source = `
      import { createPkcs11Provider } from ${JSON.stringify(new URL('./pkcs11-provider.ts', import.meta.url).href)}
      const provider = createPkcs11Provider(${JSON.stringify({ ...token, pin: '9999', keys: ['one'] })})
      const failure = await provider.wrap(Buffer.alloc(32), 'a').catch((error) => error)
      console.log(failure.fault, failure.message.includes('9999'))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source])
    assert.equal(stdout.trim(), 'denied false')
  })
})
