import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import compile from 'icu-minify/compile'
import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { argumentsOf, flatten, readCatalogue } from './catalogue.test-support.ts'
import { locales } from './locales.ts'

// As in a build: messages are compiled, and what writes them has no parser.
registerHooks({
  resolve: (name, context, next) => next(name === 'use-intl/format-message' ? `${name}/format-only` : name, context),
})
const { createTranslator } = await import('use-intl/core')
const { translator } = await import('./browser-intl.ts')

const WEB = join(import.meta.dirname, '..')
const NAMES = ['useTranslations', 'useLocale', 'useTimeZone', 'useMessages', 'NextIntlClientProvider']
const modules = globSync('messages/en/*.json', { cwd: WEB }).map((path) => path.replace(/.*\/(.*)\.json/, '$1'))
const markup = (node: ReactNode): string => renderToStaticMarkup(createElement('p', null, node))

type Tree = { [key: string]: string | Tree }
const compiled = (tree: Tree): object =>
  Object.fromEntries(
    Object.entries(tree).map(([key, text]) => [key, typeof text === 'string' ? compile(text) : compiled(text)] as const),
  )

/** A value of the right kind for each argument of a text. */
function valuesFor(text: string, count: number): Record<string, never> {
  const kinds: Record<string, unknown> = {
    plural: count,
    number: count + 0.5,
    select: 'other',
    tag: (chunks: ReactNode) => createElement('b', null, chunks),
  }
  const given = argumentsOf(text).map((argument) => argument.split(' ') as [string, string])
  return Object.fromEntries(given.map(([name, kind]) => [name, kinds[kind] ?? `<${name}>`])) as Record<string, never>
}

for (const locale of locales) {
  test(`browsers write every text of ${locale} as the server does`, () => {
    for (const name of modules) {
      const messages = { [name]: compiled(readCatalogue(WEB, locale, name)) }
      const ours = translator({ locale, timeZone: 'UTC', messages }, name)
      const theirs = createTranslator({ locale, timeZone: 'UTC', messages, namespace: name as never }) as unknown as typeof ours
      for (const [key, text] of flatten(readCatalogue(WEB, locale, name))) {
        for (const count of [0, 1, 1234]) {
          const values = valuesFor(text, count)
          assert.equal(markup(ours.rich(key, values)), markup(theirs.rich(key, values)), `${name}.${key}`)
        }
        assert.ok(ours.has(key))
      }
    }
  })
}

test('a text that is missing is told, and its key stands in for it', (t) => {
  const told = t.mock.method(console, 'error', () => undefined)
  const words = translator({ locale: 'en', messages: { deals: { list: { title: 'Deals' } } } }, 'deals.list')
  assert.equal(words('title'), 'Deals')
  assert.equal(words('nothing'), 'deals.list.nothing')
  assert.equal(words.has('nothing'), false)
  assert.match(String(told.mock.calls[0]?.arguments[0]), /MISSING_MESSAGE: deals.list.nothing/)
})

test('no more of next-intl is asked for than browsers have', () => {
  const asked = globSync('{app,features,ui,lib,i18n}/**/*.{ts,tsx}', { cwd: WEB })
    .filter((path) => !path.includes('.test'))
    .flatMap((path) => [...readFileSync(join(WEB, path), 'utf8').matchAll(/^import \{([^}]*)\} from 'next-intl'/gm)])
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '' && !name.startsWith('type '))
  assert.ok(asked.length > 50, `${asked.length} were found`)
  assert.deepEqual(
    [...new Set(asked)].filter((name) => !NAMES.includes(name)),
    [],
  )
})
