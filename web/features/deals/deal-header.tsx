'use client'

import { Clock } from 'lucide-react'
import { photoUrl } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import { Countdown } from '@/ui/countdown'
import Link from '@/ui/link'
import { dealCopy, stateWords } from './copy'
import type { DealPart } from './deal-part'
import { ifNobodyActs, tenseOf, turnFor } from './outlook-words'

/** Where the deal stands, whose turn it is, until when, and what happens if nobody acts. */
export function DealHeader({ deal, viewer, now }: DealPart) {
  const words = stateWords[deal.state]
  const facts = { state: deal.state, deadline: deal.deadline }
  const turn = turnFor(facts, viewer, now)
  const otherwise = ifNobodyActs(facts, viewer)
  const late = tenseOf(facts, now) === 'late'
  const open = deal.endedAt === null
  return (
    <Card>
      <div className="flex gap-4">
        {deal.listing?.photo && (
          <img
            src={photoUrl(deal.listing.photo, 320)}
            alt=""
            width={88}
            height={88}
            className="size-22 rounded-xl object-cover"
          />
        )}
        <div className="min-w-0">
          <p className="truncate text-muted text-sm">
            {deal.listing ? (
              <Link href={`/listings/${deal.listing.id}`} className="underline underline-offset-4 hover:text-ink">
                {deal.listing.title}
              </Link>
            ) : (
              'A deal made outside this market'
            )}
          </p>
          <h1 className="mt-1 font-semibold text-2xl tracking-tight sm:text-3xl" data-state={deal.state}>
            {words.label}
          </h1>
          <div className="mt-2 flex flex-wrap gap-2">
            <Badge tone={words.tone}>
              {open ? (turn ? dealCopy.whoseTurn[turn.who] : dealCopy.whoseTurn.nobody) : dealCopy.over}
            </Badge>
            {viewer !== 'stranger' && <Badge>You are the {viewer}</Badge>}
          </div>
        </div>
      </div>
      <p className="mt-4 text-base leading-relaxed" role="status">
        {words.means[viewer][late ? 'late' : 'onTime']}
      </p>
      {open && (
        <div className="mt-4 rounded-xl bg-sunken p-4 text-sm">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <Clock aria-hidden="true" className="size-4 text-muted" />
            {late ? (
              <>
                {dealCopy.deadlinePassed} {dateTime(deal.deadline)} UTC
              </>
            ) : (
              <span>
                <Countdown until={deal.deadline} offset={deal.chainNow - Math.floor(Date.now() / 1000)} /> left, {dealCopy.until}{' '}
                {dateTime(deal.deadline)} UTC
              </span>
            )}
          </p>
          {otherwise && (
            <p className="mt-1 text-muted">
              {dealCopy.ifNobodyActs} {late ? 'now' : 'by then'}, {otherwise.words}
            </p>
          )}
        </div>
      )}
    </Card>
  )
}
