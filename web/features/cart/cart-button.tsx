'use client'

import { Check, ShoppingCart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { Button, ButtonLink } from '@/ui/button'
import { useCart, useChangeCart } from './cart'

/** Puts a listing into the cart; once it is there, leads to it. */
export function CartButton({ listing }: { listing: Pick<Listing, 'id'> }) {
  const t = useTranslations('buy')
  const { lines } = useCart()
  const change = useChangeCart()
  if (lines.some(({ listingId }) => listingId === listing.id)) {
    return (
      <ButtonLink href="/cart" variant="secondary">
        <Check aria-hidden="true" className="size-4" /> {t('inCart')}
      </ButtonLink>
    )
  }
  return (
    <Button variant="secondary" onClick={() => change([{ listingId: listing.id, choice: 0, quantity: 1 }])}>
      <ShoppingCart aria-hidden="true" className="size-4" /> {t('toCart')}
    </Button>
  )
}
