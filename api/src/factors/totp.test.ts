import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { codeAt, findStep, stepAt, toBase32, totpUri } from './totp.ts'

const secret = Buffer.from('12345678901234567890') // of both RFCs

describe('codes', () => {
  /** RFC 4226, appendix D. */
  const hotp = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
  for (const [counter, code] of hotp.entries()) {
    test(`of counter ${counter} are those of RFC 4226`, () => assert.equal(codeAt(secret, counter), code))
  }

  /** RFC 6238, appendix B, the lines with SHA-1: seconds and eight digits. */
  const totp: [number, string][] = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ]
  for (const [seconds, code] of totp) {
    test(`of second ${seconds} are those of RFC 6238`, () => assert.equal(codeAt(secret, stepAt(seconds * 1000), 8), code))
  }
})

describe('the step of a code', () => {
  const now = 1_750_000_015_000
  const step = stepAt(now)
  const find = (of: number, after = 0) => findStep(secret, codeAt(secret, of), { now, after })

  test('is found now, and one before and after', () => {
    assert.deepEqual([find(step - 1), find(step), find(step + 1)], [step - 1, step, step + 1])
  })
  test('is not found two before or after', () => assert.deepEqual([find(step - 2), find(step + 2)], [null, null]))
  test('is not found when it was used, or one after it was', () => {
    assert.deepEqual([find(step, step), find(step - 1, step), find(step + 1, step)], [null, null, step + 1])
  })
  test('is not found for what is no code', () => {
    assert.equal(findStep(secret, '', { now, after: 0 }), null)
    assert.equal(findStep(secret, `${codeAt(secret, step)}0`, { now, after: 0 }), null)
  })
})

describe('for an authenticator app', () => {
  /** RFC 4648, section 10, without padding. */
  const vectors = { '': '', f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' }
  for (const [text, encoded] of Object.entries(vectors)) {
    test(`"${text}" in base 32 is ${encoded}`, () => assert.equal(toBase32(Buffer.from(text)), encoded))
  }

  test('the address says all that it needs, and keeps to its place what has other meanings', () => {
    const uri = new URL(totpUri({ issuer: 'Fairhold (a.example)', name: 'Ada & co?', secret }))
    assert.equal(uri.protocol, 'otpauth:')
    assert.equal(decodeURIComponent(uri.pathname.slice(1)), 'Fairhold (a.example):Ada & co?')
    assert.deepEqual(Object.fromEntries(uri.searchParams), {
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      issuer: 'Fairhold (a.example)',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})
