import type { Reputation, SealedReviewIn } from '@fairhold/api/contract/reputation'
import { call, type Query } from './client'

/** Reviews. */
export const reputation = {
  seal: (body: SealedReviewIn) =>
    call<{ commitment: `0x${string}`; textHash: `0x${string}` }>('/reputation/reviews', { method: 'POST', body }),
  of: (address: string, query: Query = {}) => call<Reputation>(`/reputation/${address}`, { query }),
}
