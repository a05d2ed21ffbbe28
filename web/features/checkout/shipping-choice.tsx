'use client'

import { useLocale, useTranslations } from 'next-intl'
import { countryName, isUnion } from '@/features/listings/goods'
import type { TokenInfo } from '@/lib/chain'
import { money } from '@/lib/format'
import { RadioCards } from '@/ui/radio-cards'
import type { Choice } from './choices'

/** The ways in which the seller offers it: by post, to where, for how much, or to be fetched. */
export function ShippingChoice({
  choices,
  token,
  value,
  onChange,
}: {
  choices: readonly Choice[]
  token: TokenInfo
  value: number
  onChange: (choice: number) => void
}) {
  const t = useTranslations('checkout')
  const locale = useLocale()
  const placesOf = ({ to }: Choice) => {
    if (to.includes('*')) return t('everywhere')
    return isUnion(to) ? t('union') : to.map((code) => countryName(code, locale)).join(', ')
  }
  const daysOf = ([from, to]: readonly [number, number]) => (from === to ? t('day', { days: to }) : t('days', { from, to }))
  const options = choices.map((choice) => ({
    value: String(choice.choice),
    title: choice.kind === 'pickup' ? t('pickupTitle') : choice.name || t('byPost'),
    hint:
      choice.kind === 'pickup'
        ? t('pickupHint')
        : [placesOf(choice), choice.days ? daysOf(choice.days) : ''].filter(Boolean).join(' · '),
    aside: (
      <span className="shrink-0 font-semibold">
        {BigInt(choice.shipping) === 0n ? t('free') : `+ ${money(BigInt(choice.shipping), token, locale)}`}
      </span>
    ),
  }))
  return (
    <RadioCards
      legend={t('how')}
      name="choice"
      options={options}
      value={String(value)}
      onChange={(picked) => onChange(Number(picked))}
    />
  )
}
