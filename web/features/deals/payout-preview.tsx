'use client'

import { useTranslations } from 'next-intl'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { Money } from '@/ui/money'
import type { DealPart } from './deal-part'
import type { DealVerb } from './deal-verbs'
import { payoutOf } from './payout-of'

/** Who gets what if the action is sent now, to the last unit. Draws nothing for an action that moves no money. */
export function PayoutPreview({ deal, verb, amount }: { deal: DealPart['deal']; verb: DealVerb; amount?: bigint | null }) {
  const t = useTranslations('deals')
  const token = tokenOf(useMarketConfig(), deal.token)
  const payout = payoutOf(deal, verb, amount ?? null)
  if (!payout || !token) return null
  const rows = [
    { label: t('payout.toSeller'), value: payout.toSeller },
    { label: t('payout.toBuyer'), value: payout.toBuyer },
    { label: t('payout.operatorFee'), value: payout.operatorFee },
  ].filter(({ value }) => value > 0n)
  if (rows.length === 0) return null
  return (
    <dl className="flex flex-col gap-2 rounded-xl bg-sunken p-4 text-sm">
      {rows.map(({ label, value }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{label}</dt>
          <dd className="font-semibold">
            <Money amount={value} decimals={token.decimals} symbol={token.symbol} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
