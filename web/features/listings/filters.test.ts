import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { TokenInfo } from '../../lib/chain-tokens.ts'
import { type Filters, hiddenFields, hrefOf, hrefOfQuery, isNarrowed, queryFrom, readFilters, searchFrom } from './filters.ts'

const ETH = { address: `0x${'0'.repeat(40)}`, symbol: 'ETH', name: 'Ether', decimals: 18 } as TokenInfo
const read = (params: Record<string, string | string[]>, locale: 'en' | 'de' = 'en') =>
  readFilters(params, { tokens: [ETH], currency: 'EUR', locale })

test('the address bar is read, and what is no choice of ours is left out', () => {
  const filters = read({
    q: ' leica ',
    category: 'cameras',
    condition: 'mint',
    token: 'BTC',
    score: '9',
    ships: 'PT',
    km: '7',
    sort: 'best',
  })
  assert.deepEqual(queryFrom(filters, [ETH]), { q: 'leica', category: 'cameras', shipsTo: 'PT' })
  assert.deepEqual(queryFrom(read({ q: ['a', 'b'] }), [ETH]), { q: 'a' })
})

test('prices are in the token that is chosen, else in the currency', () => {
  assert.deepEqual(queryFrom(read({ min: '10', max: '12,5', cur: 'USD' }), [ETH]), {
    minPrice: '1000',
    maxPrice: '1250',
    currency: 'USD',
  })
  assert.deepEqual(queryFrom(read({ min: '10' }), [ETH]), { minPrice: '1000', currency: 'EUR' })
  assert.deepEqual(queryFrom(read({ max: '0.5', token: 'ETH' }), [ETH]), { token: ETH.address, maxPrice: '500000000000000000' })
  for (const min of ['', 'x', '-1', '1e9', '1.2345', '12.34.56']) {
    assert.deepEqual(queryFrom(read({ min }), [ETH]), {})
    assert.equal(isNarrowed(read({ min })), false, 'what is not searched by is not shown as if it were')
  }
})

test('thousands in a price are thousands, and links say the same in every language', () => {
  for (const [locale, max] of [
    ['en', '1,000'],
    ['en', '1.000'],
    ['de', '1.000'],
    ['de', '1.000,00'],
    ['de', '1 000'],
  ] as const)
    assert.equal(queryFrom(read({ max }, locale), [ETH]).maxPrice, '100000', `${max} in ${locale}`)
  const href = hrefOf(read({ max: '1,125', token: 'ETH' }, 'de'), {})
  for (const locale of ['en', 'de'] as const) {
    const again = Object.fromEntries(new URL(href, 'http://x').searchParams)
    assert.equal(queryFrom(read(again, locale), [ETH]).maxPrice, '1125000000000000000', locale)
  }
})

test('what depends on another choice goes with it', () => {
  const filters = read({ near: '2735943', km: '50', min: '5', cur: 'USD', sort: 'nearest' })
  assert.equal(hrefOf(filters, { near: '' }), '/?min=5&cur=USD&sort=nearest')
  assert.equal(hrefOf(filters, { min: '' }), '/?near=2735943&km=50&sort=nearest')
  assert.equal(searchFrom({ ...filters, near: '' }, [ETH]).sort, undefined)
  assert.deepEqual(hiddenFields(filters, ['min', 'max', 'cur']), [
    ['near', '2735943'],
    ['km', '50'],
    ['sort', 'nearest'],
  ])
})

test('sold ones, order and page do not count as a search of one’s own', () => {
  assert.ok(!isNarrowed(read({ sort: 'newest', show: '48', km: '50', cur: 'USD' })))
  assert.ok(isNarrowed(read({ q: 'x' })) && isNarrowed(read({ score: '4' })))
})

test('an address that was written is read as the same filters, whatever people put into it', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('cameras', 'EUR', 'PT', '4', '50', 'ETH', '2735943', '1', '48'),
  )
  const names = [
    'q',
    'category',
    'condition',
    'token',
    'brand',
    'country',
    'ships',
    'score',
    'near',
    'place',
    'km',
    'min',
    'max',
    'cur',
    'sort',
    'all',
    'show',
    'cursor',
  ]
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), word), (params) => {
      const filters = read(params)
      const again = (of: Filters) =>
        read(Object.fromEntries(new URL(hrefOf(of, { show: of.show, cursor: of.cursor }), 'http://x').searchParams))
      assert.deepEqual(queryFrom(again(filters), [ETH]), queryFrom(filters, [ETH]))
      assert.equal(hrefOf(again(filters), {}), hrefOf(filters, {}))
    }),
  )
})

test('a saved search leads to the filters that it was made of', () => {
  const shown = {
    q: 'leica m6',
    category: 'cameras',
    condition: 'good',
    brand: 'Leica',
    country: 'PT',
    ships: 'DE',
    score: '4',
    near: '2735943',
    km: '50',
  }
  const cases: Record<string, string>[] = [
    { ...shown, min: '10', max: '12.5', cur: 'USD' },
    { ...shown, token: 'ETH', max: '0.5' },
    { cur: 'JPY', min: '100' },
  ]
  for (const params of cases) {
    const query = queryFrom(read(params), [ETH]) as Record<string, string | number>
    const again = new URL(hrefOfQuery(query, [ETH]), 'http://x').searchParams
    assert.deepEqual(queryFrom(read(Object.fromEntries(again)), [ETH]), query)
  }
})
