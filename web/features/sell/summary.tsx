'use client'

import { payoutOfRelease } from '@fairhold/protocol/deal/amount'
import { useLocale, useTranslations } from 'next-intl'
import { Approx } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { type TokenInfo, tokenOf, useMarketConfig } from '@/lib/chain'
import { useFormat } from '@/lib/use-format'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { type Draft, stepNames } from './draft'
import { priceOf, secondsOf } from './validate'

/** What the seller is about to sign: the money of each way to the last unit, and the time each step has. */
export function Summary({ draft, rates }: { draft: Draft; rates: RateView | null }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const token = tokenOf(useMarketConfig(), draft.token)
  const price = token ? priceOf(draft.price, token, locale) : null
  const count = Number(draft.quantity)
  return (
    <Card>
      <CardHeader title={t('summary.title')} hint={count > 1 ? t('summary.each', { count }) : undefined} />
      {token && price ? (
        <Ways draft={draft} price={price} token={token} rates={rates} />
      ) : (
        <p className="text-muted text-sm">{t('summary.noPrice')}</p>
      )}
      <Times draft={draft} />
    </Card>
  )
}

interface WaysProps {
  draft: Draft
  price: bigint
  token: TokenInfo
  rates: RateView | null
}

function Ways({ draft, price, token, rates }: WaysProps) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const { operatorFeeBps } = useMarketConfig()
  const { percent } = useFormat()
  const ways = [
    ...draft.shipping.map(({ name, price: shipping }, at) => {
      return { name: name || t('shipping.choice', { at: at + 1 }), total: price + (priceOf(shipping, token, locale) ?? 0n) }
    }),
    ...(draft.pickup ? [{ name: t('summary.pickup'), total: price }] : []),
  ]
  if (ways.length === 0) return <p className="text-muted text-sm">{t('summary.noWay')}</p>
  return (
    <ul className="flex flex-col divide-y divide-line text-sm">
      {ways.map(({ name, total }, at) => {
        const { toSeller, operatorFee } = payoutOfRelease({ price: total, released: 0n, refunded: 0n }, total, operatorFeeBps)
        const rows = [
          { name: t('summary.pays'), amount: total },
          { name: t('summary.fee', { rate: percent(operatorFeeBps) }), amount: -operatorFee },
          { name: t('summary.receive'), amount: toSeller },
        ]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be the same while they are written
          <li key={at} className="py-3 first:pt-0">
            <p className="mb-1 break-words font-medium" dir="auto">
              {name}
            </p>
            <dl className="grid gap-1">
              {rows.map((row, index) => (
                <div key={row.name} className="flex flex-wrap justify-between gap-x-4">
                  <dt className={index === 2 ? 'font-semibold' : 'text-muted'}>{row.name}</dt>
                  <dd className={index === 2 ? 'text-right font-semibold' : 'text-right'}>
                    {row.amount < 0n && '−'}
                    <Money amount={row.amount < 0n ? -row.amount : row.amount} decimals={token.decimals} symbol={token.symbol} />
                    {index === 2 && (
                      <Approx amount={row.amount} token={token} rates={rates} brief className="block font-normal" />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        )
      })}
    </ul>
  )
}

function Times({ draft }: { draft: Draft }) {
  const t = useTranslations('sell')
  const { duration, percent } = useFormat()
  const { arbiters } = useMarketConfig()
  const arbiter = arbiters.find(({ address }) => address === draft.arbiter)
  const time = (days: string) => {
    const seconds = secondsOf(days)
    return seconds >= 1 ? duration(seconds) : '…'
  }
  const [ship = '', delivery = '', inspection = '', ruling = ''] = stepNames.map((step) => time(draft[step]))
  const lines = [
    ...(draft.payment === 'parts'
      ? [
          t('summary.parts', {
            deposit: draft.deposit ? percent(Math.round(Number(draft.deposit) * 100)) : '…',
            time: time(draft.funding),
          }),
        ]
      : []),
    t('summary.ship', { time: ship }),
    t('summary.delivery', { time: delivery }),
    t('summary.inspection', { time: inspection }),
    ...(arbiter ? [t('summary.ruling', { name: arbiter.name, time: ruling })] : []),
    t('summary.expiry', { time: time(draft.expiry) }),
  ]
  return (
    <ul className="mt-4 flex list-disc flex-col gap-1.5 pl-5 text-muted text-sm leading-relaxed">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
