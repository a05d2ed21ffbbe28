import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { TokenInfo } from '@/lib/chain-tokens'
import { dateOf, duration, fiat } from '@/lib/format'
import { cx } from '@/ui/cx'
import { Money } from '@/ui/money'
import { type Approximation, approximate, type RateView } from './rate-view'

type Priced = { amount: bigint | string; token: TokenInfo; rates: RateView | null; className?: string }

/**
 * `≈ €123.40 · rate of 5 minutes ago`: about how much a price is in the reader's currency. Nothing where that is not known.
 * `brief` says the age only where it matters, and leaves the rest to who points at it.
 */
export function Approx({ amount, token, rates, ...rest }: Priced & { brief?: boolean }) {
  const about = rates && BigInt(amount) > 0n && approximate(rates, BigInt(amount), token)
  return rates && about ? <About about={about} now={rates.now} {...rest} /> : null
}

type AboutProps = { about: Approximation; now: number; brief?: boolean; className?: string }

function About({ about, now, brief = false, className }: AboutProps) {
  const locale = useLocale()
  const zone = useTimeZone()
  const t = useTranslations('rates')
  const { kind, seconds } = ageOf(about, now)
  const date = dateOf(new Date(about.asOf).toISOString(), locale, zone)
  const words = t(`age.${kind}`, { age: duration(seconds, locale), date })
  const tiny = about.minor === 0n
  const value = fiat(tiny ? 1n : about.minor, about.currency, locale)
  return (
    <span className={cx('text-muted', className)} title={words}>
      <span className="tabular-nums">{tiny ? t('tiny', { value }) : t('about', { value })}</span>
      {(!brief || kind === 'old') && <span> · {words}</span>}
    </span>
  )
}

/** A price in its token, and about how much that is. */
export function PriceIn({ amount, token, rates, className, brief = false }: Priced & { brief?: boolean }) {
  return (
    <span className={cx('flex flex-wrap items-baseline gap-x-2', className)}>
      <Money amount={amount} decimals={token.decimals} symbol={token.symbol} />
      <Approx amount={amount} token={token} rates={rates} brief={brief} className="font-normal text-sm tracking-normal" />
    </span>
  )
}

function ageOf({ age, asOf, isFixed }: Approximation, now: number) {
  const seconds = Math.max(0, Math.round((now - asOf) / 1000))
  if (isFixed) return { kind: 'fixed', seconds } as const
  if (age === 'old') return { kind: 'old', seconds } as const
  // Two units are enough to know; seconds would only look precise.
  return seconds < 60 ? ({ kind: 'now', seconds } as const) : ({ kind: 'ago', seconds: coarse(seconds) } as const)
}

const coarse = (seconds: number): number => (seconds < 3_600 ? seconds - (seconds % 60) : seconds - (seconds % 3_600))
