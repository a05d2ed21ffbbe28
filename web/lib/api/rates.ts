import type { Rates } from '@fairhold/api/contract/rates'
import { call } from './client'

/** What tokens and currencies are worth. */
export const rates = {
  list: () => call<Rates>('/rates'),
}
