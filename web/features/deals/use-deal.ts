'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, type Deal } from '@/lib/api'
import { useLive } from '@/lib/live'

export const dealKey = (id: string) => ['deal', id] as const

/** The deal, fetched again whenever something about it changes. Begins with what the server rendered. */
export function useDeal(initial: Deal): { deal: Deal; refresh: () => Promise<void> } {
  const queries = useQueryClient()
  const { id } = initial
  const { data } = useQuery({
    queryKey: dealKey(id),
    queryFn: async () => (await api.deals.get(id)) ?? initial,
    initialData: initial,
    refetchInterval: 30_000, // the live connection may be blocked where the visitor is
  })
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: dealKey(id) }), [queries, id])
  useLive([`deal:${id}`], () => void refresh())
  return { deal: data, refresh }
}

/** The chain's clock less this computer's, in seconds. */
export function clockOffset(deal: Deal): number {
  return deal.chainNow - Math.floor(Date.now() / 1000)
}
