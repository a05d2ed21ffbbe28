import {
  type Currency,
  convertDown,
  convertUp,
  isCurrency,
  minorDigits,
  REFERENCE,
  REFERENCE_WORTH,
  type Valued,
  WORTH_DECIMALS,
} from '@fairhold/protocol/rate'
import type { Context } from '../context.ts'
import type { Rates } from './contract.ts'
import { type Rate, readRates } from './store.ts'

/** What is known of the tokens of this market and of currencies. */
export async function listRates(context: Context): Promise<Rates> {
  const rates = await ratesOfMarket(context)
  return {
    reference: REFERENCE,
    worthDecimals: WORTH_DECIMALS,
    rates: rates.map(({ asset, worth, asOf, source }) => ({ asset, worth: worth.toString(), asOf: asOf.toISOString(), source })),
  }
}

async function ratesOfMarket(context: Context): Promise<Rate[]> {
  const tokens = new Set(context.deployment.tokens.map(({ address }) => address.toLowerCase()))
  return (await readRates(context)).filter(({ asset }) => tokens.has(asset) || isCurrency(asset))
}

/** A token of this market and what it is worth; null where that is not known. */
export async function tokenRate(context: Context, token: string): Promise<Valued | null> {
  const known = context.deployment.tokens.find(({ address }) => address.toLowerCase() === token)
  const rate = (await readRates(context)).find(({ asset }) => asset === token)
  return known && rate ? { decimals: known.decimals, worth: rate.worth } : null
}

/** In the smallest unit of a currency: cents. */
export interface PriceRange {
  min?: bigint | undefined
  max?: bigint | undefined
}

/** The same range in base units of each token that has a rate; prices in other tokens cannot be compared. */
export interface TokenRange {
  token: string
  min: bigint | undefined
  max: bigint | undefined
}

/**
 * What makes ranges of prices in a currency into ranges in the tokens of this market, at the rates of now; into none where the
 * currency has no rate.
 */
export async function rangesInTokens(context: Context, currency: Currency): Promise<(range: PriceRange) => TokenRange[]> {
  const rates = new Map((await ratesOfMarket(context)).map(({ asset, worth }) => [asset, worth]))
  const worth = currency === REFERENCE ? REFERENCE_WORTH : rates.get(currency)
  if (worth === undefined) return () => []
  const money = { decimals: minorDigits(currency), worth }
  return ({ min, max }) =>
    context.deployment.tokens.flatMap(({ address, decimals }) => {
      const ofToken = rates.get(address.toLowerCase())
      if (ofToken === undefined) return []
      const token = { decimals, worth: ofToken }
      const low = min === undefined ? undefined : convertUp(min, money, token)
      return [{ token: address.toLowerCase(), min: low, max: max === undefined ? undefined : convertDown(max, money, token) }]
    })
}
