import type { ListingCard as Card } from '@fairhold/api/contract/listings'
import { ImageOff, MapPin } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Heart } from '@/features/discovery/heart'
import { PriceIn } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { townName } from '@/i18n/towns'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { shortHex } from '@/lib/format'
import { Badge } from '@/ui/badge'
import Link from '@/ui/link'
import { Stars } from '@/ui/stars'
import { GoneLabel } from './gone-label'
import { Photo } from './photo'

/** In the grid of the market: the columns less what is between and beside them (results.tsx). */
const IN_GRID =
  '(min-width: 1280px) 223px, (min-width: 1024px) calc(33.3vw - 122px), (min-width: 960px) calc(33.3vw - 31px), (min-width: 640px) calc(50vw - 36px), calc(50vw - 24px)'

interface ListingCardProps {
  listing: Card
  config: MarketConfig
  rates?: RateView | null
  /** The picture is in view when the page opens. */
  eager?: boolean
  /** The page is waited for because of its picture. */
  first?: boolean
  /** How wide its picture is shown, where that is not the market's grid. */
  sizes?: string
  /** Without a way to save it: a preview, or one's own. */
  plain?: boolean
}

/** One listing in the grid. The whole card leads to it. */
export function ListingCard({ listing, config, rates = null, plain = false, ...photo }: ListingCardProps) {
  const t = useTranslations('goods')
  const locale = useLocale()
  const token = tokenOf(config, listing.token)
  return (
    <article className="group relative flex min-w-0 flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card transition-shadow hover:shadow-pop">
      <CardPhoto sha256={listing.photo} {...photo} />
      {listing.available === 0 && <GoneLabel>{t('sold')}</GoneLabel>}
      <div className="flex flex-1 flex-col gap-1.5 p-3 sm:gap-2 sm:p-4">
        <h3 className="line-clamp-2 break-words font-semibold text-sm leading-snug sm:text-base">
          <Link href={`/listings/${listing.id}`} className="after:absolute after:inset-0">
            <bdi>{listing.title}</bdi>
          </Link>
        </h3>
        <p className="font-semibold tracking-tight sm:text-lg">
          {token ? <PriceIn amount={listing.price} token={token} rates={rates} brief /> : t('unknownToken')}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-sm">
          <Badge tone={listing.available === 0 ? 'neutral' : 'success'}>{t(`condition.${listing.condition}`)}</Badge>
          {listing.place && (
            <span className="inline-flex min-w-0 items-center gap-1">
              <MapPin aria-hidden="true" className="size-3.5 shrink-0" />
              <span className="truncate">{townName({ town: listing.place, country: listing.country }, locale)}</span>
            </span>
          )}
        </p>
        <p className="mt-auto flex flex-wrap items-center justify-between gap-x-2 border-line border-t pt-2 text-sm sm:pt-3">
          <bdi className="truncate text-muted">{listing.seller.name || shortHex(listing.seller.address)}</bdi>
          <Stars {...listing.seller.rating} />
        </p>
      </div>
      {!plain && <Heart id={listing.id} title={listing.title} className="absolute top-2 right-2" />}
    </article>
  )
}

function CardPhoto({
  sha256,
  sizes = IN_GRID,
  ...when
}: { sha256: string | null } & Pick<ListingCardProps, 'eager' | 'first' | 'sizes'>) {
  return (
    <div className="aspect-4/3 overflow-hidden bg-sunken">
      {sha256 ? (
        <Photo
          sha256={sha256}
          alt=""
          sizes={sizes}
          largest={640}
          width={640}
          height={480}
          className="size-full object-cover transition-transform duration-300 group-hover:scale-[1.02]"
          {...when}
        />
      ) : (
        <span className="grid size-full place-items-center text-muted">
          <ImageOff aria-hidden="true" />
        </span>
      )}
    </div>
  )
}
