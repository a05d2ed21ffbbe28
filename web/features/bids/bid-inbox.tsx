'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Handshake } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { bids } from '@/lib/api/bids'
import { Alert } from '@/ui/alert'
import { Button, ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Skeleton } from '@/ui/skeleton'
import { BidRow } from './bid-row'
import { BIDS_KEY } from './use-bid'
import { useBidsLive } from './use-bids-live'

/** All offers that a person made and got, newest first. */
export function BidInbox({ wallets }: { wallets: readonly string[] }) {
  const t = useTranslations('bids')
  const queries = useQueryClient()
  const { data, isPending, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...BIDS_KEY, 'inbox'],
    queryFn: ({ pageParam }) => bids.list({ cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  useBidsLive(() => void queries.invalidateQueries({ queryKey: BIDS_KEY }))
  if (isPending) return <Skeleton className="h-40" />
  if (isError) return <Alert tone="danger" title={t('failed')} action={<Button onClick={() => refetch()}>{t('again')}</Button>} />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<Handshake aria-hidden="true" />}
        title={t('none.title')}
        action={<ButtonLink href="/">{t('none.browse')}</ButtonLink>}
      >
        {t('none.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className="flex flex-col gap-3">
        {items.map((bid) => (
          <BidRow key={bid.id} bid={bid} wallets={wallets} titled />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="secondary" className="mt-4" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
