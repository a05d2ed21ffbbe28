import { z } from 'zod'
import { hashShape } from '../http/shapes.ts'

/** Topics: `market`, `deal:<id>`, `account:<address>`. */
export const topicShape = z.string().regex(/^(market|deal:0x[0-9a-f]{64}|account:0x[0-9a-f]{40})$/)

export const subscribeShape = z.strictObject({
  subscribe: z.array(topicShape).max(50),
  /** The id of the last message seen: what was missed since is sent again. */
  lastId: z.number().int().min(0).optional(),
})

/** What the server sends. A message says that something changed, not what: fetch it over HTTP. */
export const liveMessageShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), lastId: z.number().int() }),
  z.object({
    type: z.literal('deal'),
    id: z.number().int(),
    dealId: hashShape,
    accounts: z.array(z.string()),
    block: z.number().int(),
  }),
  /** Without an id: several listings of a seller at once. */
  z.object({ type: z.literal('listing'), listingId: hashShape.optional() }),
  z.object({ type: z.literal('reorg'), id: z.number().int(), block: z.number().int() }),
])
export type LiveMessage = z.infer<typeof liveMessageShape>
