import { z } from 'zod'
import { hashShape } from '../http/shapes.ts'

/** Topics: `market`, `deal:<id>`, `account:<address>`, and `inbox:<secret>` as GET /v1/alerts/inbox tells an account its own. */
export const topicShape = z.string().regex(/^(market|deal:0x[0-9a-f]{64}|account:0x[0-9a-f]{40}|inbox:[0-9a-f]{32})$/)

export const subscribeShape = z.strictObject({
  subscribe: z.array(topicShape).max(50),
  /** The id of the last message seen: what was missed since is sent again. */
  lastId: z.number().int().min(0).optional(),
  /** The same for listings, which are counted on their own. */
  lastSeq: z.number().int().min(0).optional(),
})

export type Subscription = z.infer<typeof subscribeShape>

/** What the server sends. A message says that something changed, not what: fetch it over HTTP. */
export const liveMessageShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), lastId: z.number().int(), lastSeq: z.number().int() }),
  z.object({
    type: z.literal('deal'),
    id: z.number().int(),
    dealId: hashShape,
    accounts: z.array(z.string()),
    /** 0 where it was written off chain, which is told on `deal:` alone. */
    block: z.number().int(),
  }),
  /** A listing that came or went; one may be told twice. Without an id: several of a seller at once, or more than can be told. */
  z.object({
    type: z.literal('listing'),
    seq: z.number().int().optional(),
    listingId: hashShape.optional(),
    /** `changed`: some of it was sold, and some is left. */
    change: z.enum(['new', 'changed', 'gone']).optional(),
  }),
  /** There is something new for this account alone; without `about`, whatever it may be. */
  z.object({ type: z.literal('alert'), topic: z.string(), about: z.enum(['alerts', 'offers', 'requests']).optional() }),
  z.object({ type: z.literal('reorg'), id: z.number().int(), block: z.number().int() }),
])
/** Where the stream of changes is: a page that was made now has seen everything up to here. */
export const positionShape = z.object({ lastId: z.number().int(), lastSeq: z.number().int() })
export type Position = z.infer<typeof positionShape>

export type LiveMessage = z.infer<typeof liveMessageShape>
