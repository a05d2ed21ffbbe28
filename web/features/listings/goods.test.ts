import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributesOf } from '@fairhold/protocol/listing/attributes'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import deNames from '../../messages/de/attributes.json' with { type: 'json' }
import deGoods from '../../messages/de/goods.json' with { type: 'json' }
import enNames from '../../messages/en/attributes.json' with { type: 'json' }
import enGoods from '../../messages/en/goods.json' with { type: 'json' }

const en = { ...enGoods, ...enNames }
const de = { ...deGoods, ...deNames }

test('every category, condition, attribute and choice has a name in every language', () => {
  for (const words of [en, de]) {
    assert.deepEqual(Object.keys(words.category), [...categories])
    assert.deepEqual(Object.keys(words.condition), [...conditions])
    const values: Record<string, Record<string, string>> = words.value
    for (const attribute of categories.flatMap((category) => attributesOf[category])) {
      assert.ok(attribute.key in words.name, attribute.key)
      if (attribute.kind !== 'choice') continue
      for (const choice of attribute.choices)
        assert.ok(/^\d/.test(choice) || values[attribute.key]?.[choice], `${attribute.key} ${choice}`)
    }
  }
})
