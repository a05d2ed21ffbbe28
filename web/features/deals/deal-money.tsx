'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { Deal } from '@/lib/api'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { dateTime } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'

/** Where every unit of the price is, to the last one. */
export function DealMoney({ deal }: { deal: Deal }) {
  const t = useTranslations('deals')
  const locale = useLocale()
  const zone = useTimeZone()
  const token = tokenOf(useMarketConfig(), deal.token)
  const decimals = token?.decimals ?? 0
  const symbol = token?.symbol ?? ''
  const { instalments } = deal
  const rows = [
    { label: t('money.price'), amount: deal.price, strong: true },
    ...(instalments?.dueBy
      ? [
          { label: t('money.paid'), amount: instalments.paid, strong: true },
          { label: t('money.rest'), amount: instalments.rest, strong: true },
        ]
      : [{ label: t('money.remaining'), amount: deal.remaining, strong: true }]),
    { label: t('money.toSeller'), amount: deal.toSeller },
    { label: t('money.toBuyer'), amount: deal.toBuyer },
    { label: t('money.operatorFee'), amount: deal.operatorFee },
    { label: t('money.arbiterFee'), amount: deal.arbiterFee },
  ].filter(({ amount, strong }) => strong || BigInt(amount) > 0n)
  return (
    <Card>
      <CardHeader title={t('money.title')} />
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
          {t('money.restDue', { time: dateTime(instalments.dueBy, locale, zone) })}
        </p>
      )}
      {deal.feesDue && <p className="mt-3 border-line border-t pt-3 text-muted text-sm">{t('money.feesWait')}</p>}
    </Card>
  )
}
