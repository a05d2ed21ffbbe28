import type { Group, Listing, ListingCard, ListingPage, Publish, Withdrawal } from '@fairhold/api/contract/listings'
import type { Facets, SearchInput, Suggestion } from '@fairhold/api/contract/listings/search'
import { call, orNull, type Query } from './client'

/** What is for sale. */
export const listings = {
  search: (query: SearchInput = {}) => call<ListingPage>('/listings', { query: query as Query }),
  suggestions: (q: string, lang?: string) => call<Suggestion[]>('/listings/suggestions', { query: { q, lang } }),
  similar: (id: string) => call<ListingCard[]>(`/listings/${id}/similar`),
  facets: (query: SearchInput = {}) => call<Facets>('/listings/facets', { query: query as Query }),
  get: (id: string) => orNull(404, call<Listing>(`/listings/${id}`)),
  publish: (body: Publish, key?: string) => call<Listing>('/listings', { method: 'POST', body, ...(key ? { key } : {}) }),
  /** Off the market, as the seller signed it; without a signature for who cannot sign just now. */
  withdraw: (id: string, signed: Withdrawal | null) =>
    signed
      ? call<Withdrawal>(`/listings/${id}/withdrawal`, { method: 'PUT', body: signed })
      : call<void>(`/listings/${id}`, { method: 'DELETE' }),
  /** How many of a wallet's listings are in each group of offers that can be voided together. */
  groups: (wallet: string) => call<Group[]>(`/listings/groups/${wallet}`),
}
