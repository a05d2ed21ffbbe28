import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InconsistentNode } from '../errors.ts'
import { type NodeRefused, refusalOf } from './refusal.ts'

const HOST = 'node.test'

function refused(error: unknown, url = `https://${HOST}/`): NodeRefused {
  return refusalOf(error, HOST, url)
}

test('what went wrong is told without any secret of the URL', () => {
  const url = 'https://alice:pa%24%24word@node.test/v2/t0k%65n-in-path/%zz?apikey=in-query'
  const texts = [
    url,
    'no such key: t0ken-in-path',
    'no such key: t0k%65n-in-path',
    'bad key in-query',
    'alice has no pa$$word',
    'at wss://x.test/other-key',
  ]
  for (const text of texts) {
    const nested = new Error('outer', { cause: Object.assign(new Error('long'), { shortMessage: text, details: text }) })
    for (const error of [new Error(text), text, nested, Object.assign(new Error('x'), { details: text })]) {
      assert.doesNotMatch(refused(error, url).message, /t0k|in-query|pa\$\$|pa%24|alice|other-key/)
    }
  }
  assert.equal(refused(new Error(`fetch failed:\n  ${url}`), url).message, 'node.test: fetch failed: [url]')
  assert.ok(refused(new Error('x'.repeat(10_000))).message.length < 300)
})

test('refusals are told apart', () => {
  const withCode = (code: number, message = ''): Error =>
    new Error('wrapped', { cause: Object.assign(new Error(message), { code }) })
  const kinds = {
    limited: [
      Object.assign(new Error('x'), { status: 429 }),
      withCode(429),
      withCode(-32005, 'daily count exceeded'),
      new Error('Too many requests'),
      new Error('rate limit'),
    ],
    tooLarge: [
      withCode(-32005, 'query returned more than 10000 results'),
      new Error('block range limit exceeded'),
      new Error('response size exceeded'),
      new Error('too many logs'),
    ],
    inconsistent: [new Error('wrapped', { cause: new InconsistentNode('removed') })],
    fault: [new Error('connect ECONNREFUSED'), 'text', null, undefined, withCode(-32000, 'unknown block')],
  }
  for (const [kind, errors] of Object.entries(kinds))
    for (const error of errors) assert.equal(refused(error).kind, kind, String(error))
})

test('a pause is asked for in seconds or until a date, and never for days', () => {
  const after = (value: string, date?: string): number | null => {
    const headers = new Headers({ 'retry-after': value, ...(date && { date }) })
    return refused(Object.assign(new Error('x'), { status: 429, headers })).retryAfterMs
  }
  assert.equal(after('12'), 12_000)
  assert.equal(after('99999999'), 600_000)
  assert.equal(after('Wed, 21 Oct 2015 07:28:30 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT'), 30_000)
  assert.equal(after('Wed, 21 Oct 2015 07:28:30 GMT', 'Wed, 21 Oct 2015 09:00:00 GMT'), 0)
  for (const nonsense of ['Wed, 21 Oct 2015 07:28:30 GMT', 'soon', '-5', '']) assert.equal(after(nonsense), null)
})
