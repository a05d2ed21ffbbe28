import type {
  Alert,
  ChangeSearch,
  Inbox,
  PersonalState,
  Recommendation,
  SavedListing,
  SavedSearch,
  SaveSearch,
  SeenListing,
} from '@fairhold/api/contract/discovery'
import { call } from './client'

export type { Alert, Inbox, PersonalState, Recommendation, SavedListing, SavedSearch, SaveSearch, SeenListing }

type Page<T> = { items: T[]; nextCursor: string | null }

/** What somebody keeps of the market, and what they are told of it. */
export const discovery = {
  savedIds: () => call<{ ids: string[] }>('/saved/listings/ids'),
  savedListings: (cursor: string | null, cookie: string) =>
    call<Page<SavedListing>>('/saved/listings', { query: { cursor }, cookie }),
  saveListing: (id: string) => call<void>(`/saved/listings/${id}`, { method: 'PUT' }),
  unsaveListing: (id: string) => call<void>(`/saved/listings/${id}`, { method: 'DELETE' }),
  searches: (cookie: string) => call<SavedSearch[]>('/saved/searches', { cookie }),
  saveSearch: (body: SaveSearch) => call<SavedSearch>('/saved/searches', { method: 'POST', body }),
  changeSearch: (id: string, body: ChangeSearch) => call<SavedSearch>(`/saved/searches/${id}`, { method: 'PUT', body }),
  deleteSearch: (id: string) => call<void>(`/saved/searches/${id}`, { method: 'DELETE' }),
  searchSeen: (id: string) => call<void>(`/saved/searches/${id}/seen`, { method: 'POST' }),
  alerts: (cursor: string | null, cookie: string) => call<Page<Alert>>('/alerts', { query: { cursor }, cookie }),
  inbox: () => call<Inbox>('/alerts/inbox'),
  readAlerts: () => call<void>('/alerts/read', { method: 'POST' }),
  personal: (cookie?: string) => call<PersonalState>('/personal', cookie ? { cookie } : {}),
  want: (wanted: boolean) => call<PersonalState>('/personal', { method: 'PUT', body: { wanted } }),
  views: (cursor: string | null, cookie: string) => call<Page<SeenListing>>('/personal/views', { query: { cursor }, cookie }),
  forgetView: (id: string) => call<void>(`/personal/views/${id}`, { method: 'DELETE' }),
  forgetViews: () => call<void>('/personal/views', { method: 'DELETE' }),
  noteView: (listingId: string) => call<void>('/personal/views', { method: 'POST', body: { listingId } }),
  recommendations: () => call<{ items: Recommendation[] }>('/personal/recommendations'),
}
