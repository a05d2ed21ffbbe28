import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

const WEB = join(import.meta.dirname, '..')
const WITH_EVERY_PAGE = ['ui', 'frame'] // app/layout.tsx

const textOf = (path: string): string => readFileSync(path, 'utf8')
const isClient = (path: string): boolean => /^\s*['"]use client['"]/.test(textOf(path))

/** Files of ours that a file brings along; `lazily` too, but for parts that fetch their own words. */
function importsOf(path: string): string[] {
  const specifiers = [...textOf(path).matchAll(/(?:from |import\()'((?:@\/|\.{1,2}\/)[^']+)'/g)].map(([, found = '']) => found)
  const types = new Set([...textOf(path).matchAll(/import type [^']*'([^']+)'/g)].map(([, found = '']) => found))
  return specifiers
    .filter((specifier) => !types.has(specifier))
    .map((specifier) => (specifier.startsWith('@/') ? join(WEB, specifier.slice(2)) : join(dirname(path), specifier)))
    .flatMap((base) =>
      [base, `${base}.ts`, `${base}.tsx`, join(base, 'index.ts')].filter((file) => /\.tsx?$/.test(file) && existsSync(file)),
    )
}

/** Modules whose words the client components below `path` ask for. */
function asked(path: string, client = false, seen = new Set<string>(), words = new Set<string>()): Set<string> {
  const inBrowser = client || isClient(path)
  const key = `${path} ${inBrowser}`
  if (seen.has(key) || (inBrowser && textOf(path).includes('<LazyWords'))) return words
  seen.add(key)
  if (inBrowser) for (const [, module = ''] of textOf(path).matchAll(/useTranslations\('(\w+)/g)) words.add(module)
  for (const next of importsOf(path)) asked(next, inBrowser, seen, words)
  return words
}

const sent = (path: string): string[] =>
  [...textOf(path).matchAll(/<Words of=\{\[([^\]]*)\]\}/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
  )

/** The layouts around a page. */
function layoutsOf(page: string): string[] {
  const folders = relative(join(WEB, 'app'), dirname(page)).split('/')
  return folders
    .map((_, depth) => join(WEB, 'app', ...folders.slice(0, depth + 1), 'layout.tsx'))
    .filter((path) => existsSync(path))
}

for (const page of globSync('app/**/page.tsx', { cwd: WEB }).sort()) {
  test(`${page} sends its client components the words they ask for, and no others`, () => {
    const path = join(WEB, page)
    const around = layoutsOf(path)
    const needed = new Set([path, ...around].flatMap((file) => [...asked(file)]))
    for (const name of WITH_EVERY_PAGE) needed.delete(name)
    const given = new Set([path, ...around].flatMap(sent))
    assert.deepEqual([...needed].filter((name) => !given.has(name)).sort(), [], 'asked for, not sent')
    assert.deepEqual(
      sent(path).filter((name) => !needed.has(name)),
      [],
      'sent, not asked for',
    )
  })
}

test('the frame asks for no more than comes with every page', () => {
  const needed = asked(join(WEB, 'app/layout.tsx'))
  assert.deepEqual(
    [...needed].filter((name) => !WITH_EVERY_PAGE.includes(name)),
    [],
  )
})
