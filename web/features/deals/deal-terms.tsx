'use client'

import { Printer } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { Deal } from '@/lib/api'
import { duration, percent, shortHex } from '@/lib/format'
import { Address } from '@/ui/address'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import Link from '@/ui/link'

/** What both sides agreed to. */
export function DealTerms({ deal }: { deal: Deal }) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const { terms } = deal
  const time = (seconds: number) => duration(seconds, locale)
  const share = (bps: number) => percent(bps, locale)
  const person = (address: string, name: string) => (
    <Link href={`/people/${address}`} className="underline underline-offset-4">
      <bdi>{name || shortHex(address)}</bdi>
    </Link>
  )
  const rows = [
    [t('terms.seller'), person(deal.seller.address, deal.seller.name)],
    [t('terms.buyer'), person(deal.buyer.address, deal.buyer.name)],
    [t('terms.arbiter'), person(deal.arbiter, deal.arbiterName)],
    [t('terms.operatorFee'), share(terms.operatorFeeBps)],
    [t('terms.arbiterFee'), share(terms.arbiterFeeBps)],
    ...(terms.fundingSeconds > 0
      ? ([
          [t('terms.deposit'), share(terms.depositBps)],
          [t('terms.funding'), time(terms.fundingSeconds)],
        ] as const)
      : []),
    [t('terms.ship'), time(terms.shipSeconds)],
    [t('terms.delivery'), time(terms.deliverySeconds)],
    [t('terms.inspection'), time(terms.inspectionSeconds)],
    [t('terms.ruling'), time(terms.rulingSeconds)],
    [t('terms.silent'), t('terms.silentShare', { share: share(terms.silentAwardBps) })],
    [t('terms.deal'), <Address key="id" value={deal.id} label={t('terms.copyDeal')} />],
  ] as const
  return (
    <Card>
      <CardHeader
        title={t('terms.title')}
        action={
          <Button variant="ghost" size="sm" onClick={() => window.print()}>
            <Printer aria-hidden="true" className="size-4" />
            {t('terms.print')}
          </Button>
        }
      />
      <dl className="flex flex-col gap-2 text-sm">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
