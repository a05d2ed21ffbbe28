import { currencies } from '@fairhold/protocol/rate'
import type { Token } from '../meta/contract.ts'
import { MINUTE_MS, type Quote, type RateSource, worthFrom } from './source.ts'

/** By this name pages know that a rate is of play money, and say so. */
export const FIXED = 'fixed'

/** Made up, near what they were in 2025: so much is a unit worth in dollars. */
const worths: Readonly<Record<string, string>> = {
  ...{ ETH: '2500', tUSD: '1', EUR: '1.1', GBP: '1.3', CHF: '1.2', AUD: '0.65', BRL: '0.18', CAD: '0.73', CNY: '0.14' },
  ...{ CZK: '0.045', DKK: '0.147', HKD: '0.128', HUF: '0.0027', IDR: '0.00006', ILS: '0.28', INR: '0.0117', ISK: '0.008' },
  ...{ JPY: '0.0067', KRW: '0.0007', MXN: '0.053', MYR: '0.235', NOK: '0.097', NZD: '0.6', PHP: '0.0177', PLN: '0.26' },
  ...{ RON: '0.22', SEK: '0.103', SGD: '0.77', THB: '0.03', TRY: '0.026', ZAR: '0.055' },
}

/** Rates for a local chain, whose money is worth nothing: always the same, and never asked anywhere. */
export function fixed(tokens: readonly Token[], now: () => number): RateSource {
  const assets = [...currencies.map((asset) => [asset, asset]), ...tokens.map(({ address, symbol }) => [address, symbol])]
  return {
    name: FIXED,
    everyMs: 5 * MINUTE_MS,
    ask: async () =>
      assets.flatMap(([asset = '', symbol = '']): Quote[] => {
        const worth = worthFrom(worths[symbol] ?? '')
        return worth === null
          ? []
          : [{ asset: asset.startsWith('0x') ? asset.toLowerCase() : asset, worth, asOf: new Date(now()) }]
      }),
  }
}
