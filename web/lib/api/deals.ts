import type { Deal, DealCounts, DealPage, MyDealPage, Propose, SettlementOffer } from '@fairhold/api/contract/deals'
import { call, orNull, type Query } from './client'

type MineQuery = { side: 'buyer' | 'seller'; cursor?: string | undefined }

/** Deals, as the chain and their parties tell them. */
export const deals = {
  list: (query: Query = {}, cookie?: string) => call<DealPage>('/deals', { query, ...(cookie ? { cookie } : {}) }),
  mine: (query: MineQuery) => call<MyDealPage>('/deals/mine', { query: query as Query }),
  counts: () => call<DealCounts>('/deals/counts'),
  get: (id: string, cookie?: string) => orNull(404, call<Deal>(`/deals/${id}`, cookie ? { cookie } : {})),
  setAddress: (id: string, text: string) => call<void>(`/deals/${id}/shipping-address`, { method: 'PUT', body: { text } }),
  setTracking: (id: string, body: { carrier: string; number: string }) =>
    call<{ trackingHash: `0x${string}`; salt: `0x${string}` }>(`/deals/${id}/tracking`, { method: 'PUT', body }),
  propose: (id: string, body: Propose) => call<SettlementOffer>(`/deals/${id}/settlements`, { method: 'POST', body }),
}
