'use client'

import { useTranslations } from 'next-intl'
import type { DealPart } from '@/features/deals/deal-part'
import { useFormat } from '@/lib/use-format'
import { Card, CardHeader } from '@/ui/card'
import { StoredRuling } from './ruling-desk'

/** The ruling as the parties read it: signed and waiting, or carried out. */
export function RulingNotice(part: DealPart) {
  const format = useFormat()
  const t = useTranslations('disputes.why')
  const { ruling, state } = part.deal
  if (!ruling || part.viewer === 'arbiter') return null
  if (state === 'disputed') return <StoredRuling {...part} />
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint', { share: format.percent(ruling.buyerBps) })} />
      <p className="whitespace-pre-line text-sm leading-relaxed" dir="auto">
        {ruling.reason}
      </p>
    </Card>
  )
}
