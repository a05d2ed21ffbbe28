'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { useMarketConfig } from '@/lib/chain'
import { type Draft, dropDraft, emptyDraft, fitDraft, keepDraft, recallDraft } from './draft'

export type ChangeDraft = (change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void

/** The draft of a listing, kept in this browser as it is written. */
export function useDraft() {
  const market = useMarketConfig()
  const { session } = useSession()
  const [typed, setTyped] = useState(() => emptyDraft(market))
  const dirty = useRef(false)

  useEffect(() => setTyped(recallDraft), []) // after hydration: the server has no storage
  useEffect(() => {
    if (dirty.current) keepDraft(typed)
  }, [typed])

  const change = useCallback<ChangeDraft>((made) => {
    dirty.current = true
    setTyped((draft) => ({ ...draft, ...(typeof made === 'function' ? made(draft) : made) }))
  }, [])
  const forget = useCallback(() => {
    dirty.current = false
    dropDraft()
  }, [])
  const draft = useMemo(() => fitDraft(typed, market, session?.address), [typed, market, session?.address])
  return { draft, change, forget }
}
