'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { bids } from '@/lib/api/bids'
import { Queries } from '@/lib/queries'
import { BidRow } from './bid-row'
import { BIDS_KEY } from './use-bid'
import { useBidsLive } from './use-bids-live'

type ThreadProps = { listingId: string; buyer?: string }

/** What was offered on a listing: to its seller everything, to a buyer their own. Shows nothing where nothing was. */
export function BidThread(props: ThreadProps) {
  return (
    <Queries>
      <Thread {...props} />
    </Queries>
  )
}

function Thread({ listingId, buyer }: ThreadProps) {
  const t = useTranslations('bids')
  const { session } = useSession()
  const queries = useQueryClient()
  const key = [...BIDS_KEY, 'listing', listingId, buyer ?? ''] as const
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => bids.list({ listing: listingId, ...(buyer ? { buyer } : {}) }),
    enabled: session !== null,
  })
  useBidsLive(() => void queries.invalidateQueries({ queryKey: BIDS_KEY }))
  if (!session || !data || data.items.length === 0) return null
  return (
    <section aria-label={t('thread')}>
      <h2 className="mb-2 font-semibold">{t('thread')}</h2>
      <ul className="flex flex-col gap-3">
        {data.items.map((bid) => (
          <BidRow key={bid.id} bid={bid} wallets={session.wallets} titled={false} />
        ))}
      </ul>
    </section>
  )
}
