'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { ListingCard } from '@/features/listings/listing-card'
import type { RateView } from '@/features/rates/rate-view'
import { api, type ListingCard as Card } from '@/lib/api'
import { tokenOf, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import type { Draft } from './draft'
import { priceOf } from './validate'

const NO_RATING = { count: 0, average: null }

/** The draft as the market will show it. It repeats what the form says, so screen readers and the keyboard pass it by. */
export function Preview({ draft, rates }: { draft: Draft; rates: RateView | null }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const market = useMarketConfig()
  const { session } = useSession()
  const address = session?.address ?? ZERO_ADDRESS
  const rating = useRating(session?.address)
  const token = tokenOf(market, draft.token)
  const price = token ? priceOf(draft.price, token, locale) : null
  const costs = token ? draft.shipping.map((one) => priceOf(one.price, token, locale) ?? 0n) : []
  const cheapest = costs.reduce<bigint | null>((least, one) => (least === null || one < least ? one : least), null)
  const listing: Card = {
    id: 'preview',
    title: draft.title.trim() || t('preview.noTitle'),
    category: draft.category as Card['category'],
    condition: (draft.condition || 'good') as Card['condition'],
    place: draft.place?.town ?? '',
    country: draft.place?.country ?? null,
    photo: draft.photos[0]?.sha256 ?? null,
    token: draft.token,
    price: String(price ?? 0n),
    shippingFrom: cheapest?.toString() ?? null,
    pickup: draft.pickup,
    seller: { address, name: session?.name || t('preview.noName'), rating },
    quantity: 1,
    available: 1,
    createdAt: new Date().toISOString(),
  }
  return (
    <aside aria-hidden="true" inert className="mx-auto w-full max-w-72 lg:sticky lg:top-24">
      <p className="mb-2 font-medium text-muted text-sm">{t('preview.title')}</p>
      <ListingCard plain listing={listing} config={market} rates={rates} />
    </aside>
  )
}

function useRating(address: string | undefined) {
  const [rating, setRating] = useState<Card['seller']['rating']>(NO_RATING)
  useEffect(() => {
    if (!address) return setRating(NO_RATING)
    let stale = false
    api.identity
      .profile(address)
      .then((profile) => !stale && setRating(profile.rating))
      .catch(() => undefined) // a preview without stars is as good
    return () => {
      stale = true
    }
  }, [address])
  return rating
}
