import type { ClientIn, Connection, ConsentRequest, CreatedClient, NewClient, OauthClient } from '@fairhold/api/contract/oauth'
import { call, orNull } from './client'

/** Apps of others, and what they may do. */
export const oauth = {
  /** What an app asks for; null when that has expired, or was asked in another browser. */
  request: (uid: string, cookie?: string) =>
    orNull(404, call<ConsentRequest>(`/oauth/${encodeURIComponent(uid)}/request`, { at: '', ...(cookie ? { cookie } : {}) })),
  decide: (uid: string, allow: boolean) =>
    call<{ location: string }>(`/oauth/${encodeURIComponent(uid)}/decision`, { at: '', method: 'POST', body: { allow } }),
  connections: () => call<Connection[]>('/oauth/connections'),
  disconnect: (clientId: string) => call<void>(`/oauth/connections/${clientId}`, { method: 'DELETE' }),
  clients: () => call<OauthClient[]>('/oauth/clients'),
  register: (body: NewClient) => call<CreatedClient>('/oauth/clients', { method: 'POST', body }),
  change: (id: string, body: ClientIn) => call<OauthClient>(`/oauth/clients/${id}`, { method: 'PUT', body }),
  renewSecret: (id: string) => call<CreatedClient>(`/oauth/clients/${id}/secret`, { method: 'POST' }),
  remove: (id: string) => call<void>(`/oauth/clients/${id}`, { method: 'DELETE' }),
}
