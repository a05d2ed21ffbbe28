'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Clock, Package } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { api, type DealCard } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime, duration } from '@/lib/format'
import { useLive } from '@/lib/live'
import { photoUrl } from '@/lib/photos'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button, ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import Link from '@/ui/link'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import { stateTones } from './shown'

export const DEALS_KEY = ['deals'] as const

/** What of an account's deals a list shows. */
export type DealSelection = keyof typeof selections

type Listed = DealCard & { turn?: boolean }
type ListQuery = { account: string; cursor: string | undefined }
type ListPage = { items: Listed[]; nextCursor: string | null }

const selections = {
  purchases: ({ cursor }: ListQuery): Promise<ListPage> => api.deals.mine({ side: 'buyer', cursor }),
  sales: ({ cursor }: ListQuery): Promise<ListPage> => api.deals.mine({ side: 'seller', cursor }),
  openCases: ({ account, cursor }: ListQuery): Promise<ListPage> =>
    api.disputes.list({ arbiter: account, status: 'open', cursor }),
  endedCases: ({ account, cursor }: ListQuery): Promise<ListPage> =>
    api.disputes.list({ arbiter: account, status: 'ended', cursor }),
}

/** The deals of a person's wallets, in the order in which they need them. */
export function DealsOf({ accounts, show }: { accounts: readonly string[]; show: DealSelection }) {
  const t = useTranslations('deals')
  const account = accounts.join(',')
  const queries = useQueryClient()
  const { data, isPending, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...DEALS_KEY, account, show],
    queryFn: ({ pageParam }) => selections[show]({ account, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  useLive(
    accounts.map((one) => `account:${one}`),
    () => void queries.invalidateQueries({ queryKey: DEALS_KEY }),
  )
  if (isPending) return <DealSkeletons />
  if (isError) {
    return <Alert tone="danger" title={t('list.failed')} action={<Button onClick={() => refetch()}>{t('list.again')}</Button>} />
  }
  const deals = data.pages.flatMap(({ items }) => items)
  if (deals.length === 0) return <NoDeals show={show} />
  return (
    <>
      <ul className="flex flex-col gap-3">
        {deals.map((deal) => (
          <DealRow key={deal.id} deal={deal} turn={deal.turn ?? show === 'openCases'} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="secondary" className="mt-4" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </>
  )
}

function DealRow({ deal, turn }: { deal: Listed; turn: boolean }) {
  const t = useTranslations('deals')
  const token = tokenOf(useMarketConfig(), deal.token)
  return (
    <li>
      <Link
        href={`/deals/${deal.id}`}
        className="flex items-center gap-4 rounded-2xl border border-line bg-surface p-4 shadow-card hover:border-line-strong"
      >
        {deal.listing?.photo ? (
          <img
            src={photoUrl(deal.listing.photo, 320)}
            alt=""
            width={64}
            height={64}
            className="size-16 rounded-xl object-cover"
          />
        ) : (
          <span className="grid size-16 shrink-0 place-items-center rounded-xl bg-sunken text-muted">
            <Package aria-hidden="true" />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className="flex flex-col gap-x-4 sm:flex-row sm:justify-between">
            <span className="truncate font-semibold">{deal.listing?.title ?? t('list.elsewhere')}</span>
            {token && (
              <Money
                className="shrink-0 text-sm sm:font-semibold sm:text-base"
                amount={deal.price}
                decimals={token.decimals}
                symbol={token.symbol}
              />
            )}
          </span>
          <span className="mt-1 flex flex-wrap gap-2">
            <Badge tone={stateTones[deal.state]}>{t(`state.${deal.state}`)}</Badge>
            {turn && <Badge tone="warning">{t('list.yourTurn')}</Badge>}
          </span>
          <RowTime deal={deal} />
        </span>
      </Link>
    </li>
  )
}

/** How long is left where a deadline runs; else since when the deal is there. */
function RowTime({ deal }: { deal: Listed }) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const { chainNow } = useMarketConfig()
  const isOpen = deal.deadline > 0 && ['partlyFunded', 'funded', 'shipped', 'delivered', 'disputed'].includes(deal.state)
  const since = t('list.since', { time: dateTime(deal.openedAt, locale, zone) })
  const late = t('list.lateSince', { time: dateTime(deal.deadline, locale, zone) })
  const left = t('list.left', { time: duration(deal.deadline - chainNow, locale) })
  return (
    <span className="mt-1 flex items-center gap-1.5 text-muted text-xs">
      {isOpen && <Clock aria-hidden="true" className="size-3.5" />}
      {isOpen ? (deal.deadline < chainNow ? late : left) : since}
    </span>
  )
}

function NoDeals({ show }: { show: DealSelection }) {
  const t = useTranslations('deals')
  const actions: Partial<Record<DealSelection, ReactNode>> = {
    purchases: <ButtonLink href="/">{t('list.browse')}</ButtonLink>,
    sales: <ButtonLink href="/sell">{t('list.sell')}</ButtonLink>,
  }
  return (
    <EmptyState icon={<Package aria-hidden="true" />} title={t(`list.none.${show}.title`)} action={actions[show]}>
      {t(`list.none.${show}.text`)}
    </EmptyState>
  )
}

export function DealSkeletons() {
  const t = useTranslations('deals')
  return (
    <div className="flex flex-col gap-3" role="status" aria-label={t('list.loading')}>
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
    </div>
  )
}
