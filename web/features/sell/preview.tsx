'use client'

import { useQuery } from '@tanstack/react-query'
import { useSession } from '@/features/identity/session'
import { ListingCard } from '@/features/listings/listing-card'
import { api, type ListingCard as Card } from '@/lib/api'
import { tokenOf, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import { sellCopy } from './copy'
import type { Draft } from './draft'
import { priceOf } from './validate'

const NO_RATING = { count: 0, average: null }

/** The draft as the market will show it. It repeats what the form says, so screen readers and the keyboard pass it by. */
export function Preview({ draft }: { draft: Draft }) {
  const market = useMarketConfig()
  const { session } = useSession()
  const address = session?.address ?? ZERO_ADDRESS
  const profile = useQuery({
    queryKey: ['profile', address],
    queryFn: () => api.identity.profile(address),
    enabled: session !== null,
  })
  const token = tokenOf(market, draft.token)
  const price = token ? priceOf(draft.price, token) : null
  const listing: Card = {
    id: 'preview',
    title: draft.title.trim() || sellCopy.preview.noTitle,
    category: draft.category as Card['category'],
    condition: draft.condition as Card['condition'],
    place: draft.place.trim(),
    country: null,
    shippingFrom: '0',
    pickup: false,
    photo: draft.photos[0] ?? null,
    token: draft.token,
    price: String(price ?? 0n),
    seller: { address, name: session?.name || sellCopy.preview.noName, rating: profile.data?.rating ?? NO_RATING },
    quantity: 1,
    available: 1,
    createdAt: '',
  }
  return (
    <aside aria-hidden="true" inert className="mx-auto w-full max-w-72 lg:sticky lg:top-24">
      <p className="mb-2 font-medium text-muted text-sm">{sellCopy.preview.title}</p>
      <ListingCard plain listing={listing} config={market} />
    </aside>
  )
}
