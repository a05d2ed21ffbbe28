'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Approx } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import type { Bid } from '@/lib/api/bids'
import type { TokenInfo } from '@/lib/chain'
import { percent } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import type { Choice } from './choices'
import { type Sender, useTip } from './sender-choice'

/** What leaves the wallet, to the last unit, and what each part is for. */
export function Summary({
  choice,
  price,
  counter,
  token,
  deposit,
  sender,
  rates,
}: {
  choice: Choice
  price: bigint
  counter: Bid | null
  token: TokenInfo
  deposit: bigint | null
  sender: Sender
  rates: RateView | null
}) {
  const t = useTranslations('checkout')
  const locale = useLocale()
  const { tip } = useTip(token)
  const shipping = BigInt(choice.shipping)
  const fee = sender === 'relayer' ? (tip ?? 0n) : 0n
  const rows: { label: string; amount: bigint }[] = counter
    ? [{ label: t('sum.agreed'), amount: price }]
    : [
        { label: t('sum.item'), amount: price - shipping },
        ...(choice.kind === 'ship' ? [{ label: t('sum.shipping'), amount: shipping }] : []),
      ]
  if (fee > 0n) rows.push({ label: t('sum.tip'), amount: fee })
  const total = (deposit ?? price) + fee
  const amount = (value: bigint, className?: string) => (
    <Money amount={value} decimals={token.decimals} symbol={token.symbol} {...(className ? { className } : {})} />
  )
  return (
    <Card>
      <CardHeader title={t('sum.title')} />
      <dl className="flex flex-col gap-2 text-sm">
        {rows.map(({ label, amount: value }) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right">{value === 0n ? t('free') : amount(value)}</dd>
          </div>
        ))}
        {deposit !== null && (
          <div className="flex justify-between gap-4">
            <dt className="text-muted">{t('sum.later')}</dt>
            <dd className="text-right">{amount(price - deposit)}</dd>
          </div>
        )}
        <div className="mt-1 flex items-baseline justify-between gap-4 border-line border-t pt-3">
          <dt className="font-semibold">{deposit === null ? t('sum.total') : t('sum.now')}</dt>
          <dd className="flex flex-col items-end">
            {amount(total, 'font-semibold text-xl')}
            <Approx amount={total} token={token} rates={rates} brief />
          </dd>
        </div>
      </dl>
      <p className="mt-3 text-muted text-sm">{t('sum.fees', { fee: percent(choice.offer.terms.operatorFeeBps, locale) })}</p>
    </Card>
  )
}
