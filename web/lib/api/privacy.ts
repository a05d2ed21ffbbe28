import type { CONFIRMATION as Confirmation, Deletion } from '@fairhold/api/contract/privacy'
import { call, download, inReadersWords } from './client'

/** What has to be sent to delete an account; what the person types is in their language. Written out here, as the api's module brings a validator along. */
const CONFIRMATION: typeof Confirmation = 'delete my account'

/** A person's data, to take along or to delete. */
export const privacy = {
  exportData: () => download('/identity/export'),
  /** `refusal` in the reader's language, and empty where it has no words for it. */
  deletion: async () => {
    const deletion = await call<Deletion>('/identity/account/deletion')
    return { ...deletion, refusal: deletion.refusal && (await inReadersWords(deletion.refusal)) }
  },
  deleteAccount: () => call<Deletion>('/identity/account', { method: 'DELETE', body: { confirm: CONFIRMATION } }),
}
