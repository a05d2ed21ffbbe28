import pg from 'pg'
import type { FastifyBaseLogger } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { LIVE_CHANNEL } from '../http/notify.ts'
import type { LiveMessage } from './contract.ts'

export interface Subscriber {
  topics: ReadonlySet<string>
  send: (message: LiveMessage) => void
}

const RETRY_MS = 1_000
const MISSED_MAX = 500

const noticeShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deal'), id: z.number(), dealId: z.string(), accounts: z.array(z.string()), block: z.number() }),
  z.object({ kind: z.literal('review'), id: z.number(), dealId: z.string(), accounts: z.array(z.string()), block: z.number() }),
  z.object({ kind: z.literal('listing'), listingId: z.string().nullish() }),
  z.object({ kind: z.literal('reorg'), id: z.number(), block: z.number() }),
])

/** Passes on what Postgres tells to the pages that asked for it. One LISTEN connection a process, reopened when it breaks. */
export class LiveHub {
  readonly #context: Context
  readonly #log: FastifyBaseLogger
  readonly #subscribers = new Set<Subscriber>()
  #client: pg.Client | null = null
  #closed = false

  constructor(context: Context, log: FastifyBaseLogger) {
    this.#context = context
    this.#log = log
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#context.env.databaseUrl, keepAlive: true })
    this.#client = client
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''))
    client.on('error', () => undefined) // 'end' follows and tries again
    client.on('end', () => this.#reopen())
    await client.connect()
    await client.query(`LISTEN ${LIVE_CHANNEL}`)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.end()
  }

  add(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  /** The number of the last change that the indexer wrote. */
  async lastId(): Promise<number> {
    const row = await this.#context.db.chainOutbox.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    return Number(row?.id ?? 0n)
  }

  /** What a page that was away since `lastId` has missed, for its topics. */
  async missed(lastId: number, topics: ReadonlySet<string>): Promise<LiveMessage[]> {
    const rows = await this.#context.db.chainOutbox.findMany({ where: { id: { gt: BigInt(lastId) } }, orderBy: { id: 'asc' }, take: MISSED_MAX })
    const messages = rows.map((row) => messageFrom({ kind: row.kind, id: Number(row.id), dealId: row.dealId, accounts: row.accounts, block: Number(row.blockNumber) }))
    return messages.filter((message): message is LiveMessage => message !== null && concerns(message, topics))
  }

  #receive(payload: string): void {
    const message = messageFrom(parseJson(payload))
    if (!message) return this.#log.warn({ payload }, 'a notice that is none')
    for (const subscriber of this.#subscribers) if (concerns(message, subscriber.topics)) subscriber.send(message)
  }

  #reopen(): void {
    if (this.#closed) return
    this.#log.warn('the connection for live changes broke; opening it again')
    setTimeout(() => this.open().catch(() => this.#reopen()), RETRY_MS)
  }
}

function messageFrom(notice: unknown): LiveMessage | null {
  const parsed = noticeShape.safeParse(notice)
  if (!parsed.success) return null
  const { data } = parsed
  if (data.kind === 'listing') return { type: 'listing', ...(data.listingId ? { listingId: data.listingId } : {}) }
  if (data.kind === 'reorg') return { type: 'reorg', id: data.id, block: data.block }
  return { type: 'deal', id: data.id, dealId: data.dealId, accounts: data.accounts, block: data.block }
}

function concerns(message: LiveMessage, topics: ReadonlySet<string>): boolean {
  if (message.type === 'reorg' || message.type === 'hello') return true
  if (message.type === 'listing') return topics.has('market')
  return topics.has('market') || topics.has(`deal:${message.dealId}`) || message.accounts.some((account) => topics.has(`account:${account}`))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
