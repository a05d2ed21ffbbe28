import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BaseError, HttpRequestError } from 'viem'
import { blot, safeError } from './safe-error.ts'

describe('an error in the log', () => {
  test('says what it is, where it was thrown and what caused it', () => {
    const error = new TypeError('no such state', { cause: Object.assign(new Error('older'), { code: 'ECONNRESET' }) })
    const { type, message, stack, cause } = safeError(error)
    assert.deepEqual([type, message, cause?.message, cause?.code], ['TypeError', 'no such state', 'older', 'ECONNRESET'])
    assert.match(stack ?? '', /^\s+at .*safe-error\.test\.ts/)
  })

  test('of viem shows neither the call nor the address of the node', () => {
    const error = new HttpRequestError({ url: 'https://node.example/v2/key-of-ours', body: { params: ['what-was-signed'] } })
    const text = JSON.stringify(
      safeError(new BaseError('The call failed.', { cause: error, metaMessages: ['args: what-was-signed'] })),
    )
    assert.match(text, /HTTP request failed/)
    assert.doesNotMatch(text, /key-of-ours|what-was-signed/)
  })

  test('that causes itself ends', () => {
    const error = new Error('round and round')
    error.cause = error
    assert.ok(JSON.stringify(safeError(error)).length < 20_000)
  })

  test('that is none shows nothing', () => {
    assert.deepEqual(safeError({ secret: 'x' }), { type: 'object', message: 'what was thrown is no error' })
  })
})

const blotted: [what: string, text: string, left: string][] = [
  [
    'the key in the address of a node',
    'no answer from https://node.example/v2/abcdef?x=1 today',
    'no answer from https://node.example/… today',
  ],
  [
    'the password of a database',
    'cannot reach postgres://api:hunter2@db.example:5432/main',
    'cannot reach postgres://db.example:5432/…',
  ],
  ['a signature', `bad 0x${'ab'.repeat(65)}`, 'bad 0x…'],
  ['a token', 'Bearer abc.def not good', 'Bearer … not good'],
  ['a JWT', 'got eyJhbGciOiJI.eyJzdWIi.sig_-x', 'got eyJ…'],
  ['an API key of ours', 'key fhk_abc-123 is over', 'key fh?_… is over'],
]
for (const [what, text, left] of blotted) test(`${what} is blotted out`, () => assert.equal(blot(text), left))

test('hashes and addresses stay', () => {
  const text = `deal 0x${'ab'.repeat(32)} of 0x${'cd'.repeat(20)}`
  assert.equal(blot(text), text)
})
