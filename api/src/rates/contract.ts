import { REFERENCE, WORTH_DECIMALS } from '@fairhold/protocol/rate'
import { z } from 'zod'

export const rateShape = z.object({
  /** ISO 4217 code of a currency, or address of a token. */
  asset: z.string(),
  /** What one whole unit is worth in trillionths of the reference currency, as a decimal string. */
  worth: z.string(),
  /** When it was so, as the source says. */
  asOf: z.string(),
  /** Who says so. `fixed`: nobody, it is play money of a local chain. */
  source: z.string(),
})
export type RateItem = z.infer<typeof rateShape>

/** What currencies and tokens are worth, for showing prices in the reader's currency. What is not there is not known. */
export const ratesShape = z.object({
  reference: z.literal(REFERENCE),
  worthDecimals: z.literal(WORTH_DECIMALS),
  rates: z.array(rateShape),
})
export type Rates = z.infer<typeof ratesShape>
