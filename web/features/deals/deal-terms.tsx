'use client'

import type { Deal } from '@/lib/api'
import { duration, percent, shortHex } from '@/lib/format'
import { Address } from '@/ui/address'
import { Card, CardHeader } from '@/ui/card'
import Link from '@/ui/link'
import { dealCopy } from './copy'

/** What both sides agreed to. */
export function DealTerms({ deal }: { deal: Deal }) {
  const { terms } = deal
  const person = (address: string, name: string) => (
    <Link href={`/people/${address}`} className="underline underline-offset-4">
      {name || shortHex(address)}
    </Link>
  )
  const rows = [
    ['Seller', person(deal.seller.address, deal.seller.name)],
    ['Buyer', person(deal.buyer.address, deal.buyer.name)],
    ['Arbiter', person(deal.arbiter, deal.arbiterName)],
    ['Marketplace fee', percent(terms.operatorFeeBps)],
    ['Arbiter’s fee, if it rules', percent(terms.arbiterFeeBps)],
    ...(terms.fundingSeconds > 0
      ? ([
          ['Smallest deposit', percent(terms.depositBps)],
          ['Time to pay the rest', duration(terms.fundingSeconds)],
        ] as const)
      : []),
    ['Time to ship', duration(terms.shipSeconds)],
    ['Time for delivery', duration(terms.deliverySeconds)],
    ['Time to inspect', duration(terms.inspectionSeconds)],
    ['Time to rule', duration(terms.rulingSeconds)],
    ['If the arbiter stays silent', `${percent(terms.silentAwardBps)} to the buyer`],
    ['Deal', <Address key="id" value={deal.id} label="Copy deal id" />],
  ] as const
  return (
    <Card>
      <CardHeader title={dealCopy.terms} />
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
