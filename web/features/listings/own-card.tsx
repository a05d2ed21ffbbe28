'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { problemOf } from '@/features/deals/problem'
import { api, type Listing } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { Button, ButtonLink } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { useToast } from '@/ui/toast'
import { VoidListing } from './void-listing'

/** For the seller: edit, offer again, off the market at once, and void on the chain for who wants to be certain. */
export default function OwnCard({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const locale = useLocale()
  const state = listing.replacedBy ? 'replaced' : listing.status
  const date = dateTime(listing.expiry, locale)
  const takeable = listing.free > 0 && listing.status !== 'expired'
  return (
    <Card>
      <CardHeader title={t('own.title')} hint={t(`own.state.${state}`, { date })} />
      <div className="flex flex-wrap gap-2">
        {!listing.replacedBy && (
          <ButtonLink href={`/listings/${listing.id}/edit`}>
            {listing.status === 'active' ? t('own.edit') : t('own.renew')}
          </ButtonLink>
        )}
        {listing.status === 'active' && <Withdraw listing={listing} />}
      </div>
      {takeable && <VoidListing listing={listing} date={date} />}
      {listing.status === 'withdrawn' && !takeable && <Void />}
    </Card>
  )
}

function Void() {
  const t = useTranslations('listing')
  return <p className="mt-3 text-muted text-sm">{t('own.void')}</p>
}

function Withdraw({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const router = useRouter()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const withdraw = async () => {
    setBusy(true)
    try {
      await api.listings.withdraw(listing.id)
      toast(t('own.withdrawn'), 'success')
      router.refresh()
    } catch (error) {
      toast(problemOf(error).title, 'danger')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="secondary" loading={busy} onClick={withdraw}>
      {t('own.withdraw')}
    </Button>
  )
}
