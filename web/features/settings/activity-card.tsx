'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ActivityItem, api } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { Failure } from './failure'

/** What the audit log tells of the account, the newest first. */
export function ActivityCard() {
  const t = useTranslations('settings')
  const activity = useInfiniteQuery({
    queryKey: ['activity'],
    queryFn: ({ pageParam }) => api.identity.activity(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const items = activity.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card>
      <CardHeader title={t('activity.title')} hint={t('activity.hint')} />
      {activity.isPending && <Skeleton className="h-28" />}
      {activity.isError && <Failure error={activity.error} again={() => activity.refetch()} />}
      {activity.isSuccess && items.length === 0 && <p className="text-muted text-sm">{t('activity.none')}</p>}
      <ol className="flex flex-col divide-y divide-line text-sm">
        {items.map((item) => (
          <ActivityRow key={item.id} item={item} />
        ))}
      </ol>
      {activity.hasNextPage && (
        <Button
          size="sm"
          variant="secondary"
          className="mt-4"
          loading={activity.isFetchingNextPage}
          onClick={() => activity.fetchNextPage()}
        >
          {t('activity.more')}
        </Button>
      )}
    </Card>
  )
}

function ActivityRow({ item: { kind, at, by, details } }: { item: ActivityItem }) {
  const t = useTranslations('settings')
  const format = useFormat()
  const wallet = typeof details.wallet === 'string' ? shortHex(details.wallet) : null
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2.5 first:pt-0">
      <span className="flex flex-wrap items-baseline gap-2">
        {t.has(`activity.kinds.${kind}` as never) ? t(`activity.kinds.${kind}` as never) : kind}
        {wallet && <span className="font-mono text-muted text-xs">{wallet}</span>}
        {by === 'staff' && <Badge tone="warning">{t('activity.byStaff')}</Badge>}
      </span>
      <time dateTime={at} className="text-muted text-xs">
        {format.time(at)}
      </time>
    </li>
  )
}
