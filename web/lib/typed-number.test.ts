import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readNumber, readPrice } from './typed-number.ts'

const cases: [text: string, en: unknown, de: unknown][] = [
  ['120', '120', '120'],
  [' 120.5 ', '120.5', '120.5'],
  ['120,50', '120.50', '120.50'],
  ['1.125', '1.125', ['1125', '1,125']],
  ['1,125', ['1125', '1.125'], '1.125'],
  ['0.125', '0.125', '0.125'],
  ['0,125', '0.125', '0.125'],
  ['1,234.50', '1234.50', '1,234.50'],
  ['1.234,50', '1.234,50', '1234.50'],
  ['1.234.567', '1.234.567', '1234567'],
  ['1,234,567', '1234567', '1,234,567'],
  ['1 200', '1200', '1200'],
  ['1\u00a0200,5', '1200.5', '1200.5'],
  ['1’200.50', '1200.50', '1200.50'],
  ['12.34.56', '12.34.56', '12.34.56'],
  ['1,23,456', '1,23,456', '1,23,456'],
  ['-5', '-5', '-5'],
  ['1e3', '1e3', '1e3'],
  ['', '', ''],
]

test('numbers are read as people of the language write them; what may mean two things is asked about', () => {
  const shown = (read: ReturnType<typeof readNumber>) => ('plain' in read ? read.plain : [read.whole, read.decimal])
  for (const [text, en, de] of cases) {
    assert.deepEqual(shown(readNumber(text, 'en')), en, `${text} in English`)
    assert.deepEqual(shown(readNumber(text, 'de')), de, `${text} in German`)
  }
})

test('what Intl writes is read as the same number, or asked about with that number among the readings', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000_000), fc.integer({ min: 0, max: 6 }), fc.constantFrom('en', 'de'), (units, digits, locale) => {
      const value = units / 10 ** digits
      const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value)
      const read = readNumber(text, locale as 'en' | 'de')
      if ('plain' in read) assert.equal(Number(read.plain), value, text)
      else assert.equal(Number(read.whole), value, text)
    }),
  )
})

test('a price to search by is read without asking: in cents there are no three decimals', () => {
  assert.equal(readPrice('1,000', 'en', 2), '1000')
  assert.equal(readPrice('1.000', 'en', 2), '1000')
  assert.equal(readPrice('1.000', 'de', 2), '1000')
  assert.equal(readPrice('1.000,00', 'de', 2), '1000.00')
  assert.equal(readPrice('1.125', 'en', 18), '1.125')
  assert.equal(readPrice('1,125', 'de', 18), '1.125')
  assert.equal(readPrice('1.125', 'de', 18), '1125')
})
