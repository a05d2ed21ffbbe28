'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { ButtonLink } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { VoidListing } from './void-listing'
import { WithdrawListing } from './withdraw-listing'

/** For the seller: edit, offer again, off the market at once, and void on the chain for who wants to be certain. */
export default function OwnCard({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const locale = useLocale()
  const zone = useTimeZone()
  const state = listing.replacedBy ? 'replaced' : listing.status
  const date = dateTime(listing.expiry, locale, zone)
  const takeable = listing.free > 0 && listing.status !== 'expired'
  const edit = listing.replacedBy ? null : (
    <ButtonLink href={`/listings/${listing.id}/edit`}>{listing.status === 'active' ? t('own.edit') : t('own.renew')}</ButtonLink>
  )
  return (
    <Card>
      <CardHeader title={t('own.title')} hint={t(`own.state.${state}`, { date })} />
      {listing.status === 'active' ? <WithdrawListing listing={listing} edit={edit} /> : edit}
      {takeable && <VoidListing listing={listing} date={date} />}
      {listing.status === 'withdrawn' && !takeable && <Void />}
    </Card>
  )
}

function Void() {
  const t = useTranslations('listing')
  return <p className="mt-3 text-muted text-sm">{t('own.void')}</p>
}
