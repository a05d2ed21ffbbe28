import type { ApiKey, CreatedKey, NewKey } from '@fairhold/api/contract/api-keys'
import { call } from './client'

/** API keys. */
export const keys = {
  list: () => call<ApiKey[]>('/identity/keys'),
  create: (body: NewKey) => call<CreatedKey>('/identity/keys', { method: 'POST', body }),
  revoke: (id: string) => call<void>(`/identity/keys/${id}`, { method: 'DELETE' }),
}
