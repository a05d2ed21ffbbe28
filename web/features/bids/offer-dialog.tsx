'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { api, type Listing } from '@/lib/api'
import type { Bid } from '@/lib/api/bids'
import { Queries } from '@/lib/queries'
import { Alert } from '@/ui/alert'
import { Dialog } from '@/ui/dialog'
import { Skeleton } from '@/ui/skeleton'
import { OfferForm } from './offer-form'

type Props = { onClose: () => void } & ({ listing: Listing; answers?: undefined } | { answers: Bid; listing?: undefined })

/** Another price: a buyer's bid on a listing, or an answer to the other side's. */
export function OfferDialog(props: Props) {
  return (
    <Queries>
      <Inner {...props} />
    </Queries>
  )
}

function Inner({ listing: given, answers, onClose }: Props) {
  const t = useTranslations('bids')
  const listingId = given?.id ?? answers?.listing.id ?? ''
  const { data: listing } = useQuery({
    queryKey: ['listing', listingId],
    queryFn: () => api.listings.get(listingId),
    ...(given ? { initialData: given } : {}),
  })
  const isCounter = answers?.kind === 'bid'
  const words = isCounter
    ? { title: t('form.counterTitle'), hint: t('form.counterHint') }
    : { title: t('form.title'), hint: t('form.hint') }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.title} description={words.hint}>
      {listing === undefined && <Skeleton className="h-64" />}
      {listing === null && <Alert tone="warning" title={t('form.noListing')} />}
      {listing && (
        <OfferForm
          listing={listing}
          choices={answers ? listing.choices.filter(({ choice }) => choice === answers.choice) : listing.choices}
          answers={answers ?? null}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
