import type { FastifyBaseLogger } from 'fastify'
import type { Context } from '../context.ts'
import { listen } from '../http/listen.ts'
import type { LiveMessage } from './contract.ts'
import { concerns, messageFrom, parseJson } from './notice.ts'

export interface Subscriber {
  topics: ReadonlySet<string>
  send: (message: LiveMessage) => void
}

/** Whoever missed more is told to look at everything anew. */
const MISSED_MAX = 500

/** Passes on what Postgres tells to the pages that asked for it. One LISTEN connection a process, reopened when it breaks. */
export class LiveHub {
  readonly #context: Context
  readonly #log: FastifyBaseLogger
  readonly #subscribers = new Set<Subscriber>()
  #listening: { close: () => Promise<void> } | null = null
  /** Of the newest outbox row that this process heard of. */
  #lastId = 0

  constructor(context: Context, log: FastifyBaseLogger) {
    this.#context = context
    this.#log = log
  }

  async open(): Promise<void> {
    this.#listening = await listen({
      databaseUrl: this.#context.env.databaseUrl,
      onNotice: (payload) => this.#receive(payload),
      onBreak: (err) => this.#log.warn({ err }, 'no word of changes; connecting again'),
      onReconnect: () => this.#catchUp().catch((err: unknown) => this.#log.warn({ err }, 'cannot say what was missed')),
    })
    this.#lastId = await this.lastId()
  }

  async close(): Promise<void> {
    await this.#listening?.close()
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
    return (await this.#since(lastId)).filter((message) => concerns(message, topics))
  }

  async #since(lastId: number): Promise<LiveMessage[]> {
    const where = { id: { gt: BigInt(lastId) } }
    const rows = await this.#context.db.chainOutbox.findMany({ where, orderBy: { id: 'asc' }, take: MISSED_MAX + 1 })
    if (rows.length > MISSED_MAX) return [{ type: 'reorg', id: await this.lastId(), block: Number(rows[0]?.blockNumber ?? 0n) }]
    return rows
      .map(({ id, kind, dealId, accounts, blockNumber }) =>
        messageFrom({ id: Number(id), kind, dealId, accounts, block: Number(blockNumber) }, lastId),
      )
      .filter((message) => message !== null)
  }

  /** After the connection was away: changes of the chain are in the outbox; which listings changed nobody knows. */
  async #catchUp(): Promise<void> {
    for (const message of await this.#since(this.#lastId)) this.#send(message)
    this.#send({ type: 'listing' })
  }

  #receive(payload: string): void {
    const message = messageFrom(parseJson(payload), this.#lastId)
    if (message) this.#send(message)
    else this.#log.warn({ payload }, 'a notice that is none')
  }

  #send(message: LiveMessage): void {
    if ('id' in message) this.#lastId = Math.max(this.#lastId, message.id)
    for (const subscriber of this.#subscribers) if (concerns(message, subscriber.topics)) subscriber.send(message)
  }
}
