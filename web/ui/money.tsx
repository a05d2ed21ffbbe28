import { useLocale } from 'next-intl'
import { amount as amountOf } from '@/lib/format'

/** An amount of base units with its token's symbol, to the last digit. */
export function Money({
  amount,
  decimals,
  symbol,
  className,
}: {
  amount: bigint | string
  decimals: number
  symbol: string
  className?: string
}) {
  const locale = useLocale()
  return (
    <span className={className}>
      <span className="tabular-nums">{amountOf(BigInt(amount), decimals, locale)}</span> <span>{symbol}</span>
    </span>
  )
}
