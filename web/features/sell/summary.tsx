'use client'

import { payoutOfRelease } from '@fairhold/protocol/deal/amount'
import type { ReactNode } from 'react'
import { type TokenInfo, tokenOf, useMarketConfig } from '@/lib/chain'
import { duration, percent } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { cx } from '@/ui/cx'
import { Money } from '@/ui/money'
import { sellCopy } from './copy'
import { type Draft, stepNames } from './draft'
import { priceOf, secondsOf } from './validate'

const copy = sellCopy.summary

/** What the seller is about to sign: the money to the last unit, and the time each step has. */
export function Summary({ draft }: { draft: Draft }) {
  const market = useMarketConfig()
  const token = tokenOf(market, draft.token)
  const price = token ? priceOf(draft.price, token) : null
  const quantity = Number(draft.quantity)
  return (
    <Card>
      <CardHeader title={copy.title} hint={quantity > 1 ? copy.each(quantity) : undefined} />
      {token && price ? <MoneyRows price={price} token={token} /> : <p className="text-muted text-sm">{copy.noPrice}</p>}
      <Times draft={draft} />
    </Card>
  )
}

function MoneyRows({ price, token }: { price: bigint; token: TokenInfo }) {
  const { operatorFeeBps } = useMarketConfig()
  const { toSeller, operatorFee } = payoutOfRelease({ price, released: 0n, refunded: 0n }, price, operatorFeeBps)
  const money = (amount: bigint) => <Money amount={amount} decimals={token.decimals} symbol={token.symbol} />
  return (
    <dl className="flex flex-col gap-2 text-sm">
      <Row name={copy.price}>{money(price)}</Row>
      <Row name={copy.fee(percent(operatorFeeBps))}>−{money(operatorFee)}</Row>
      <Row name={copy.receive} strong>
        {money(toSeller)}
      </Row>
    </dl>
  )
}

function Row({ name, strong = false, children }: { name: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className={cx('flex flex-wrap justify-between gap-x-4', strong && 'border-line border-t pt-2 font-semibold text-base')}>
      <dt className={strong ? '' : 'text-muted'}>{name}</dt>
      <dd className="break-all">{children}</dd>
    </div>
  )
}

function Times({ draft }: { draft: Draft }) {
  const { arbiters, defaults } = useMarketConfig()
  const arbiter = arbiters.find(({ address }) => address === draft.arbiter)
  const time = (seconds: number) => (seconds >= 1 ? duration(seconds) : '…')
  const [ship = '', delivery = '', inspection = '', ruling = ''] = stepNames.map((step) => time(secondsOf(draft[step])))
  const parts = draft.payment === 'parts' ? [copy.parts(`${draft.deposit || '…'}%`, time(secondsOf(draft.funding)))] : []
  const lines = [...parts, copy.ship(ship), copy.delivery(delivery), copy.inspection(inspection)]
  if (arbiter) lines.push(copy.ruling(arbiter.name, ruling))
  lines.push(copy.expiry(duration(defaults.expirySeconds)))
  return (
    <ul className="mt-4 flex list-disc flex-col gap-1.5 pl-5 text-muted text-sm leading-relaxed">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
