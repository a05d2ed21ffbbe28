import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributesOf } from '@fairhold/protocol/listing/attributes'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import { flatten, readCatalogue } from '../../i18n/catalogue.test-support.ts'
import { locales } from '../../i18n/locales.ts'
import { attributeName, attributeValue, categoryName, choiceName, conditionName, unitName } from './goods.ts'

const WEB = `${import.meta.dirname}/../..`

/** As next-intl looks texts up, but for what varies in them: these have nothing that does. */
function wordsOf(locale: string, name: string) {
  const texts = flatten(readCatalogue(WEB, locale, name))
  return ((key: string) => {
    assert.ok(texts.get(key), `${locale} has no words for ${name}.${key}`)
    return texts.get(key)
  }) as never
}

const attributes = categories.flatMap((category) => attributesOf[category].map((attribute) => ({ category, ...attribute })))
/** What a category is called, what it is asked for, and all that can be answered from a list. */
function everyName(locale: string): string[] {
  const [goods, names] = [wordsOf(locale, 'goods'), wordsOf(locale, 'attributes')]
  return [
    ...categories.map((category) => categoryName(goods, category)),
    ...conditions.map((condition) => conditionName(goods, condition)),
    ...attributes.flatMap((attribute) => {
      const name = attributeName(names, attribute.key)
      if (attribute.kind === 'number') return [name, `${name} ${unitName(names, attribute.unit)}`]
      if (attribute.kind === 'text') return [name]
      return [name, ...attribute.choices.map((choice) => choiceName(names, { key: attribute.key, choice }, locale))]
    }),
  ]
}

test('every category, condition, attribute, unit and choice has a name in every language', () => {
  for (const locale of locales) {
    const names = everyName(locale)
    assert.ok(names.length > 250, `${names.length} names`)
    assert.deepEqual(
      names.filter((name) => name.trim() === ''),
      [],
    )
  }
})

/** Words that German has from English, or both from somewhere else. */
const same = `Audio Outdoor Format Material ISBN Gravel Receiver Laptop Desktop Tablet Monitor Smartphone Smartwatch Bass Keyboard
Synthesizer Comic Puzzle Film Navigation Gold Beige Orange APS-C Aluminium Carbon Bluetooth Unisex Baby Digital`.split(/\s+/)

test('what is the same in both languages is so on purpose', () => {
  const german = everyName('de')
  const found = everyName('en').filter((name, at) => name === german[at] && !same.includes(name) && name !== 'Micro Four Thirds')
  assert.deepEqual(
    found.filter((name) => !/^\d+$|^Material /.test(name)),
    [],
  )
})

test('numbers and units are written as the language does', () => {
  const value = (locale: string, category: 'bicycles' | 'phones' | 'computers', key: string, value: string) =>
    attributeValue(wordsOf(locale, 'attributes'), { category, key, value }, locale)
  assert.equal(value('de', 'bicycles', 'wheel', '27.5'), '27,5')
  assert.equal(value('en', 'bicycles', 'wheel', '27.5'), '27.5')
  assert.equal(value('de', 'bicycles', 'frame', '56.5'), '56,5\u00a0cm')
  assert.equal(value('de', 'computers', 'screen', '15.6'), '15,6\u00a0Zoll')
  assert.equal(value('en', 'computers', 'screen', '15.6'), '15.6\u00a0in')
  assert.equal(value('de', 'phones', 'battery', '98'), '98\u00a0%')
  assert.equal(value('en', 'phones', 'battery', '98'), '98%')
  assert.equal(value('de', 'phones', 'year', '2024'), '2024')
})
