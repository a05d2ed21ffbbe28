'use client'

import type { DealPart } from '@/features/deals/deal-part'
import { percent } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { StoredRuling } from './ruling-desk'

/** The ruling as the parties read it: signed and waiting, or carried out. */
export function RulingNotice(part: DealPart) {
  const { ruling, state } = part.deal
  if (!ruling || part.viewer === 'arbiter') return null
  if (state === 'disputed') return <StoredRuling {...part} />
  return (
    <Card>
      <CardHeader title="Why the arbiter ruled so" hint={`${percent(ruling.buyerBps)} of what was left to the buyer.`} />
      <p className="whitespace-pre-line text-sm leading-relaxed">{ruling.reason}</p>
    </Card>
  )
}
