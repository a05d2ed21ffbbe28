import { z } from 'zod'
import type { OutboxRow } from '../bus/event.ts'
import type { LiveMessage } from './contract.ts'

/** What Postgres tells. A notice of something off chain has the id 0, others the position of the event. */
const noticeShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['deal', 'review']),
    id: z.number(),
    dealId: z.string(),
    accounts: z.array(z.string()),
    block: z.number(),
  }),
  z.object({
    kind: z.literal('listing'),
    id: z.number().optional(),
    listingId: z.string().nullish(),
    seq: z.number().optional(),
    change: z.enum(['new', 'changed', 'gone']).optional(),
  }),
  z.object({ kind: z.literal('alert'), topic: z.string(), about: z.enum(['alerts', 'offers', 'requests']).optional() }),
  z.object({ kind: z.literal('reorg'), id: z.number(), block: z.number() }),
])

/** The message for pages; null for what is no notice. `lastId`: of the newest outbox row known, for those that are in none. */
export function messageFrom(notice: unknown, lastId: number): LiveMessage | null {
  const parsed = noticeShape.safeParse(notice)
  if (!parsed.success) return null
  const { data } = parsed
  switch (data.kind) {
    case 'listing':
      return listingMessage(data)
    case 'alert':
      return { type: 'alert', topic: data.topic, ...(data.about ? { about: data.about } : {}) }
    case 'reorg':
      return { type: 'reorg', id: data.id, block: data.block }
    default:
      return {
        type: 'deal',
        id: data.id === 0 ? lastId : data.id,
        dealId: data.dealId,
        accounts: data.accounts,
        block: data.block,
      }
  }
}

function listingMessage(of: {
  listingId?: string | null | undefined
  seq?: number | undefined
  change?: 'new' | 'changed' | 'gone' | undefined
}): LiveMessage {
  const { listingId, seq, change } = of
  return listingId && seq !== undefined && change ? { type: 'listing', seq, listingId, change } : { type: 'listing' }
}

/** The message for pages that a row of bus.outbox stands for; null for what no page waits for. */
export function messageOf({ position, kind, dealId, accounts, blockNumber }: OutboxRow): LiveMessage | null {
  const [id, block] = [Number(position), Number(blockNumber)]
  if (kind === 'chain.reorg') return { type: 'reorg', id, block }
  if (kind.startsWith('maker.')) return { type: 'listing' }
  // A credit comes with the deal's own event, and a withdrawal concerns nobody else.
  if (dealId === null || kind.startsWith('credit.')) return null
  return { type: 'deal', id, dealId, accounts, block }
}

/**
 * Whether a page with these topics wants the message. A reorganisation concerns everybody. What was written off chain about a deal is
 * for its own pages: anybody can listen on `market` and `account:`, and would learn who is doing what with whom.
 */
export function concerns(message: LiveMessage, topics: ReadonlySet<string>): boolean {
  if (message.type === 'reorg' || message.type === 'hello') return true
  if (message.type === 'alert') return topics.has(`inbox:${message.topic}`)
  if (message.type === 'listing') return topics.has('market')
  if (topics.has(`deal:${message.dealId}`)) return true
  if (message.block === 0) return false
  return topics.has('market') || message.accounts.some((account) => topics.has(`account:${account}`))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
