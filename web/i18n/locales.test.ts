import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickLocale } from './locales.ts'

test('the chosen language wins over what the browser asks for', () => {
  assert.equal(pickLocale('de', 'en-GB,en;q=0.9'), 'de')
  assert.equal(pickLocale('en', 'de'), 'en')
})

test('an unknown choice counts for nothing', () => {
  assert.equal(pickLocale('tlh', 'de-AT'), 'de')
  assert.equal(pickLocale('../../etc/passwd', null), 'en')
})

test('the browser is heard by weight, not by order', () => {
  assert.equal(pickLocale(undefined, 'en;q=0.5, de-CH;q=0.8'), 'de')
  assert.equal(pickLocale(undefined, 'fr-FR, fr;q=0.9, de;q=0.4, en;q=0.3'), 'de')
  assert.equal(pickLocale(undefined, 'de;q=0, en'), 'en')
})

test('anything else is answered in English', () => {
  for (const header of [null, undefined, '', 'fr', '*', ';;;,,,q=', 'ja, *;q=0.1, de;q=0.01']) {
    assert.equal(pickLocale(undefined, header), 'en', String(header))
  }
})
