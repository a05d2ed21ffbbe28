import type { Listing, ListingCard, ListingPage, Photo, Publish } from '@fairhold/api/contract/listings'
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
  uploadPhoto: (file: Blob) => {
    const body = new FormData()
    body.append('file', file)
    return call<Photo>('/listings/photos', { method: 'POST', body })
  },
}

/** Address of a photo at one of the widths the API makes. */
export function photoUrl(sha256: string, width: 320 | 640 | 1600): string {
  return `/v1/media/${sha256}?w=${width}`
}
