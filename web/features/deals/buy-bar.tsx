'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { Listing } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { ButtonLink } from '@/ui/button'
import { cx } from '@/ui/cx'
import { Money } from '@/ui/money'

/**
 * On phones, the price and the way to buy within reach of a thumb, while the button itself is out of sight. It says nothing that the
 * page does not say already, so who listens or goes by keys is spared it.
 */
export function BuyBar({ listing, label, button }: { listing: Listing; label: string; button: RefObject<HTMLElement | null> }) {
  const token = tokenOf(useMarketConfig(), listing.token)
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!button.current) return undefined
    // What is under the bar itself, or under the places below it, cannot be pressed either.
    const watch = new IntersectionObserver((seen) => setShown(seen.at(-1)?.isIntersecting === false), {
      rootMargin: '-112px 0px -128px',
    })
    watch.observe(button.current)
    return () => watch.disconnect()
  }, [button])
  return (
    <div
      aria-hidden="true"
      data-buy-bar=""
      className={cx(
        'fixed inset-x-0 bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-20 flex items-center justify-between gap-4 border-line border-t bg-surface/95 px-4 py-2.5 backdrop-blur-md transition-transform duration-200 md:hidden',
        !isShown && 'invisible translate-y-full',
      )}
    >
      <span className="min-w-0 truncate font-semibold text-lg tracking-tight">
        {token && <Money amount={listing.price} decimals={token.decimals} symbol={token.symbol} />}
      </span>
      <ButtonLink href={`/checkout/${listing.id}`} tabIndex={-1} className="shrink-0">
        {label}
      </ButtonLink>
    </div>
  )
}
