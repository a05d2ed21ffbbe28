'use client'

import { usePathname } from 'next/navigation'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { SendStatus } from '@/features/deals/send-status'
import type { Bid } from '@/lib/api/bids'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime, money, shortHex } from '@/lib/format'
import { isolated } from '@/lib/isolated'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button, ButtonLink } from '@/ui/button'
import Link from '@/ui/link'
import { useBid } from './use-bid'
import { VoidBid } from './void-bid'

const OfferDialog = lazy(() => import('./offer-dialog').then((module) => ({ default: module.OfferDialog })))

const tones = {
  open: 'info',
  accepted: 'success',
  declined: 'neutral',
  withdrawn: 'neutral',
  countered: 'neutral',
  expired: 'neutral',
  voided: 'neutral',
  gone: 'warning',
} as const satisfies Record<Bid['status'], string>

/** One offer between two people: what was offered, what became of it, and what its reader can do. */
export function BidRow({ bid, wallets, titled }: { bid: Bid; wallets: readonly string[]; titled: boolean }) {
  const isHere = usePathname() === `/deals/${bid.id}`
  const t = useTranslations('bids')
  const locale = useLocale()
  const zone = useTimeZone()
  const token = tokenOf(useMarketConfig(), bid.token)
  const amount = token ? money(BigInt(bid.price), token, locale) : bid.price
  const isMine = wallets.includes(bid.maker)
  const other = wallets.includes(bid.seller.address) ? bid.buyer : bid.seller
  const name = other.name || shortHex(other.address)
  const said = { amount, name: isolated(name) }
  const whose = isMine ? 'mine' : 'theirs'
  return (
    <li className="rounded-2xl border border-line bg-surface p-4 shadow-card">
      {titled && (
        <Link
          href={`/listings/${bid.listing.id}`}
          className="mb-2 block truncate font-semibold underline-offset-4 hover:underline"
        >
          <bdi>{bid.listing.title || t('untitled')}</bdi>
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">{t(`line.${whose}.${bid.kind}`, said)}</p>
        <Badge tone={tones[bid.status]}>{t(`status.${bid.status}`)}</Badge>
      </div>
      <p className="mt-1 text-muted text-sm">
        {bid.status === 'open'
          ? t('until', { time: dateTime(bid.expiry, locale, zone) })
          : t('made', { time: dateTime(Date.parse(bid.createdAt) / 1000, locale, zone) })}
      </p>
      {bid.note && (
        <p className="mt-2 whitespace-pre-line break-words rounded-xl bg-sunken p-3 text-sm" dir="auto">
          {bid.note}
        </p>
      )}
      {bid.status === 'accepted' && !isHere && (
        <ButtonLink href={`/deals/${bid.id}`} variant="secondary" size="sm" className="mt-3">
          {t('toDeal')}
        </ButtonLink>
      )}
      <BidSteps bid={bid} isMine={isMine} />
    </li>
  )
}

function BidSteps({ bid, isMine }: { bid: Bid; isMine: boolean }) {
  const t = useTranslations('bids')
  const acts = useBid(bid)
  const isOpen = bid.status === 'open'
  const canVoid = isMine && bid.handed && ['open', 'withdrawn', 'countered', 'declined'].includes(bid.status)
  const busy = acts.busy || acts.accepting.busy
  return (
    <div className="flex flex-col gap-3 has-[>:not(:empty)]:mt-3">
      {isOpen && bid.payable && !bid.payable.ok && (
        <Alert tone="warning" title={t('unpayable')}>
          {bid.payable.reason}
        </Alert>
      )}
      {isOpen && bid.payable?.ok && <p className="text-muted text-sm">{t('payable')}</p>}
      {isOpen && isMine && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" variant="secondary" disabled={busy} onClick={acts.withdraw}>
            {t('withdraw')}
          </Button>
        </div>
      )}
      {isOpen && !isMine && <Answers bid={bid} busy={busy} acts={acts} />}
      {canVoid && <VoidBid bid={bid} disabled={busy} />}
      {acts.problem && (
        <Alert tone="danger" title={acts.problem.title} live>
          {acts.problem.detail} {acts.problem.whatToDo}
        </Alert>
      )}
      <SendStatus state={acts.accepting.state} done={t('acceptedDone')} onRetry={acts.accept} />
    </div>
  )
}

/** What whoever got an offer can do: take it, answer with another price, decline. */
function Answers({ bid, busy, acts }: { bid: Bid; busy: boolean; acts: ReturnType<typeof useBid> }) {
  const t = useTranslations('bids')
  const [answering, setAnswering] = useState(false)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {bid.kind === 'bid' ? (
          <Button size="sm" loading={acts.accepting.busy} disabled={busy} onClick={acts.accept}>
            {t('accept')}
          </Button>
        ) : (
          <ButtonLink size="sm" href={`/checkout/${bid.listing.id}?offer=${bid.id}`}>
            {t('acceptAndPay')}
          </ButtonLink>
        )}
        <Button size="sm" variant="secondary" disabled={busy} onClick={() => setAnswering(true)}>
          {t('counter')}
        </Button>
        <Button size="sm" variant="ghost" disabled={busy} onClick={acts.decline}>
          {t('decline')}
        </Button>
      </div>
      {bid.kind === 'bid' && <p className="text-muted text-sm">{t('acceptHint')}</p>}
      {answering && (
        <Suspense>
          <OfferDialog answers={bid} onClose={() => setAnswering(false)} />
        </Suspense>
      )}
    </>
  )
}
