import type { Address } from 'viem'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { chainlink, type Feed } from './chainlink.ts'
import { coingecko } from './coingecko.ts'
import { fixed } from './fixed.ts'
import { frankfurter } from './frankfurter.ts'
import type { RateSource } from './source.ts'

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .toLowerCase()
const DAY = 86_400
const fromCoingecko = z.strictObject({ coingecko: z.string().regex(/^[a-z0-9-]{1,80}$/) })
const fromChainlink = z.strictObject({
  chainlink: address,
  maxAgeSeconds: z
    .number()
    .int()
    .min(60)
    .max(7 * DAY)
    .default(DAY + 3_600),
})
const settingsShape = z.strictObject({
  currencies: z.literal('frankfurter').optional(),
  tokens: z.record(address, z.union([fromCoingecko, fromChainlink])).default({}),
})

/** Where rates come from, as the variable RATES has it; `fixed` on a local chain unless it says otherwise. */
export type RateSettings = z.output<typeof settingsShape> | 'fixed'

/** @throws Error saying what is wrong with the variable */
export function rateSettingsFrom(text: string | undefined, devChain: boolean): RateSettings {
  if (text === undefined) return devChain ? 'fixed' : { tokens: {} }
  const json = z.string().transform((value, given) => {
    try {
      return JSON.parse(value) as unknown
    } catch {
      given.addIssue('is not JSON')
      return z.NEVER
    }
  })
  const parsed = json.pipe(settingsShape).safeParse(text)
  if (!parsed.success) throw new Error(`environment: RATES: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Those to ask, by the settings. */
export function rateSources({ env, deployment, chain, chainNow }: Context, now: () => number): RateSource[] {
  const { rates } = env
  if (rates === 'fixed') return [fixed(deployment.tokens, now)]
  const ids = new Map<string, string>()
  const feeds = new Map<string, Feed>()
  for (const [token, from] of Object.entries(rates.tokens)) {
    if ('coingecko' in from) ids.set(token, from.coingecko)
    else feeds.set(token, { address: from.chainlink as Address, maxAgeSeconds: from.maxAgeSeconds })
  }
  return [
    ...(rates.currencies === undefined ? [] : [frankfurter()]),
    ...(ids.size === 0 ? [] : [coingecko(ids)]),
    ...(feeds.size === 0 ? [] : [chainlink(feeds, chain, chainNow)]),
  ]
}
