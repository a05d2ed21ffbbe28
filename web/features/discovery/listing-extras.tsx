import type { ListingCard as Card } from '@fairhold/api/contract/listings'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ListingCard } from '@/features/listings/listing-card'
import type { RateView } from '@/features/rates/rate-view'
import type { MarketConfig } from '@/lib/chain-tokens'
import { isolated } from '@/lib/isolated'
import Link from '@/ui/link'

interface ExtrasProps {
  similar: readonly Card[]
  ofSeller: readonly Card[]
  seller: { address: string; name: string }
  config: MarketConfig
  rates: RateView | null
}

/** Below a listing: what is like it, and what else its seller has. */
export function ListingExtras({ similar, ofSeller, seller, config, rates }: ExtrasProps) {
  const t = useTranslations('goods')
  const cards = (listings: readonly Card[]) =>
    listings.map((listing) => (
      <li key={listing.id} className="flex w-44 shrink-0 sm:w-56">
        <ListingCard listing={listing} config={config} rates={rates} sizes="(min-width: 640px) 222px, 174px" />
      </li>
    ))
  return (
    <>
      {similar.length > 0 && <Row title={t('more.similar')}>{cards(similar)}</Row>}
      {ofSeller.length > 0 && (
        <Row
          title={t('more.ofSeller', { name: isolated(seller.name) || t('more.seller') })}
          href={`/people/${seller.address}`}
          more={t('more.all')}
        >
          {cards(ofSeller)}
        </Row>
      )}
    </>
  )
}

function Row({ title, href, more, children }: { title: string; href?: string; more?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-10">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-semibold text-xl tracking-tight">{title}</h2>
        {href && (
          <Link href={href} className="text-primary text-sm underline underline-offset-4">
            {more}
          </Link>
        )}
      </div>
      <ul className="-mx-4 flex gap-4 overflow-x-auto px-4 pb-3 sm:mx-0 sm:px-0">{children}</ul>
    </section>
  )
}
