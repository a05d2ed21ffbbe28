'use client'

import { depositOf } from '@fairhold/protocol/deal/amount'
import { useLocale, useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain'
import { duration } from '@/lib/format'
import { Money } from '@/ui/money'
import { RadioCards } from '@/ui/radio-cards'

export type PayPlan = 'whole' | 'deposit'

/** All at once or a deposit first, where the seller's offer allows it. */
export function PayChoice({
  offer,
  price,
  token,
  plan,
  onChange,
}: {
  offer: Listing['offer']
  price: bigint
  token: TokenInfo
  plan: PayPlan
  onChange: (plan: PayPlan) => void
}) {
  const t = useTranslations('checkout')
  const locale = useLocale()
  const { depositBps, fundingSeconds } = offer.terms
  const amount = (value: bigint) => (
    <Money className="shrink-0 font-semibold" amount={value} decimals={token.decimals} symbol={token.symbol} />
  )
  const options = [
    { value: 'whole', title: t('plan.whole'), hint: t('plan.wholeHint'), aside: amount(price) },
    {
      value: 'deposit',
      title: t('plan.deposit'),
      hint: t('plan.depositHint', { time: duration(fundingSeconds, locale) }),
      aside: amount(depositOf(price, depositBps)),
    },
  ]
  return (
    <RadioCards
      legend={t('plan.legend')}
      name="plan"
      options={options}
      value={plan}
      onChange={(value) => onChange(value === 'deposit' ? 'deposit' : 'whole')}
    />
  )
}
