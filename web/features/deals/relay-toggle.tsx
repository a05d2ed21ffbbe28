'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { RELAY_KEY } from '@/features/checkout/sender-choice'
import { relay } from '@/lib/api/relay'
import { useMarketConfig } from '@/lib/chain'
import type { DealVerb } from './action-copy'
import type { DealPart } from './deal-part'
import { isRelayed } from './relayed-act'

/** Whether the marketplace sends this step, where it offers that: the person then only signs. */
export function RelayToggle({ part, verb }: { part: DealPart; verb: DealVerb }) {
  const t = useTranslations('deals')
  const { operator } = useMarketConfig()
  const { data } = useQuery({ queryKey: RELAY_KEY, queryFn: relay.offer, staleTime: 15_000 })
  const { action, deal } = part
  if (!isRelayed(verb) || !data?.open || !data.acts || deal.terms.operator !== operator) return null
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-xl border border-line p-3.5 text-sm">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-primary"
        checked={action.relayed}
        disabled={action.busy}
        onChange={(event) => action.setRelayed(event.target.checked)}
      />
      <span>
        <span className="block font-medium">{t('form.relay')}</span>
        <span className="block text-muted">{t('form.relayHint')}</span>
      </span>
    </label>
  )
}
