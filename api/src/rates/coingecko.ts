import { z } from 'zod'
import { fetchPublic } from '../http/fetch-public.ts'
import { decimalText, LIMITS, MINUTE_MS, parseExactJson, type Quote, type RateSource, type Site, worthFrom } from './source.ts'

const URL = 'https://api.coingecko.com/api/v3/simple/price?vs_currencies=usd&include_last_updated_at=true&precision=full&ids='
const coinShape = z.object({ usd: decimalText, last_updated_at: z.string().regex(/^\d{9,11}$/) })
const answerShape = z.record(z.string(), z.unknown())

/** Prices of tokens by CoinGecko. `ids`: what CoinGecko calls the token at each address. */
export function coingecko(ids: ReadonlyMap<string, string>, { url = URL, through }: Site = {}): RateSource {
  const asked = `${url}${[...new Set(ids.values())].map(encodeURIComponent).join(',')}`
  return {
    name: 'CoinGecko',
    everyMs: 2 * MINUTE_MS,
    ask: async () => {
      const answer = answerShape.parse(parseExactJson(await fetchPublic(asked, LIMITS, through)))
      return [...ids].flatMap(([asset, id]): Quote[] => {
        const coin = coinShape.safeParse(Object.hasOwn(answer, id) ? answer[id] : undefined)
        const worth = coin.success ? worthFrom(coin.data.usd) : null
        if (!coin.success || worth === null) return []
        return [{ asset, worth, asOf: new Date(Number(coin.data.last_updated_at) * 1000) }]
      })
    },
  }
}
