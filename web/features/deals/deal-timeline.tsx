'use client'

import type { Deal } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { Address } from '@/ui/address'
import { Card, CardHeader } from '@/ui/card'
import { Timeline, type TimelineItem } from '@/ui/timeline'
import { dealCopy, eventWords } from './copy'

/** What happened on the chain, each step with its transaction. */
export function DealTimeline({ deal }: { deal: Deal }) {
  const items = deal.timeline
    .filter(({ name }) => name in eventWords)
    .map(({ name, at, txHash }, index): TimelineItem => {
      const last = index === deal.timeline.length - 1 && deal.endedAt === null
      return {
        key: `${txHash}-${index}`,
        title: eventWords[name] ?? name,
        detail: <Address value={txHash} label="Copy transaction hash" />,
        at: `${dateTime(at)} UTC`,
        state: last ? 'now' : 'done',
      }
    })
  return (
    <Card>
      <CardHeader title={dealCopy.timeline} />
      <Timeline items={items} label={dealCopy.timeline} />
    </Card>
  )
}
