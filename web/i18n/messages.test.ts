import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { argumentsOf, flatten, readCatalogue, usedKeys } from './catalogue.test-support.ts'
import { locales } from './locales.ts'

const WEB = join(import.meta.dirname, '..')
const modules = readdirSync(join(WEB, 'messages/en')).map((file) => basename(file, '.json'))
const sources = globSync('{app,features,ui,lib}/**/*.{ts,tsx}', { cwd: WEB })
  .filter((path) => !path.includes('.test'))
  .map((path) => ({ path, text: readFileSync(join(WEB, path), 'utf8') }))

test('every language has every module, and the catalogue names each', () => {
  const listed = readFileSync(join(WEB, 'i18n/catalogues.ts'), 'utf8')
  for (const locale of locales) {
    assert.deepEqual(
      readdirSync(join(WEB, 'messages', locale)).map((file) => basename(file, '.json')),
      modules,
      locale,
    )
    for (const name of modules)
      assert.ok(listed.includes(`messages/${locale}/${name}.json'`), `${locale} ${name} is not imported`)
  }
})

for (const name of modules) {
  const en = flatten(readCatalogue(WEB, 'en', name))
  test(`${name}: every language has the same keys, with the same arguments, and no empty text`, () => {
    for (const locale of locales) {
      const other = flatten(readCatalogue(WEB, locale, name))
      assert.deepEqual([...other.keys()].sort(), [...en.keys()].sort(), locale)
      for (const [key, text] of other) {
        assert.notEqual(text.trim(), '', `${locale} ${name}.${key} is empty`)
        assert.deepEqual(argumentsOf(text), argumentsOf(en.get(key) ?? ''), `${locale} ${name}.${key}`)
      }
    }
  })
}

test('every text is used, and every key that is asked for exists', () => {
  const known = new Set(
    modules.flatMap((name) => [...flatten(readCatalogue(WEB, 'en', name)).keys()].map((key) => `${name}.${key}`)),
  )
  const { used, missing } = usedKeys(sources, known)
  assert.deepEqual(missing, [], 'asked for but in no catalogue')
  assert.deepEqual(
    [...known].filter((key) => !used.has(key)),
    [],
    'in the catalogue but asked for nowhere',
  )
})
