'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { heldFor } from './query-client'
import { STALE_EVENT } from './stale'

/**
 * The cache of react-query for the parts below. It is 12 kB, so a page that asks for it wraps what needs it; market and listing do
 * without. For another account there is another cache, and the parts below begin anew; who signs in keeps what they had on the page, and all is asked anew.
 */
export function Queries({ children }: { children: ReactNode }) {
  const { session } = useSession()
  const who = session?.address ?? null
  const [{ held, turn }, setNow] = useState(() => ({ held: heldFor(who), turn: 0 }))
  if (held.who !== who) {
    const next = heldFor(who, held)
    // A hook of react-query stays with the cache it began with, so another cache needs parts that begin anew.
    setNow({ held: next, turn: next.queries === held.queries ? turn : turn + 1 })
  }
  const { queries } = held
  const askedFor = useRef(who)
  useEffect(() => {
    if (askedFor.current === who) return
    askedFor.current = who
    void queries.invalidateQueries()
  }, [who, queries])
  useEffect(() => {
    const onStale = () => void queries.invalidateQueries()
    window.addEventListener(STALE_EVENT, onStale)
    return () => window.removeEventListener(STALE_EVENT, onStale)
  }, [queries])
  return (
    <QueryClientProvider key={turn} client={queries}>
      {children}
    </QueryClientProvider>
  )
}
