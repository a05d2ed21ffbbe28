import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { CREDENTIALS, startKms, type TestKms } from '../../test/support/kms.ts'
import { createKmsProvider } from './aws-kms-provider.ts'
import type { KeyProvider } from './provider.ts'

const key = Buffer.alloc(32, 7)
let kms: TestKms
let provider: KeyProvider
before(async () => {
  Object.assign(process.env, CREDENTIALS) // where the AWS SDK looks
  kms = await startKms()
  kms.addKey('one')
  kms.addKey('two')
})
after(async () => {
  await provider?.close()
  await kms?.stop()
})
beforeEach(async () => {
  await provider?.close()
  kms.asked.length = 0
  kms.faults.length = 0
  provider = connect('one')
})

/** Longer than the pauses that the SDK makes between tries of a throttled call. */
const CALL_MS = 5_000

const connect = (...names: string[]) =>
  createKmsProvider({ region: 'eu-central-1', keys: names.map(kms.arn), endpoint: kms.url, callMs: CALL_MS })

describe('AWS KMS', () => {
  test('wraps and unwraps, by signed requests', async () => {
    const wrapped = await provider.wrap(key, 'a')
    assert.equal(wrapped.wrappingKey, kms.arn('one'))
    assert.deepEqual(await provider.unwrap(wrapped, 'a'), key)
    assert.deepEqual(kms.asked, ['TrentService.Encrypt', 'TrentService.Decrypt'])
  })

  test('does not unwrap a data key as another: the encryption context differs', async () => {
    const wrapped = await provider.wrap(key, 'a')
    await assert.rejects(provider.unwrap(wrapped, 'b'), { name: 'KeyError', fault: 'wrong-context' })
  })

  test('wraps with the first of several keys and unwraps with each; one that is not named is not even asked', async () => {
    const old = await provider.wrap(key, 'a')
    const both = connect('two', 'one')
    assert.deepEqual(await both.unwrap(old, 'a'), key)
    assert.equal((await both.wrap(key, 'a')).wrappingKey, kms.arn('two'))
    kms.asked.length = 0
    await assert.rejects(connect('two').unwrap(old, 'a'), { fault: 'unknown-key' })
    assert.deepEqual(kms.asked, [])
    await both.close()
  })

  test('a throttled call is tried again', async () => {
    kms.faults.push({ error: 'ThrottlingException', status: 400 }, { error: 'KMSInternalException', status: 500 })
    assert.deepEqual((await provider.wrap(key, 'a')).wrappingKey, kms.arn('one'))
    assert.equal(kms.asked.length, 3)
  })

  test('a connection that breaks is tried again', async () => {
    kms.faults.push('break')
    assert.deepEqual((await provider.wrap(key, 'a')).wrappingKey, kms.arn('one'))
  })

  const faults: [error: string, status: number, fault: string][] = [
    ['ThrottlingException', 400, 'throttled'],
    ['AccessDeniedException', 400, 'denied'],
    ['DisabledException', 400, 'unknown-key'],
    ['KMSInternalException', 500, 'away'],
  ]
  for (const [error, status, fault] of faults)
    test(`${error} that stays is "${fault}", without anything secret in the error`, async () => {
      for (let tries = 0; tries < 5; tries++) kms.faults.push({ error, status })
      const failure: Error & { fault?: string } = await provider.wrap(key, 'a').then(
        () => assert.fail(),
        (caught) => caught,
      )
      assert.equal(failure.fault, fault)
      assert.ok(!failure.message.includes(key.toString('base64')))
    })

  test('a key that is not there is unknown', async () => {
    await assert.rejects(connect('three').wrap(key, 'a'), { fault: 'unknown-key' })
  })

  test('no answer is given up in time', async () => {
    for (let tries = 0; tries < 5; tries++) kms.faults.push('hang')
    const started = performance.now()
    const hurried = createKmsProvider({ region: 'eu-central-1', keys: [kms.arn('one')], endpoint: kms.url, callMs: 1_500 })
    await assert.rejects(hurried.wrap(key, 'a'), { fault: 'timeout' })
    assert.ok(performance.now() - started < CALL_MS)
    await hurried.close()
  })

  test('nobody there is "away"', async () => {
    const nowhere = createKmsProvider({ region: 'eu-central-1', keys: [kms.arn('one')], endpoint: 'http://127.0.0.1:1' })
    await assert.rejects(nowhere.wrap(key, 'a'), { fault: 'away' })
    await nowhere.close()
  })

  test('credentials that are not right are "denied"', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'another'
    const stranger = connect('one')
    await assert.rejects(stranger.wrap(key, 'a'), { fault: 'denied' })
    process.env.AWS_SECRET_ACCESS_KEY = CREDENTIALS.AWS_SECRET_ACCESS_KEY
    await stranger.close()
  })
})
