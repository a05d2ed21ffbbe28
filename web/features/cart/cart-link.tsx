'use client'

import { ShoppingCart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from '@/ui/link'
import { useCart, useCartOfAccount } from './cart'

/** The way to the cart, with how much is in it. */
export function CartLink() {
  const t = useTranslations('frame')
  const { account, lines } = useCart()
  useCartOfAccount(account)
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <Link
      href="/cart"
      aria-label={t('cart', { count })}
      className="relative grid size-11 place-items-center rounded-xl hover:bg-sunken"
    >
      <ShoppingCart aria-hidden="true" className="size-5" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-0.5 grid min-w-4.5 place-items-center rounded-full bg-primary px-1 font-semibold text-[0.6875rem] text-on-primary leading-4.5"
        >
          {count}
        </span>
      )}
    </Link>
  )
}
