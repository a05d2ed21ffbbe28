import type { DealPage } from '@fairhold/api/contract/deals'
import type { RulingIn } from '@fairhold/api/contract/disputes'
import { call, type Query } from './client'

/** Disputes and rulings. */
export const disputes = {
  list: (query: Query = {}) => call<DealPage>('/disputes', { query }),
  state: (id: string, text: string) =>
    call<{ textHash: `0x${string}` }>(`/disputes/${id}/statements`, { method: 'POST', body: { text } }),
  rule: (id: string, body: RulingIn) => call<void>(`/disputes/${id}/rulings`, { method: 'POST', body }),
}
