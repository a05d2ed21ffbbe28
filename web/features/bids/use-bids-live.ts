'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useSession } from '@/features/identity/session'
import { discovery } from '@/lib/api/discovery'
import { useLive } from '@/lib/live'

/**
 * Calls `onChange` when an offer of the person's is made, answered or closed, which is told to their own pages alone, and when a deal of
 * theirs changes on chain: that may be what an offer became.
 */
export function useBidsLive(onChange: () => void): void {
  const { session } = useSession()
  const { data: topic } = useQuery({
    queryKey: ['inbox-topic', session?.address],
    queryFn: async () => (await discovery.inbox()).topic,
    enabled: session !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const accounts = session?.wallets.map((one) => `account:${one}`) ?? []
  useLive(topic === undefined ? accounts : [...accounts, `inbox:${topic}`], (message) => {
    if (message.type !== 'alert' || message.about !== 'alerts') onChange()
  })
  const latest = useRef(onChange)
  latest.current = onChange
  // What came before the page could listen.
  useEffect(() => {
    if (topic !== undefined) latest.current()
  }, [topic])
}
