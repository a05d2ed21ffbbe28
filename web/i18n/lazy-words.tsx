'use client'

import { useLocale } from 'next-intl'
import { type ReactNode, use } from 'react'
import type { Module } from './catalogues'
import type { Locale } from './locales'
import { WordsProvider } from './words-provider'

type Catalogue = { default: object }

/** Modules whose words come when a part is opened that may be opened on any page, and not with the page. */
const loaders = {
  identity: {
    en: () => import('../messages/en/identity.json'),
    de: () => import('../messages/de/identity.json'),
  },
  factors: {
    en: () => import('../messages/en/factors.json'),
    de: () => import('../messages/de/factors.json'),
  },
} satisfies { [Name in Module]?: Record<Locale, () => Promise<Catalogue>> }

type LazyModule = keyof typeof loaders
const loading = new Map<string, Promise<Catalogue>>()

function wordsOf(module: LazyModule, locale: Locale): Promise<Catalogue> {
  const key = `${locale} ${module}`
  const words: Promise<Catalogue> = loading.get(key) ?? loaders[module][locale]()
  loading.set(key, words)
  words.catch(() => loading.delete(key)) // so that the next opening asks again
  return words
}

/** Words for what is below, fetched now. Suspends: put a Suspense above it, as a part that is `lazy` itself has. */
export function LazyWords({ of, children }: { of: readonly LazyModule[]; children: ReactNode }) {
  const locale = useLocale()
  const catalogues = of.map((module) => use(wordsOf(module, locale)))
  const messages = Object.fromEntries(of.map((module, index) => [module, catalogues[index]?.default ?? {}]))
  return <WordsProvider messages={messages as never}>{children}</WordsProvider>
}
