import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amount, dateOf, dateTime, duration, fiat, money, number, percent, shortDid, shortHex, typedPrice } from './format.ts'

test('durations show their two largest units', () => {
  assert.equal(duration(0, 'en'), '0 seconds')
  assert.equal(duration(59, 'en'), '59 seconds')
  assert.equal(duration(60, 'en'), '1 minute')
  assert.equal(duration(86_400 * 3 + 3_600 * 4 + 59, 'en'), '3 days 4 hours')
  assert.equal(duration(86_400 + 30, 'en'), '1 day')
  assert.equal(duration(-5, 'en'), '0 seconds')
  assert.equal(duration(86_400 * 3 + 3_600, 'de'), '3 Tage 1 Stunde')
})

test('percentages drop zeros at the end', () => {
  assert.equal(percent(250, 'en'), '2.5%')
  assert.equal(percent(10_000, 'en'), '100%')
  assert.equal(percent(1, 'en'), '0.01%')
  assert.equal(percent(250, 'de'), '2,5\u00a0%')
})

test('hex is shortened only when that helps', () => {
  assert.equal(shortHex('0x1234'), '0x1234')
  assert.equal(shortHex('0x1234567890abcdef1234567890abcdef12345678'), '0x1234…5678')
})

test('times are where the reader is; in UTC, which is said, where that is not known', () => {
  assert.equal(dateTime(0, 'en', undefined), '1 Jan 1970, 00:00 UTC')
  assert.equal(dateTime(0, 'de', 'UTC'), '01.01.1970, 00:00 UTC')
  assert.equal(dateTime(0, 'de', 'Europe/Berlin'), '01.01.1970, 01:00')
  assert.equal(dateTime(1_785_500_000, 'en', 'America/New_York'), '31 Jul 2026, 08:13')
  assert.equal(dateOf('2026-11-09T23:59:59Z', 'en', undefined), '9 Nov 2026')
  assert.equal(dateOf('2026-11-09T23:59:59Z', 'de', 'Europe/Berlin'), '10.11.2026')
})

test('amounts are exact to the last digit in every language', () => {
  assert.equal(amount(1_234_567_890_123_456_789_012_345_678n, 18, 'en'), '1,234,567,890.123456789012345678')
  assert.equal(amount(1_234_500_000n, 6, 'de'), '1.234,5')
  assert.equal(amount(1n, 18, 'de'), '0,000000000000000001')
  assert.equal(amount(42n, 0, 'en'), '42')
  assert.equal(amount((1n << 256n) - 1n, 0, 'en').replaceAll(',', ''), ((1n << 256n) - 1n).toString())
  assert.equal(money(1_500_000n, { decimals: 6, symbol: 'USDT' }, 'en'), '1.5\u00a0USDT')
})

test('fiat follows the currency and the language', () => {
  assert.equal(fiat(12_340n, 'EUR', 'en'), '€123.40')
  assert.equal(fiat(12_340n, 'EUR', 'de'), '123,40\u00a0€')
  assert.equal(fiat(1_234n, 'JPY', 'en'), 'JP¥1,234')
})

test('numbers', () => {
  assert.equal(number(1234.5, 'de'), '1.234,5')
  assert.equal(number(4, 'en', 1), '4.0')
})

test('an identifier is shown in short, but so that its kind and its ends are seen', () => {
  assert.equal(shortDid('did:pkh:eip155:31337:0x90f79bf6eb2c4f870365e785982e1f101e93b906'), 'did:pkh:…0x90f7…b906')
  assert.equal(shortDid('did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'), 'did:key:z6Mkha…2doK')
  assert.equal(shortDid('did:web:market.example'), 'did:web:market.example')
})

test('a price that was typed is shown as the language writes it, to the last digit', () => {
  assert.equal(typedPrice('2000', 'EUR', 'de'), '2.000\u00a0€')
  assert.equal(typedPrice('12,5', 'EUR', 'de'), '12,50\u00a0€')
  assert.equal(typedPrice('2000', 'EUR', 'en'), '€2,000')
  assert.equal(typedPrice('0.00055', 'ETH', 'de'), '0,00055\u00a0ETH')
  assert.equal(typedPrice('cheap', 'EUR', 'de'), 'cheap')
  assert.equal(typedPrice('', 'EUR', 'de'), '')
})
