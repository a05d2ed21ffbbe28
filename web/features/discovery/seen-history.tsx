import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { ListingCard } from '@/features/listings/listing-card'
import type { RateView } from '@/features/rates/rate-view'
import type { SeenListing } from '@/lib/api/discovery'
import type { MarketConfig } from '@/lib/chain-tokens'
import { dateOf, dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { ButtonLink } from '@/ui/button'
import { ForgetAllSeen, ForgetSeen } from './forget-seen'
import { NothingSeen } from './nothing-seen'

interface SeenHistoryProps {
  seen: { items: SeenListing[]; nextCursor: string | null }
  config: MarketConfig
  rates: RateView | null
  /** Since when the person wants it kept. */
  since: string
}

/** What somebody looked at on any of their devices, each as it stands now. */
export function SeenHistory({ seen: { items, nextCursor }, config, rates, since }: SeenHistoryProps) {
  const t = useTranslations('saved')
  const locale = useLocale()
  const zone = useTimeZone()
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-muted text-sm">{t('seen.everywhere', { date: dateOf(since, locale, zone) })}</p>
        {items.length > 0 && <ForgetAllSeen kept />}
      </div>
      {items.length === 0 && <NothingSeen />}
      <h2 className="sr-only">{t('seen.list')}</h2>
      <ul className="grid grid-cols-2 gap-3 sm:gap-5 md:grid-cols-3 xl:grid-cols-5">
        {items.map(({ listing, listingId, status, viewedAt }) => (
          <li key={listingId} className="flex min-w-0 flex-col gap-1.5">
            {listing && <ListingCard listing={listing} config={config} rates={rates} />}
            <div className="flex flex-wrap items-center justify-between gap-x-2 text-muted text-xs">
              <span className="flex flex-wrap items-center gap-2">
                {dateTime(Date.parse(viewedAt) / 1000, locale, zone)}
                {status !== 'active' && <Badge>{t(`status.${status}`)}</Badge>}
              </span>
              <ForgetSeen id={listingId} title={listing?.title ?? t('deleted')} kept />
            </div>
          </li>
        ))}
      </ul>
      {nextCursor && (
        <ButtonLink variant="secondary" className="self-start" href={`/seen?before=${encodeURIComponent(nextCursor)}`}>
          {t('older')}
        </ButtonLink>
      )}
    </>
  )
}
