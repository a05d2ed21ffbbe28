import { currencies, REFERENCE } from '@fairhold/protocol/rate'
import { z } from 'zod'
import { fetchPublic } from '../http/fetch-public.ts'
import {
  decimalText,
  inverseWorth,
  LIMITS,
  MINUTE_MS,
  parseExactJson,
  type Quote,
  type RateSource,
  type Site,
  worthFrom,
} from './source.ts'

const URL = `https://api.frankfurter.dev/v1/latest?base=${REFERENCE}`
/** The European Central Bank fixes its rates at 14:15 of Frankfurt and publishes them at about 16:00. */
const FIXED_AT = 'T13:15:00Z'

const answerShape = z.object({ base: z.literal(REFERENCE), date: z.iso.date(), rates: z.record(z.string().max(20), decimalText) })

/** The reference rates of the European Central Bank of each working day, by the public service Frankfurter. */
export function frankfurter({ url = URL, through }: Site = {}): RateSource {
  return {
    name: 'ECB by Frankfurter',
    everyMs: 60 * MINUTE_MS,
    ask: async () => {
      const { date, rates } = answerShape.parse(parseExactJson(await fetchPublic(url, LIMITS, through)))
      const asOf = new Date(`${date}${FIXED_AT}`)
      return currencies.flatMap((asset): Quote[] => {
        const perDollar = worthFrom(rates[asset] ?? '')
        const worth = perDollar === null ? 0n : inverseWorth(perDollar)
        return worth > 0n ? [{ asset, worth, asOf }] : []
      })
    },
  }
}
