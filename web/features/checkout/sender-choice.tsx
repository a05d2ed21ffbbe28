'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { relay } from '@/lib/api/relay'
import { type TokenInfo, ZERO_ADDRESS } from '@/lib/chain'
import { money } from '@/lib/format'
import { RadioCards } from '@/ui/radio-cards'

/** Who sends the transaction, and pays for its gas. */
export type Sender = 'self' | 'relayer'

export const RELAY_KEY = ['relay'] as const

/** What the relayer asks for a purchase in this token, in base units; null where it takes none, or none now. */
export function useTip(token: Pick<TokenInfo, 'address'>): { tip: bigint | null; reason: 'not-offered' | 'out-of-gas' | null } {
  const { data } = useQuery({ queryKey: RELAY_KEY, queryFn: relay.offer, staleTime: 15_000 })
  const asked = data?.tips.find((one) => one.token === token.address.toLowerCase())
  return { tip: data?.open && asked ? BigInt(asked.tip) : null, reason: data?.reason ?? null }
}

/** The buyer's own wallet, or the marketplace for a tip in the token, where it offers that. */
export function SenderChoice({
  token,
  available,
  sender,
  onChange,
}: {
  token: TokenInfo
  available: boolean
  sender: Sender
  onChange: (sender: Sender) => void
}) {
  const t = useTranslations('checkout')
  const locale = useLocale()
  const { tip, reason } = useTip(token)
  const offered = available && tip !== null
  useEffect(() => {
    if (!offered && sender === 'relayer') onChange('self')
  }, [offered, sender, onChange])
  if (token.address === ZERO_ADDRESS) return <p className="text-muted text-sm">{t('sender.coins')}</p>
  if (!offered) {
    return reason === 'out-of-gas' ? <p className="text-muted text-sm">{t('sender.outOfGas')}</p> : null
  }
  const options = [
    { value: 'self', title: t('sender.self'), hint: t('sender.selfHint') },
    {
      value: 'relayer',
      title: t('sender.relayer'),
      hint: t('sender.relayerHint'),
      aside: <span className="shrink-0 font-semibold">+ {money(tip, token, locale)}</span>,
    },
  ]
  return (
    <RadioCards
      legend={t('sender.legend')}
      name="sender"
      options={options}
      value={sender}
      onChange={(value) => onChange(value === 'relayer' ? 'relayer' : 'self')}
    />
  )
}
