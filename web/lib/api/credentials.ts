import type { IssueIn, OwnCredential, ShownCredential } from '@fairhold/api/contract/credentials'
import { call } from './client'

/** Proofs of reputation. */
export const credentials = {
  mine: () => call<OwnCredential[]>('/credentials'),
  issue: (body: IssueIn) => call<OwnCredential>('/credentials', { method: 'POST', body }),
  revoke: (id: string) => call<void>(`/credentials/${id}`, { method: 'DELETE' }),
  imported: () => call<ShownCredential[]>('/credentials/imported'),
  import: (token: string) => call<ShownCredential>('/credentials/imported', { method: 'POST', body: { token } }),
  remove: (id: string) => call<void>(`/credentials/imported/${id}`, { method: 'DELETE' }),
  of: (address: string) => call<ShownCredential[]>(`/credentials/of/${address}`),
}
