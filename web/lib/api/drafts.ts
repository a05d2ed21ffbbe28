import type { Draft, DraftForm, DraftItem, NewDraft } from '@fairhold/api/contract/drafts'
import { call } from './client'

/** Listings that somebody has begun to write. */
export const drafts = {
  list: () => call<DraftItem[]>('/drafts'),
  get: (id: string) => call<Draft>(`/drafts/${id}`),
  create: (body: NewDraft, key?: string) => call<Draft>('/drafts', { method: 'POST', body, ...(key ? { key } : {}) }),
  save: (id: string, body: { form: DraftForm; revision: number }) => call<Draft>(`/drafts/${id}`, { method: 'PUT', body }),
  remove: (id: string) => call<void>(`/drafts/${id}`, { method: 'DELETE' }),
}
