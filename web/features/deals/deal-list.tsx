'use client'

import { actorOf, allowed } from '@fairhold/protocol/deal/machine'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Package } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useSession } from '@/features/identity/session'
import { api, type DealCard, photoUrl } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { useLive } from '@/lib/live'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button, ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import { Tabs } from '@/ui/tabs'
import { dealCopy, stateWords, type Viewer } from './copy'
import { stepsFor } from './steps'

/** The deals of the person who is signed in, those that wait for them first. */
export function MyDeals() {
  const { session, loading, openSignIn } = useSession()
  if (loading) return <DealSkeletons />
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
    { value: 'buyer', label: dealCopy.purchases, content: <DealsOf account={session.address} role="buyer" /> },
    { value: 'seller', label: dealCopy.sales, content: <DealsOf account={session.address} role="seller" /> },
  ]
  return <Tabs label={dealCopy.listTitle} tabs={tabs} />
}

/** Deals in which an account has a role. */
export function DealsOf({ account, role }: { account: string; role: 'buyer' | 'seller' | 'arbiter' }) {
  const queries = useQueryClient()
  const [pages, setPages] = useState(1)
  const { chainNow } = useMarketConfig()
  const key = ['deals', account, role] as const
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: [...key, pages],
    queryFn: () => loadDeals({ account, role, pages }),
  })
  useLive([`account:${account}`], () => void queries.invalidateQueries({ queryKey: key }))
  if (isPending) return <DealSkeletons />
  if (isError)
    return <Alert tone="danger" title={dealCopy.failedList} action={<Button onClick={() => refetch()}>Try again</Button>} />
  if (data.items.length === 0) return <NoDeals role={role} />
  const rows = data.items.map((deal) => ({ deal, turn: isTheirTurn(deal, account, chainNow) }))
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

function NoDeals({ role }: { role: 'buyer' | 'seller' | 'arbiter' }) {
  if (role === 'arbiter')
    return <EmptyState title="No cases">Deals that name you as arbiter show here once they are in dispute.</EmptyState>
  const words = role === 'buyer' ? dealCopy.noPurchases : dealCopy.noSales
  const action =
    role === 'buyer' ? <ButtonLink href="/">{dealCopy.browse}</ButtonLink> : <ButtonLink href="/sell">{dealCopy.sell}</ButtonLink>
  return (
    <EmptyState icon={<Package aria-hidden="true" />} title={words.title} action={action}>
      {words.text}
    </EmptyState>
  )
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

async function loadDeals({ account, role, pages }: { account: string; role: string; pages: number }) {
  const items: DealCard[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages && (page === 0 || cursor); page++) {
    const loaded: Awaited<ReturnType<typeof api.deals.list>> = await api.deals.list({ account, role, cursor })
    items.push(...loaded.items)
    cursor = loaded.nextCursor
  }
  return { items, nextCursor: cursor }
}

function isTheirTurn(deal: DealCard, account: string, now: number): boolean {
  const roles = { seller: deal.seller.address, buyer: deal.buyer.address, arbiter: deal.arbiter }
  const viewer: Viewer = actorOf(account, roles)
  const facts = { state: deal.state, deadline: deal.deadline }
  const main = stepsFor(deal.state, viewer, allowed(facts, viewer, now)).main
  return main !== null && !(main === 'settle')
}
