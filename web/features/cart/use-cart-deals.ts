'use client'

import { useQueries } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import type { CartLine } from './cart'
import { type LoadedLine, loadedFrom } from './loaded'

/** Looks up what is in the cart, and which deals it would open. `mine`: wallets that cannot buy from themselves. */
export function useCartDeals(lines: readonly CartLine[], mine: readonly string[]): LoadedLine[] {
  const market = useMarketConfig()
  const answers = useQueries({
    queries: lines.map(({ listingId }) => ({
      queryKey: ['listing', listingId],
      queryFn: () => api.listings.get(listingId),
    })),
  })
  return loadedFrom(
    lines,
    answers.map(({ data }) => data),
    { market, mine },
  )
}
