'use client'

import type { Deal } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { dealCopy } from './copy'

const words = dealCopy.moneyRows

/** Where every unit of the price is, to the last one. */
export function DealMoney({ deal }: { deal: Deal }) {
  const token = tokenOf(useMarketConfig(), deal.token)
  const decimals = token?.decimals ?? 0
  const symbol = token?.symbol ?? 'units'
  const { instalments } = deal
  const rows = [
    { label: words.price, amount: deal.price, strong: true },
    ...(instalments?.dueBy
      ? [
          { label: words.paid, amount: instalments.paid, strong: true },
          { label: words.rest, amount: instalments.rest, strong: true },
        ]
      : [{ label: words.remaining, amount: deal.remaining, strong: true }]),
    { label: words.toSeller, amount: deal.toSeller },
    { label: words.toBuyer, amount: deal.toBuyer },
    { label: words.operatorFee, amount: deal.operatorFee },
    { label: words.arbiterFee, amount: deal.arbiterFee },
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
      {instalments?.dueBy && (
        <p className="mt-3 border-line border-t pt-3 text-muted text-sm">
          {dealCopy.restDue} {dateTime(instalments.dueBy)} UTC.
        </p>
      )}
      {deal.feesDue && <p className="mt-3 border-line border-t pt-3 text-muted text-sm">{dealCopy.feesWait}</p>}
    </Card>
  )
}
