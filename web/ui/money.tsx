import { formatAmount } from '@fairhold/protocol/money'

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
  return (
    <span className={className}>
      <span className="tabular-nums">{formatAmount(BigInt(amount), decimals)}</span> <span>{symbol}</span>
    </span>
  )
}
