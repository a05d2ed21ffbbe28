'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import type { RateView } from '@/features/rates/rate-view'
import type { Listing } from '@/lib/api'
import { bids } from '@/lib/api/bids'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { Checkout } from './checkout'

/** The checkout of a counter that the seller made to the person who is signed in. */
export function CounterCheckout({ listing, offerId, rates }: { listing: Listing; offerId: string; rates: RateView | null }) {
  const t = useTranslations('checkout')
  const { session, openSignIn } = useSession()
  const { data, isError } = useQuery({
    queryKey: ['bid', offerId],
    queryFn: () => bids.get(offerId),
    enabled: session !== null,
  })
  if (!session)
    return <Alert tone="info" title={t('counter.signIn')} action={<Button onClick={openSignIn}>{t('signInShort')}</Button>} />
  if (isError) return <Alert tone="warning" title={t('counter.none')} />
  if (!data) return <Skeleton className="h-96" />
  if (data.kind !== 'counter' || data.status !== 'open') return <Alert tone="neutral" title={t('counter.closed')} />
  return <Checkout listing={listing} counter={data} initialChoice={data.choice} rates={rates} />
}
