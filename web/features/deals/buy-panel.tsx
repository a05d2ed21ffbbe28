'use client'

import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useRef, useState } from 'react'
import { CartButton } from '@/features/cart/cart-button'
import { useSession } from '@/features/identity/session'
import type { Listing } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { Button, ButtonLink } from '@/ui/button'
import { BuyBar } from './buy-bar'
import type { NotForSaleProps } from './not-for-sale'

const OfferDialog = lazy(() => import('@/features/bids/offer-dialog').then((module) => ({ default: module.OfferDialog })))
/** Most listings are for sale: it comes with those that are not. */
const NotForSale = lazy(() => import('./not-for-sale'))
/** What two people offered each other, for those two alone. */
const BidThread = lazy(() => import('@/features/bids/bid-thread').then((module) => ({ default: module.BidThread })))

/** The ways from a listing to a deal: buy it, put it in the cart, offer another price. */
export function BuyPanel({ listing }: { listing: Listing }) {
  const { session } = useSession()
  return (
    <div className="flex flex-col gap-4">
      <Ways listing={listing} />
      {session && (
        <Suspense>
          <BidThread listingId={listing.id} />
        </Suspense>
      )}
    </div>
  )
}

function Ways({ listing }: { listing: Listing }) {
  const t = useTranslations('buy')
  const market = useMarketConfig()
  const { session } = useSession()
  const [offering, setOffering] = useState(false)
  const button = useRef<HTMLDivElement>(null)
  // The card for the seller says what is to be said (features/listings/own-listing.tsx).
  if (session?.wallets.includes(listing.seller.address)) return null
  const why = whyNot(listing, tokenOf(market, listing.token) !== undefined)
  if (why) {
    return (
      <Suspense>
        <NotForSale why={why} listing={listing} />
      </Suspense>
    )
  }
  return (
    <>
      <div ref={button}>
        <ButtonLink href={`/checkout/${listing.id}`} size="lg" block>
          {t('buyNow')}
        </ButtonLink>
      </div>
      <BuyBar listing={listing} label={t('buyNow')} button={button} />
      <div className="grid gap-2 sm:grid-cols-2">
        <CartButton listing={listing} />
        <Button variant="secondary" onClick={() => setOffering(true)}>
          {t('offer')}
        </Button>
      </div>
      {offering && (
        <Suspense>
          <OfferDialog listing={listing} onClose={() => setOffering(false)} />
        </Suspense>
      )}
      <p className="flex gap-2 text-muted text-sm">
        <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-primary" />
        {t('promise')}
      </p>
    </>
  )
}

function whyNot(listing: Listing, isTokenKnown: boolean): NotForSaleProps['why'] | null {
  if (!isTokenKnown) return 'token'
  return listing.status !== 'active' || listing.available === 0 ? 'gone' : null
}
