/** What one whole unit is worth is given in trillionths of the reference currency, so that a coin of little value has digits too. */
export const WORTH_DECIMALS = 12
export const REFERENCE = 'USD'
/** What one US dollar is worth: the unit that all others are given in. */
export const REFERENCE_WORTH = 10n ** BigInt(WORTH_DECIMALS)

/** Currencies that a reader may see prices in: those that the European Central Bank publishes rates of, and its own. */
export const currencies = [
  ...(['EUR', 'USD', 'GBP', 'CHF', 'AUD', 'BRL', 'CAD', 'CNY', 'CZK', 'DKK', 'HKD', 'HUF', 'IDR', 'ILS', 'INR'] as const),
  ...(['ISK', 'JPY', 'KRW', 'MXN', 'MYR', 'NOK', 'NZD', 'PHP', 'PLN', 'RON', 'SEK', 'SGD', 'THB', 'TRY', 'ZAR'] as const),
] as const
export type Currency = (typeof currencies)[number]

export function isCurrency(text: string): text is Currency {
  return (currencies as readonly string[]).includes(text)
}

const WITHOUT_CENTS: readonly string[] = ['HUF', 'IDR', 'ISK', 'JPY', 'KRW']

/** Decimals that prices in a currency are written with, as CLDR has it and browsers show it: 2 where there are cents. */
export function minorDigits(currency: Currency): number {
  return WITHOUT_CENTS.includes(currency) ? 0 : 2
}

/** A token or a currency: its decimals, and what one whole unit is worth. */
export interface Valued {
  readonly decimals: number
  readonly worth: bigint
}

/** So many smallest units of one thing in those of another, rounded to the nearest, halves up. */
export function convert(amount: bigint, from: Valued, to: Valued): bigint {
  const [over, under] = ratio(amount, from, to)
  return (2n * over + under) / (2n * under)
}

/** The same rounded up: the least amount that is worth no less. */
export function convertUp(amount: bigint, from: Valued, to: Valued): bigint {
  const [over, under] = ratio(amount, from, to)
  return (over + under - 1n) / under
}

/** The same rounded down: the greatest amount that is worth no more. */
export function convertDown(amount: bigint, from: Valued, to: Valued): bigint {
  const [over, under] = ratio(amount, from, to)
  return over / under
}

function ratio(amount: bigint, from: Valued, to: Valued): [bigint, bigint] {
  if (amount < 0n || from.worth <= 0n || to.worth <= 0n) throw new RangeError('amounts are not negative, and worth is positive')
  return [amount * from.worth * 10n ** BigInt(to.decimals), to.worth * 10n ** BigInt(from.decimals)]
}
