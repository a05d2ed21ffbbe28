'use client'

import type { Suggestion } from '@fairhold/api/contract/listings/search'
import { useLocale } from 'next-intl'
import { useEffect, useState } from 'react'
import { recentSearches } from '@/features/discovery/recent-searches'
import { listings } from '@/lib/api/listings'

const PAUSE_MS = 120
const LEAST = 2

export type Shown = Suggestion | { kind: 'recent'; text: string }

/** What to offer for what is typed: recent searches while there is little, then what the market has. */
export function useSuggestions(typed: string, isOpen: boolean): Shown[] {
  const locale = useLocale()
  const [shown, setShown] = useState<Shown[]>([])
  useEffect(() => {
    if (!isOpen) return
    const text = typed.trim()
    if (text.length < LEAST) {
      setShown(recentSearches.read().map((recent) => ({ kind: 'recent', text: recent })))
      return
    }
    let isStale = false
    const timer = setTimeout(async () => {
      // Suggestions are a help: without an answer there are none, and searching still works.
      const found = await listings.suggestions(text.slice(0, 100), locale).catch(() => [])
      if (!isStale) setShown(found)
    }, PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [typed, isOpen, locale])
  return shown
}
