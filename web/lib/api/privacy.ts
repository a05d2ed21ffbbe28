import type { CONFIRMATION as Confirmation, Deletion } from '@fairhold/api/contract/privacy'
import { call, download } from './client'

/** What has to be typed to delete an account. Written out here, as the api's module brings a validator along. */
export const CONFIRMATION: typeof Confirmation = 'delete my account'

/** A person's data, to take along or to delete. */
export const privacy = {
  exportData: () => download('/identity/export'),
  deletion: () => call<Deletion>('/identity/account/deletion'),
  deleteAccount: () => call<Deletion>('/identity/account', { method: 'DELETE', body: { confirm: CONFIRMATION } }),
}
