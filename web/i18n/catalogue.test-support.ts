import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'

type Tree = { [key: string]: string | Tree }

export function readCatalogue(web: string, locale: string, name: string): Tree {
  return JSON.parse(readFileSync(join(web, 'messages', locale, `${name}.json`), 'utf8')) as Tree
}

/** Texts by dotted key. */
export function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

/** Names and kinds of what a text takes, such as `count plural`, `name text`, `link tag`. @throws where it is no ICU message. */
export function argumentsOf(text: string): string[] {
  const found = new Set<string>()
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      found.add(`${element.value} ${TYPE[element.type]}`)
      if (element.type === TYPE.tag) walk(element.children)
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const { value } of Object.values(element.options)) walk(value)
    }
  }
  walk(parse(text))
  return [...found].sort()
}

const BINDING = /(?:const|let) (\w+) = (?:await )?(?:useTranslations|getTranslations)(?:<[^>]*>)?\('([\w.-]+)'\)/g
/** `(t: Words<'deals'>)`: a translator that was handed on. */
const HANDED = /(\w+): Words<'([\w.-]+)'>/g

/**
 * Which keys the sources ask for. `t('a.b')` asks for one; a template such as `t(`nav.${name}`)` for all that fit it, and has to
 * fit some. `missing` lists what no catalogue has.
 */
export function usedKeys(sources: readonly { path: string; text: string }[], known: ReadonlySet<string>) {
  const used = new Set<string>()
  const missing: string[] = []
  for (const { path, text } of sources) {
    const spaces = new Map<string, Set<string>>()
    for (const [, variable = '', space = ''] of [...text.matchAll(BINDING), ...text.matchAll(HANDED)]) {
      spaces.set(variable, (spaces.get(variable) ?? new Set()).add(space))
    }
    for (const [variable, namespaces] of spaces) {
      const calls = new RegExp(`\\b${variable}(?:\\.(?:rich|markup|has))?\\(\\s*(?:'([^']+)'|\`([^\`]+)\`)`, 'g')
      for (const [, plain, template] of text.matchAll(calls)) {
        const key = plain ?? (template as string).replace(/\$\{[^}]*\}/g, '\0')
        const hits = [...namespaces].flatMap((space) => matching(known, `${space}.${key}`))
        if (hits.length === 0) missing.push(`${path}: ${[...namespaces].join('|')}.${key.replaceAll('\0', '*')}`)
        for (const hit of hits) used.add(hit)
      }
    }
  }
  return { used, missing }
}

function matching(known: ReadonlySet<string>, key: string): string[] {
  if (!key.includes('\0')) return known.has(key) ? [key] : []
  const pattern = new RegExp(
    `^${key
      .split('\0')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )
  return [...known].filter((candidate) => pattern.test(candidate))
}
