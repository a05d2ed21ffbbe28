import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf } from './browser-name.ts'

test('browsers are known by what they say, also those that pretend to be others', () => {
  const of = (rest: string) => Object.values(browserOf(`Mozilla/5.0 ${rest}`)).join(' on ')
  const chrome = '(X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  assert.equal(of(chrome), 'Chrome on Linux')
  assert.equal(of(`${chrome} Edg/140.0.0.0`), 'Edge on Linux')
  assert.equal(of('(iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1'), 'Safari on iOS')
  assert.equal(of('(Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'), 'Firefox on Windows')
  assert.equal(browserOf('curl/8.5.0').browser, undefined)
  assert.equal(browserOf('').browser, undefined)
})
