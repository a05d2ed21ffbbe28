'use client'

import { actorOf, allowed } from '@fairhold/protocol/deal/machine'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Package } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { api, type DealCard, type DealPage, photoUrl } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { useLive } from '@/lib/live'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button, ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import Link from '@/ui/link'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import { Tabs } from '@/ui/tabs'
import { dealCopy, stateWords, type Viewer } from './copy'
import { myWalletIn } from './my-wallet'
import { stepsFor } from './steps'

/** The deals of the person who is signed in, those that wait for them first. */
export function MyDeals() {
  const { session, openSignIn } = useSession()
  if (!session) {
    return (
      <EmptyState
        icon={<Package aria-hidden="true" />}
        title="Sign in to see your deals"
        action={<Button onClick={openSignIn}>Sign in</Button>}
      >
        What you buy and what you sell shows here.
      </EmptyState>
    )
  }
  const tabs = [
    { value: 'buyer', label: dealCopy.purchases, content: <DealsOf accounts={session.wallets} show="purchases" /> },
    { value: 'seller', label: dealCopy.sales, content: <DealsOf accounts={session.wallets} show="sales" /> },
  ]
  return <Tabs label={dealCopy.listTitle} tabs={tabs} />
}

/** What of an account's deals a list shows. */
export type DealSelection = keyof typeof selections

const selections = {
  purchases: { list: (query: ListQuery) => api.deals.list({ ...query, role: 'buyer' }) },
  sales: { list: (query: ListQuery) => api.deals.list({ ...query, role: 'seller' }) },
  openCases: { list: ({ account, cursor }: ListQuery) => api.disputes.list({ arbiter: account, status: 'open', cursor }) },
  endedCases: { list: ({ account, cursor }: ListQuery) => api.disputes.list({ arbiter: account, status: 'ended', cursor }) },
}
type ListQuery = { account: string; cursor: string | null }

/** The deals of a person's wallets, those that wait for them first. */
export function DealsOf({ accounts, show }: { accounts: readonly string[]; show: DealSelection }) {
  const account = accounts.join(',')
  const queries = useQueryClient()
  const [pages, setPages] = useState(1)
  const { chainNow } = useMarketConfig()
  const key = ['deals', account, show] as const
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: [...key, pages],
    queryFn: () => loadDeals({ account, show, pages }),
  })
  useLive(
    accounts.map((one) => `account:${one}`),
    () => void queries.invalidateQueries({ queryKey: key }),
  )
  if (isPending) return <DealSkeletons />
  if (isError)
    return <Alert tone="danger" title={dealCopy.failedList} action={<Button onClick={() => refetch()}>Try again</Button>} />
  if (data.items.length === 0) return <NoDeals show={show} />
  const rows = data.items.map((deal) => ({ deal, turn: isTheirTurn(deal, accounts, chainNow) }))
  rows.sort((a, b) => Number(b.turn) - Number(a.turn))
  return (
    <>
      <ul className="flex flex-col gap-3">
        {rows.map(({ deal, turn }) => (
          <DealRow key={deal.id} deal={deal} turn={turn} />
        ))}
      </ul>
      {data.nextCursor && (
        <Button variant="secondary" className="mt-4" onClick={() => setPages(pages + 1)}>
          {dealCopy.loadMore}
        </Button>
      )}
    </>
  )
}

function DealRow({ deal, turn }: { deal: DealCard; turn: boolean }) {
  const token = tokenOf(useMarketConfig(), deal.token)
  const words = stateWords[deal.state]
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
          <span className="grid size-16 place-items-center rounded-xl bg-sunken text-muted">
            <Package aria-hidden="true" />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold">{deal.listing?.title ?? 'A deal made outside this market'}</span>
          <span className="mt-1 flex flex-wrap gap-2">
            <Badge tone={words.tone}>{words.label}</Badge>
            {turn && <Badge tone="warning">{dealCopy.needsYou}</Badge>}
          </span>
          <span className="mt-1 block text-muted text-xs">Since {dateTime(deal.openedAt)} UTC</span>
        </span>
        {token && (
          <Money className="hidden font-semibold sm:block" amount={deal.price} decimals={token.decimals} symbol={token.symbol} />
        )}
      </Link>
    </li>
  )
}

function NoDeals({ show }: { show: DealSelection }) {
  const words = emptyWords[show]
  return (
    <EmptyState icon={<Package aria-hidden="true" />} title={words.title} action={emptyActions[show]}>
      {words.text}
    </EmptyState>
  )
}

const emptyWords = {
  purchases: dealCopy.noPurchases,
  sales: dealCopy.noSales,
  openCases: dealCopy.noOpenCases,
  endedCases: dealCopy.noEndedCases,
} satisfies Record<DealSelection, { title: string; text: string }>

const emptyActions: Partial<Record<DealSelection, ReactNode>> = {
  purchases: <ButtonLink href="/">{dealCopy.browse}</ButtonLink>,
  sales: <ButtonLink href="/sell">{dealCopy.sell}</ButtonLink>,
}

export function DealSkeletons() {
  return (
    <div className="flex flex-col gap-3" role="status" aria-label="Loading">
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
      <Skeleton className="h-24" />
    </div>
  )
}

async function loadDeals({ account, show, pages }: { account: string; show: DealSelection; pages: number }) {
  const items: DealCard[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages && (page === 0 || cursor); page++) {
    const loaded: DealPage = await selections[show].list({ account, cursor })
    items.push(...loaded.items)
    cursor = loaded.nextCursor
  }
  return { items, nextCursor: cursor }
}

function isTheirTurn(deal: DealCard, wallets: readonly string[], now: number): boolean {
  const roles = { seller: deal.seller.address, buyer: deal.buyer.address, arbiter: deal.arbiter }
  const mine = myWalletIn(deal, { wallets: [...wallets] })
  const viewer: Viewer = mine ? actorOf(mine, roles) : 'stranger'
  const facts = { state: deal.state, deadline: deal.deadline }
  const main = stepsFor(deal.state, viewer, allowed(facts, viewer, now)).main
  return main !== null && !(main === 'settle')
}
