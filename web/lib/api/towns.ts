import { call } from './client'

export interface Town {
  id: number
  name: string
  country: string
  region: string
}

/** Towns of the world. */
export const towns = {
  find: (q: string, country?: string) => call<Town[]>('/towns', { query: { q, country } }),
  get: (id: number) => call<Town>(`/towns/${id}`),
}
