'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { RELAY_KEY } from '@/features/checkout/sender-choice'
import { RelayCheckbox } from '@/features/relay/relay-checkbox'
import { relay } from '@/lib/api/relay'
import { useMarketConfig } from '@/lib/chain'
import type { DealPart } from './deal-part'
import type { DealVerb } from './deal-verbs'
import { isRelayed } from './relayed-act'

/** Whether the marketplace sends this step, where it offers that: the person then only signs. */
export function RelayToggle({ part, verb }: { part: DealPart; verb: DealVerb }) {
  const t = useTranslations('deals')
  const { operator } = useMarketConfig()
  const { data } = useQuery({ queryKey: RELAY_KEY, queryFn: relay.offer, staleTime: 15_000 })
  const { action, deal } = part
  if (!isRelayed(verb) || !data?.open || !data.acts || deal.terms.operator !== operator) return null
  return (
    <RelayCheckbox
      title={t('form.relay')}
      hint={t('form.relayHint')}
      checked={action.relayed}
      disabled={action.busy}
      onChange={action.setRelayed}
    />
  )
}
