import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approximate, knownIn, pickCurrency, viewOf } from './rate-view.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const ETH = { address: `0x${'0'.repeat(40)}`, decimals: 18 }
const rate = (asset: string, worth: string, minutesAgo = 5, source = 'CoinGecko') => ({
  asset,
  worth,
  asOf: new Date(NOW - minutesAgo * 60_000).toISOString(),
  source,
})
const view = (...rates: ReturnType<typeof rate>[]) => viewOf(rates, 'EUR', NOW)

test('a price is told in the currency of the reader, with the older of the two rates', () => {
  const rates = view(rate(ETH.address, '2500000000000000'), rate('EUR', '1250000000000', 90))
  assert.deepEqual(approximate(rates, 61_700_000_000_000_000n, ETH), {
    ...{ minor: 12_340n, currency: 'EUR', asOf: NOW - 90 * 60_000, age: 'minutes', isFixed: false },
  })
})

test('without both rates there is no approximation, never a wrong one', () => {
  assert.equal(approximate(view(rate(ETH.address, '2500000000000000')), 1n, ETH), null)
  assert.equal(approximate(view(rate('EUR', '1250000000000')), 1n, ETH), null)
  assert.equal(approximate(view(rate('EUR', '1250000000000')), 1n, { address: 'constructor', decimals: 0 }), null)
})

test('a rate of yesterday is called old, and one of last week is not used', () => {
  const of = (minutes: number) => approximate(view(rate(ETH.address, '1', minutes), rate('EUR', '1')), 1n, ETH)
  assert.equal(of(23 * 60)?.age, 'minutes')
  assert.equal(of(25 * 60)?.age, 'old')
  assert.equal(of(8 * 24 * 60), null)
})

test('dollars need no rate of their own, and play money is known as such', () => {
  const rates = viewOf([rate(ETH.address, '2500000000000000', 1, 'fixed')], 'USD', NOW)
  assert.deepEqual([approximate(rates, 10n ** 18n, ETH)?.minor, approximate(rates, 1n, ETH)?.isFixed], [250_000n, true])
  assert.deepEqual(knownIn([rate('JPY', '1')]), ['USD', 'JPY'])
  assert.deepEqual(knownIn([]), [])
})

test('the chosen currency counts, then the region of the browser, then the euro', () => {
  assert.equal(pickCurrency('GBP', 'de-CH'), 'GBP')
  assert.equal(pickCurrency(undefined, 'de-CH,de;q=0.9'), 'CHF')
  assert.equal(pickCurrency(undefined, 'en-us'), 'USD')
  for (const header of [null, '', 'de', 'fr-FR', 'xx-ZZ', '*', 'de-CH-1996x'.slice(0, 2)])
    assert.equal(pickCurrency(undefined, header), 'EUR')
  assert.equal(pickCurrency('none', 'en-US'), null)
  assert.equal(pickCurrency('BTC; drop', 'en-GB'), 'GBP')
})
