'use client'

import { isOpen } from '@fairhold/protocol/deal/state'
import { Clock } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { Photo } from '@/features/listings/photo'
import { dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import { Countdown } from '@/ui/countdown'
import Link from '@/ui/link'
import type { DealPart } from './deal-part'
import { ifNobodyActs, tenseOf, turnFor } from './outlook-words'
import { stateTones } from './shown'

/** Where the deal stands, whose turn it is, until when, and what happens if nobody acts. */
export function DealHeader({ deal, viewer, now }: DealPart) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const { deadline, state } = deal
  const facts = { state, deadline }
  const turn = turnFor(facts, viewer, now)
  const otherwise = ifNobodyActs(t, facts, viewer, now)
  const tense = tenseOf(facts, now)
  const time = dateTime(deadline, locale, zone)
  const offset = deal.chainNow - Math.floor(Date.now() / 1000)
  return (
    <Card>
      <div className="flex gap-4">
        {deal.listing?.photo && (
          <Photo
            sha256={deal.listing.photo}
            alt=""
            sizes="88px"
            largest={320}
            width={88}
            height={88}
            eager
            className="size-22 rounded-xl object-cover"
          />
        )}
        <div className="min-w-0">
          <p className="truncate text-muted text-sm">
            {deal.listing ? (
              <Link href={`/listings/${deal.listing.id}`} className="underline underline-offset-4 hover:text-ink">
                <bdi>{deal.listing.title}</bdi>
              </Link>
            ) : (
              t('list.elsewhere')
            )}
          </p>
          <h1 className="mt-1 font-semibold text-2xl tracking-tight sm:text-3xl" data-state={state}>
            {t(`state.${state}`)}
          </h1>
          <div className="mt-2 flex flex-wrap gap-2">
            <Badge tone={turn?.who === 'you' ? 'warning' : stateTones[state]}>
              {isOpen(state) ? t(`turn.${turn?.who ?? 'nobody'}`) : t('over.label')}
            </Badge>
            {viewer !== 'stranger' && <Badge>{t(`youAre.${viewer}`)}</Badge>}
          </div>
        </div>
      </div>
      <p className="mt-4 text-base leading-relaxed" role="status">
        {isOpen(state) ? t(`means.${state}.${viewer}.${tense}`) : t(`over.${state}`)}
      </p>
      {isOpen(state) && (
        <div className="mt-4 rounded-xl bg-sunken p-4 text-sm">
          <p className="flex gap-2 font-medium">
            <Clock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
            {tense === 'late' ? (
              t('passed', { time })
            ) : (
              <span>{t.rich('left', { time, count: () => <Countdown until={deadline} offset={offset} /> })}</span>
            )}
          </p>
          {otherwise && <p className="mt-1 text-muted">{otherwise}</p>}
        </div>
      )}
    </Card>
  )
}
