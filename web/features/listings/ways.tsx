import { MapPin, Truck } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Approx } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { townName } from '@/i18n/towns'
import type { Words } from '@/i18n/words-of'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain-tokens'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { countryName, isUnion, placesNamed } from './goods'

type Choice = Listing['choices'][number]
interface WaysProps {
  listing: Listing
  token: TokenInfo | undefined
  rates: RateView | null
}

/** The ways in which the item gets to its buyer, with what each costs. */
export function Ways({ listing, token, rates }: WaysProps) {
  const t = useTranslations('listing')
  if (listing.content.v === 1) return <OldShipping listing={listing} />
  return (
    <Card>
      <CardHeader title={t('shipping.title')} />
      <ul className="flex flex-col divide-y divide-line">
        {listing.choices.map((choice) => (
          <Way key={choice.choice} choice={choice} listing={listing} token={token} rates={rates} />
        ))}
      </ul>
    </Card>
  )
}

function Way({ choice, listing, token, rates }: WaysProps & { choice: Choice }) {
  const t = useTranslations('listing')
  const locale = useLocale()
  const place = listing.town ? `${townName(listing.town, locale)}, ${countryName(listing.town.country, locale)}` : ''
  const pickup = choice.kind === 'pickup'
  const Icon = pickup ? MapPin : Truck
  const free = choice.shipping === '0'
  return (
    <li className="flex gap-3 py-3 first:pt-0 last:pb-0">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
      <div className="min-w-0 flex-1 text-sm">
        <div className="flex flex-wrap justify-between gap-x-4">
          <p className="min-w-0 break-words font-medium" dir="auto">
            {pickup ? t('shipping.pickup') : choice.name}
          </p>
          <p className="text-right">
            {free && t('shipping.free')}
            {!free && token && (
              <>
                + <Money amount={choice.shipping} decimals={token.decimals} symbol={token.symbol} />
                <Approx amount={choice.shipping} token={token} rates={rates} brief className="block" />
              </>
            )}
          </p>
        </div>
        {pickup ? <Line>{t('shipping.pickupAt', { place })}</Line> : <Destinations choice={choice} />}
        {choice.days && <Line>{daysWords(t, choice.days)}</Line>}
      </div>
    </li>
  )
}

const Line = ({ children }: { children: ReactNode }) => <p className="text-muted">{children}</p>

const SHOWN = 6

/** The countries, the first few by name; a long list opens. */
function Destinations({ choice: { to } }: { choice: Choice }) {
  const t = useTranslations('listing')
  const names = useTranslations('attributes')
  const locale = useLocale()
  if (to.includes('*')) return <Line>{t('shipping.worldwide')}</Line>
  if (to.length <= SHOWN || isUnion(to)) return <Line>{t('shipping.to', { places: placesNamed(names, to, locale) })}</Line>
  return (
    <details className="text-muted">
      <summary className="cursor-pointer">
        {t('shipping.to', { places: placesNamed(names, to.slice(0, 3), locale) })} {t('shipping.more', { count: to.length - 3 })}
      </summary>
      {placesNamed(names, to, locale)}
    </details>
  )
}

function daysWords(t: Words<'listing'>, [least, most]: readonly [number, number]): string {
  return least === most ? t('shipping.day', { days: least }) : t('shipping.days', { least, most })
}

function OldShipping({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const places = listing.content.v === 1 ? listing.content.shipsTo : ''
  return (
    <p className="flex items-center gap-2 text-muted text-sm" dir="auto">
      <Truck aria-hidden="true" className="size-4" />
      {places ? t('shipping.old', { places }) : t('shipping.included')}
    </p>
  )
}
