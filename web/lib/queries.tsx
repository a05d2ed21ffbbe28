'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSession } from '@/features/identity/session'
import { STALE_EVENT } from './stale'

const made = () => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } })

/** One for the browser's page, so that what was asked for survives going elsewhere and back; on the server one for each request. */
let shared: QueryClient | undefined

function clientOf(): QueryClient {
  if (typeof window === 'undefined') return made()
  shared ??= made()
  return shared
}

/**
 * The cache of react-query for the parts below. It is 12 kB, so a page that asks for it wraps what needs it; market and listing do
 * without. When somebody else signs in, all is asked anew.
 */
export function Queries({ children }: { children: ReactNode }) {
  const client = useRef<QueryClient>(undefined)
  client.current ??= clientOf()
  const queries = client.current
  const { session } = useSession()
  const who = session?.address ?? null
  const before = useRef(who)
  useEffect(() => {
    if (before.current === who) return
    before.current = who
    void queries.invalidateQueries()
  }, [who, queries])
  useEffect(() => {
    const onStale = () => void queries.invalidateQueries()
    window.addEventListener(STALE_EVENT, onStale)
    return () => window.removeEventListener(STALE_EVENT, onStale)
  }, [queries])
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
