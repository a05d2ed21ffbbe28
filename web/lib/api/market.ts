import type { Position } from '@fairhold/api/contract/live'
import { call, orNull } from './client'

export interface Town {
  id: number
  name: string
  country: string
}

/** What the market page asks beside the listings themselves. */
export const market = {
  towns: (q: string) => call<Town[]>('/towns', { query: { q, limit: 8 } }),
  town: (id: string) => orNull(404, call<Town>(`/towns/${id}`)),
  position: () => call<Position>('/live/position'),
}
