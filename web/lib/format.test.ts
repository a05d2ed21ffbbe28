import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateTime, duration, percent, shortHex } from './format.ts'

test('durations show their two largest units', () => {
  assert.equal(duration(0), '0 seconds')
  assert.equal(duration(59), '59 seconds')
  assert.equal(duration(60), '1 minute')
  assert.equal(duration(86_400 * 3 + 3_600 * 4 + 59), '3 days 4 hours')
  assert.equal(duration(86_400 + 30), '1 day')
  assert.equal(duration(-5), '0 seconds')
})

test('percentages drop zeros at the end', () => {
  assert.equal(percent(250), '2.5%')
  assert.equal(percent(10_000), '100%')
  assert.equal(percent(1), '0.01%')
})

test('hex is shortened only when that helps', () => {
  assert.equal(shortHex('0x1234'), '0x1234')
  assert.equal(shortHex('0x1234567890abcdef1234567890abcdef12345678'), '0x1234…5678')
})

test('times are in UTC, so that server and browser agree', () => {
  assert.equal(dateTime(0), '1 Jan 1970, 00:00')
})
