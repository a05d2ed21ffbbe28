'use client'

import type { Deal } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { dealCopy } from './copy'

/** Where every unit of the price is, to the last one. */
export function DealMoney({ deal }: { deal: Deal }) {
  const token = tokenOf(useMarketConfig(), deal.token)
  const decimals = token?.decimals ?? 0
  const symbol = token?.symbol ?? 'units'
  const rows = [
    { label: 'Price', amount: deal.price, strong: true },
    { label: 'Waiting in the contract', amount: deal.remaining, strong: true },
    { label: 'Paid to the seller', amount: deal.toSeller },
    { label: 'Back to the buyer', amount: deal.toBuyer },
    { label: 'Marketplace fee', amount: deal.operatorFee },
    { label: 'Arbiter’s fee', amount: deal.arbiterFee },
  ].filter(({ amount, strong }) => strong || BigInt(amount) > 0n)
  return (
    <Card>
      <CardHeader title={dealCopy.money} />
      <dl className="flex flex-col gap-2 text-sm">
        {rows.map(({ label, amount, strong }) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd className={strong ? 'text-right font-semibold' : 'text-right'}>
              <Money amount={amount} decimals={decimals} symbol={symbol} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
