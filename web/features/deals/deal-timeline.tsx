'use client'

import { isLate } from '@fairhold/protocol/deal/machine'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { Deal } from '@/lib/api'
import { dateTime, duration } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { Timeline, type TimelineItem } from '@/ui/timeline'
import { isTold } from './shown'
import { stepsAhead } from './steps-ahead'
import { TransactionLink } from './transaction-link'

/** What happened on the chain, each step with its transaction, and what comes, each with its time. */
export function DealTimeline({ deal, now }: { deal: Deal; now: number }) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const told = deal.timeline.flatMap(({ name, at, txHash }, index): TimelineItem[] => {
    if (!isTold(name)) return []
    return [
      {
        key: `${txHash}-${index}`,
        title: t(`event.${name}`),
        detail: <TransactionLink hash={txHash}>{t('timeline.transaction')}</TransactionLink>,
        at: t('timeline.at', { time: dateTime(at, locale, zone) }),
        state: 'done',
      },
    ]
  })
  const late = isLate({ state: deal.state, deadline: deal.deadline }, now)
  const ahead = stepsAhead(deal.state, deal.terms).map(({ step, seconds }, index): TimelineItem => {
    const first = index === 0
    const deadline = dateTime(deal.deadline, locale, zone)
    const by = late ? t('passed', { time: deadline }) : t('timeline.by', { time: deadline })
    return {
      key: step,
      title: t(`timeline.ahead.${step}`),
      at: first ? by : t('timeline.after', { time: duration(seconds, locale) }),
      state: first ? 'now' : 'ahead',
    }
  })
  return (
    <Card>
      <CardHeader title={t('timeline.title')} />
      <Timeline items={[...told, ...ahead]} label={t('timeline.title')} />
    </Card>
  )
}
