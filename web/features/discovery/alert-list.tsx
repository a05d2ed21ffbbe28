import { Bell, ImageOff, TrendingDown } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { Alert } from '@/lib/api/discovery'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { dateTime, money } from '@/lib/format'
import { isolated } from '@/lib/isolated'
import { photoUrl } from '@/lib/photos'
import { Badge } from '@/ui/badge'
import { ButtonLink } from '@/ui/button'
import Link from '@/ui/link'

type AlertsProps = { alerts: { items: Alert[]; nextCursor: string | null }; config: MarketConfig }

/** What the person was told, the newest first. */
export function AlertList({ alerts: { items, nextCursor }, config }: AlertsProps) {
  const t = useTranslations('saved')
  const fresh = items.filter(({ read }) => !read).length
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts" className="mb-3 flex items-center gap-2 font-semibold text-xl tracking-tight">
        {t('alerts.title')}
        {fresh > 0 && <Badge tone="success">{t('alerts.new', { count: fresh })}</Badge>}
      </h2>
      {items.length === 0 ? (
        <p className="text-muted text-sm">{t('alerts.none')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
          {items.map((alert) => (
            <AlertRow key={alert.id} alert={alert} config={config} />
          ))}
        </ul>
      )}
      {nextCursor && (
        <ButtonLink variant="secondary" className="mt-3" href={`/saved?alerts=${encodeURIComponent(nextCursor)}`}>
          {t('older')}
        </ButtonLink>
      )}
    </section>
  )
}

function AlertRow({ alert, config }: { alert: Alert; config: MarketConfig }) {
  const t = useTranslations('saved')
  const locale = useLocale()
  const zone = useTimeZone()
  const { listing, status, listingId, read, at } = alert
  const Icon = alert.kind === 'match' ? Bell : TrendingDown
  return (
    <li className="relative flex items-center gap-3 p-3 hover:bg-sunken sm:p-4">
      <span className="grid size-14 shrink-0 place-items-center overflow-hidden rounded-xl bg-sunken text-muted">
        {listing?.photo ? (
          <img src={photoUrl(listing.photo, 320)} alt="" loading="lazy" className="size-full object-cover" />
        ) : (
          <ImageOff aria-hidden="true" className="size-5" />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {listing ? (
            <Link href={`/listings/${listingId}`} className="after:absolute after:inset-0">
              <bdi>{listing.title}</bdi>
            </Link>
          ) : (
            t('deleted')
          )}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
          <Icon aria-hidden="true" className="size-3.5" />
          {wordsOf(alert, config, { t, locale })}
          {status !== 'active' && <Badge>{t(`status.${status}`)}</Badge>}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        {!read && <Badge tone="success">{t('alerts.unread')}</Badge>}
        <time dateTime={at} className="text-muted text-xs">
          {dateTime(Date.parse(at) / 1000, locale, zone)}
        </time>
      </div>
    </li>
  )
}

type Said = { t: ReturnType<typeof useTranslations<'saved'>>; locale: ReturnType<typeof useLocale> }

function wordsOf({ kind, search, listing, oldPrice, newPrice }: Alert, config: MarketConfig, { t, locale }: Said): string {
  if (kind === 'match') return t('alerts.match', { name: isolated(search?.name ?? '') })
  const token = listing ? tokenOf(config, listing.token) : undefined
  if (!token || oldPrice === null || newPrice === null) return t('alerts.cheaper')
  return t('alerts.drop', { from: money(BigInt(oldPrice), token, locale), to: money(BigInt(newPrice), token, locale) })
}
