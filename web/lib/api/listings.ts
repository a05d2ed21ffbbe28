import type { Group, Listing, ListingCard, ListingPage, Publish } from '@fairhold/api/contract/listings'
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
  withdraw: (id: string) => call<void>(`/listings/${id}`, { method: 'DELETE' }),
  /** How many of a wallet's listings are in each group of offers that can be voided together. */
  groups: (wallet: string) => call<Group[]>(`/listings/groups/${wallet}`),
}
