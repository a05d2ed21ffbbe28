'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState, useTransition } from 'react'
import { watchPath } from '@/ui/go'

/**
 * The listings, while others are on their way because of a search, a filter or another order: after a moment the cards turn into their
 * outlines (globals.css), which moves nothing, and who cannot see that is told so, and what was `found`. Not a `loading.tsx`: that
 * would hide the page from who has no JavaScript.
 */
export function PendingResults({ found, children }: { found: string; children: ReactNode }) {
  const t = useTranslations('market')
  const [isPending, start] = useTransition()
  const [wasAsked, setWasAsked] = useState(false)
  useEffect(
    () =>
      watchPath('/', (move) => {
        setWasAsked(true)
        start(move)
      }),
    [],
  )
  return (
    <div className="results" aria-busy={isPending || undefined}>
      {children}
      <p role="status" className="sr-only">
        {isPending ? t('pending') : wasAsked && found}
      </p>
    </div>
  )
}
