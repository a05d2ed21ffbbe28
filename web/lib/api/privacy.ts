import { CONFIRMATION, type Deletion } from '@fairhold/api/contract/privacy'
import { call, download } from './client'

/** A person's data, to take along or to delete. */
export const privacy = {
  exportData: () => download('/identity/export'),
  deletion: () => call<Deletion>('/identity/account/deletion'),
  deleteAccount: () => call<Deletion>('/identity/account', { method: 'DELETE', body: { confirm: CONFIRMATION } }),
}
