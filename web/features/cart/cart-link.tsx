'use client'

import { ShoppingCart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { BadgeLink } from '@/ui/badge-link'
import { useCart, useCartOfAccount } from './cart'

/** The way to the cart, with how much is in it. */
export function CartLink() {
  const t = useTranslations('frame')
  const { account, lines } = useCart()
  useCartOfAccount(account)
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const icon = <ShoppingCart aria-hidden="true" className="size-5" />
  return <BadgeLink href="/cart" count={count} label={(shown) => t('cart', shown)} icon={icon} />
}
