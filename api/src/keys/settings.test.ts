import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readKeySettings } from './settings.ts'

const arn = (name: string, region = 'eu-central-1') => `arn:aws:kms:${region}:111122223333:key/${name}`
const local = { dataDir: '/data', devChain: true }
const real = { dataDir: '/data', devChain: false }
const hsm = { PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'fairhold', PKCS11_PIN: '1234', PKCS11_KEYS: 'new, old' }

test('on the local chain keys are in a file; elsewhere somebody has to decide where they are', () => {
  assert.deepEqual(readKeySettings({}, local), { provider: 'file', file: { dir: '/data' }, awsKms: undefined, pkcs11: undefined })
  assert.throws(() => readKeySettings({}, real), /KEY_PROVIDER is missing/)
  assert.equal(readKeySettings({ KEY_PROVIDER: 'file' }, real).provider, 'file')
})

test('AWS KMS takes keys by their ARN, which says the region', () => {
  const { awsKms } = readKeySettings({ KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: `${arn('new')}, ${arn('old')}` }, real)
  assert.deepEqual(awsKms, { region: 'eu-central-1', keys: [arn('new'), arn('old')], endpoint: undefined })
})

test('a second provider may have settings while data moves to it, or away', () => {
  const { provider, awsKms, pkcs11 } = readKeySettings({ ...hsm, KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: arn('one') }, real)
  assert.deepEqual([provider, awsKms?.keys, pkcs11?.keys], ['aws-kms', [arn('one')], ['new', 'old']])
})

describe('settings that are not whole are refused', () => {
  const refused: [variables: Record<string, string>, why: RegExp][] = [
    [{ KEY_PROVIDER: 'vault' }, /KEY_PROVIDER/],
    [{ KEY_PROVIDER: 'aws-kms' }, /AWS_KMS_KEYS is missing/],
    [{ KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: 'alias/fairhold' }, /must be the ARN of a key/],
    [{ KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: 'arn:aws:kms:eu-central-1:111122223333:alias/one' }, /must be the ARN of a key/],
    [{ KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: `${arn('a')},${arn('b', 'us-east-1')}` }, /keys of 2 regions/],
    [{ KEY_PROVIDER: 'pkcs11', ...hsm, PKCS11_MODULE: 'hsm.so' }, /PKCS11_MODULE/],
    [{ PKCS11_MODULE: '/lib/hsm.so' }, /PKCS11_TOKEN is missing/],
    [{ KEY_PROVIDER: 'pkcs11', ...hsm, PKCS11_KEYS: 'one,' }, /PKCS11_KEYS/],
  ]
  for (const [variables, why] of refused)
    test(JSON.stringify(variables).slice(0, 110), () => assert.throws(() => readKeySettings(variables, local), why))

  test('without showing what they are', () => {
    assert.throws(
      () => readKeySettings({ KEY_PROVIDER: 'pkcs11', PKCS11_MODULE: 'x', PKCS11_PIN: 'secret-pin', PKCS11_KEYS: ',' }, real),
      (error: Error) => !error.message.includes('secret-pin'),
    )
  })
})
