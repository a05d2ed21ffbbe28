import { z } from 'zod'

/** What has to be sent with a deletion, and typed by the person who wants it. */
export const CONFIRMATION = 'delete my account'
export const confirmationShape = z.strictObject({ confirm: z.literal(CONFIRMATION, `write: ${CONFIRMATION}`) })

/** What stands in the way of deleting an account, and what would stay for a while. */
export const deletionShape = z.object({
  /** Why the account cannot be deleted now; null if it can. */
  refusal: z.string().nullable(),
  /** Deals with the account that are not over: what belongs to them stays until they are. */
  openDeals: z.number().int(),
  /** Listings whose signed offer can still be taken on chain, unless it is voided there. */
  liveOffers: z.number().int(),
})
export type Deletion = z.infer<typeof deletionShape>
