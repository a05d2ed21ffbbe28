'use client'

import { depositOf } from '@fairhold/protocol/deal/amount'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain'
import { duration } from '@/lib/format'
import { Money } from '@/ui/money'
import { RadioCards } from '@/ui/radio-cards'
import { buyCopy } from './buy-copy'

export type PayPlan = 'whole' | 'deposit'

const copy = buyCopy.plan

/** All at once or a deposit first, where the seller's offer allows it. */
export function PayChoice({
  listing,
  token,
  plan,
  onChange,
}: {
  listing: Listing
  token: TokenInfo
  plan: PayPlan
  onChange: (plan: PayPlan) => void
}) {
  const { depositBps, fundingSeconds } = listing.offer.terms
  const price = BigInt(listing.offer.terms.price)
  const amount = (value: bigint) => (
    <Money className="shrink-0 font-semibold" amount={value} decimals={token.decimals} symbol={token.symbol} />
  )
  const options = [
    { value: 'whole', title: copy.whole, hint: copy.wholeHint, aside: amount(price) },
    {
      value: 'deposit',
      title: copy.deposit,
      hint: copy.depositHint(duration(fundingSeconds)),
      aside: amount(depositOf(price, depositBps)),
    },
  ]
  return (
    <RadioCards
      legend={copy.legend}
      name="plan"
      options={options}
      value={plan}
      onChange={(value) => onChange(value === 'deposit' ? 'deposit' : 'whole')}
    />
  )
}
