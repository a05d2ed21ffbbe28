'use client'

import { useQueries } from '@tanstack/react-query'
import { type Choice, freeUnits } from '@/features/checkout/choices'
import { api, type Listing } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import type { CartLine } from './cart'
import type { CartDeal } from './totals'

/** A line of the cart with what the market says of it now. */
export interface LoadedLine {
  line: CartLine
  /** Undefined while it is loaded, null for a listing that is gone. */
  listing: Listing | null | undefined
  choice: Choice | undefined
  /** How many can be had; below the wanted number somebody was faster. */
  available: number
  deals: CartDeal[]
}

/** Looks up what is in the cart, and which deals it would open. `mine`: wallets that cannot buy from themselves. */
export function useCartDeals(lines: readonly CartLine[], mine: readonly string[]): LoadedLine[] {
  const market = useMarketConfig()
  const answers = useQueries({
    queries: lines.map(({ listingId }) => ({
      queryKey: ['listing', listingId],
      queryFn: () => api.listings.get(listingId),
    })),
  })
  return lines.map((line, index): LoadedLine => {
    const listing = answers[index]?.data
    const choice = listing?.choices.find((one) => one.choice === line.choice) ?? listing?.choices[0]
    const token = listing ? tokenOf(market, listing.token) : undefined
    if (!listing || !choice || !token || listing.status !== 'active' || mine.includes(listing.seller.address))
      return { line, listing, choice, available: 0, deals: [] }
    const units = freeUnits(choice, line.quantity)
    const deals = units.map(({ unit, dealId }): CartDeal => {
      const siblings = listing.choices.flatMap((one) =>
        one.units.filter((other) => other.unit === unit).map((other) => other.dealId),
      )
      const { offer, signature } = choice
      return {
        ...{ dealId, unit, offer, signature, siblings, token },
        ...{ listingId: listing.id, title: listing.title, seller: listing.seller.address, sellerName: listing.seller.name },
        ...{ price: BigInt(choice.price), isShipped: choice.kind === 'ship' },
      }
    })
    return { line, listing, choice, available: freeUnits(choice, choice.units.length).length, deals }
  })
}
