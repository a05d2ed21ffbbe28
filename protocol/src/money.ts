/** Exact decimal text of an amount in base units, without grouping or needless zeros: 1500000n of 6 decimals is "1.5". */
export function formatAmount(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/**
 * Base units of what a person typed: digits with at most one decimal point, and no sign, grouping or exponent.
 * Exact, never rounded. @throws InvalidAmount saying what is wrong.
 */
export function parseAmount(text: string, decimals: number): bigint {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text.trim())
  const whole = match?.[1] ?? ''
  const fraction = match?.[2] ?? ''
  if (match === null || whole + fraction === '') throw new InvalidAmount(text, 'is not a decimal number')
  if (fraction.replace(/0+$/, '').length > decimals) {
    throw new InvalidAmount(text, `has more than ${decimals} digits after the point`)
  }
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
}

export interface MoneyFormat {
  readonly decimals: number
  readonly symbol: string
  /** Digits after the point to show at most; what is cut off shows as a leading "≈". */
  readonly maxFraction?: number
}

/** An amount for people's eyes: thousands apart, at least two decimals if it has any, and the symbol. */
export function formatMoney(amount: bigint, { decimals, symbol, maxFraction = 6 }: MoneyFormat): string {
  const [whole = '0', fraction = ''] = formatAmount(amount, decimals).split('.')
  const shown = fraction.slice(0, maxFraction)
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const tail = /^0*$/.test(shown) ? '' : `.${shown.padEnd(2, '0')}`
  const cut = fraction.length > shown.length
  const tiniest = formatAmount(1n, maxFraction)
  if (cut && tail === '' && whole === '0') return `<${tiniest} ${symbol}`
  return `${cut ? '≈' : ''}${grouped}${tail} ${symbol}`
}

/** A text that is no amount. */
export class InvalidAmount extends Error {
  override readonly name = 'InvalidAmount'

  constructor(text: string, problem: string) {
    super(`"${text}" ${problem}`)
  }
}
