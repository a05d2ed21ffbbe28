import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberChoice } from './remember-choice.ts'

const backFrom = (referer?: string) =>
  rememberChoice(new Request('https://a.example/locale', { headers: referer ? { referer } : {} }), 'locale', 'de').headers.get(
    'location',
  )

test('a choice is kept for a year, and leads back to the page it was made on', () => {
  const answer = rememberChoice(
    new Request('https://a.example/locale', { headers: { referer: 'https://a.example/?q=lamp' } }),
    'locale',
    'de',
  )
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), '/?q=lamp')
  assert.equal(answer.headers.get('set-cookie'), 'locale=de; Path=/; Max-Age=31536000; SameSite=Lax')
})

test('it never leads to another site', () => {
  assert.equal(backFrom('https://evil.example//evil.example/x'), '/evil.example/x')
  assert.equal(backFrom('https://evil.example/'), '/')
  assert.equal(backFrom('no address'), '/')
  assert.equal(backFrom(), '/')
})
