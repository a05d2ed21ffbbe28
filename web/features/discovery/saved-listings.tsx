import { useLocale, useTranslations } from 'next-intl'
import { ListingCard } from '@/features/listings/listing-card'
import type { RateView } from '@/features/rates/rate-view'
import type { SavedListing } from '@/lib/api/discovery'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { money } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { ButtonLink } from '@/ui/button'
import { Forget } from './forget'

interface SavedListingsProps {
  listings: { items: SavedListing[]; nextCursor: string | null }
  config: MarketConfig
  rates: RateView | null
}

/** Listings that somebody saved, as they stand now. */
export function SavedListings({ listings: { items, nextCursor }, config, rates }: SavedListingsProps) {
  const t = useTranslations('saved')
  return (
    <section aria-labelledby="saved-listings">
      <h2 id="saved-listings" className="mb-3 font-semibold text-xl tracking-tight">
        {t('listings.title')}
      </h2>
      {items.length === 0 ? (
        <p className="text-muted text-sm">{t('listings.none')}</p>
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:gap-5 md:grid-cols-3 xl:grid-cols-5">
          {items.map((saved) => (
            <li key={saved.listingId} className="flex min-w-0 flex-col gap-1.5">
              <Saved saved={saved} config={config} rates={rates} />
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <ButtonLink variant="secondary" className="mt-3" href={`/saved?listings=${encodeURIComponent(nextCursor)}`}>
          {t('older')}
        </ButtonLink>
      )}
    </section>
  )
}

function Saved({ saved, config, rates }: { saved: SavedListing; config: MarketConfig; rates: RateView | null }) {
  const t = useTranslations('saved')
  const { listing, status, listingId } = saved
  if (!listing) {
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-2 rounded-2xl border border-line-strong border-dashed p-4 text-center text-muted text-sm">
        {t('deleted')}
        <Forget id={listingId} />
      </div>
    )
  }
  return (
    <>
      <ListingCard listing={listing} config={config} rates={rates} />
      <p className="flex flex-wrap items-center gap-2 text-muted text-xs">
        {status !== 'active' && <Badge>{t(`status.${status}`)}</Badge>}
        <PriceThen saved={saved} config={config} />
      </p>
    </>
  )
}

/** What it cost when it was saved, if that was another price. */
function PriceThen({ saved: { listing, priceThen, tokenThen }, config }: { saved: SavedListing; config: MarketConfig }) {
  const t = useTranslations('saved')
  const locale = useLocale()
  const token = tokenOf(config, tokenThen)
  if (!listing || !token || (listing.price === priceThen && listing.token === tokenThen)) return null
  return t('listings.priceThen', { price: money(BigInt(priceThen), token, locale) })
}
