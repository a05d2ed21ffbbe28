import { ImageOff, MapPin } from 'lucide-react'
import { PriceIn } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { type ListingCard as Card, photoUrl } from '@/lib/api'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { shortHex } from '@/lib/format'
import { Badge } from '@/ui/badge'
import Link from '@/ui/link'
import { Stars } from '@/ui/stars'
import { conditionWords } from './copy'

/** One listing in the grid. The whole card leads to it. */
export function ListingCard({
  listing,
  config,
  rates = null,
  eager = false,
}: {
  listing: Card
  config: MarketConfig
  rates?: RateView | null
  eager?: boolean
}) {
  const token = tokenOf(config, listing.token)
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card transition-shadow hover:shadow-pop">
      <div className="aspect-4/3 overflow-hidden bg-sunken">
        {listing.photo ? (
          <img
            src={photoUrl(listing.photo, 640)}
            srcSet={`${photoUrl(listing.photo, 320)} 320w, ${photoUrl(listing.photo, 640)} 640w`}
            sizes="(min-width: 1024px) 280px, (min-width: 640px) 45vw, 92vw"
            alt=""
            width={640}
            height={480}
            loading={eager ? 'eager' : 'lazy'}
            className="size-full object-cover transition-transform duration-300 group-hover:scale-[1.02]"
          />
        ) : (
          <span className="grid size-full place-items-center text-muted">
            <ImageOff aria-hidden="true" />
          </span>
        )}
      </div>
      <div className="flex flex-1 flex-col gap-2 p-4">
        <h3 className="line-clamp-2 font-semibold leading-snug">
          <Link href={`/listings/${listing.id}`} className="after:absolute after:inset-0">
            {listing.title}
          </Link>
        </h3>
        <p className="font-semibold text-lg tracking-tight">
          {token ? <PriceIn amount={listing.price} token={token} rates={rates} brief /> : 'Unknown token'}
        </p>
        <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
          <Badge tone={listing.available === 0 ? 'neutral' : 'success'}>
            {listing.available === 0 ? 'Sold' : conditionWords[listing.condition]}
          </Badge>
          {listing.place && (
            <span className="inline-flex items-center gap-1">
              <MapPin aria-hidden="true" className="size-3.5" />
              {listing.place}
            </span>
          )}
        </p>
        <p className="mt-auto flex items-center justify-between gap-2 border-line border-t pt-3 text-sm">
          <span className="truncate text-muted">{listing.seller.name || shortHex(listing.seller.address)}</span>
          <Stars {...listing.seller.rating} />
        </p>
      </div>
    </article>
  )
}
