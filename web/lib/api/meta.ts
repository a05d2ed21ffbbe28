import type { Config } from '@fairhold/api/contract/meta'
import { call } from './client'

/** What this market is: its chain, contracts, tokens and limits. */
export const meta = {
  config: () => call<Config>('/config'),
}
