import type { FastifyBaseLogger } from 'fastify'
import type { Context } from '../context.ts'
import { listen } from '../http/listen.ts'
import { WORK } from '../http/notify.ts'
import type { LiveMessage, Position, Subscription } from './contract.ts'
import { lastSeqOf, listingsSince } from './listing-events.ts'
import { concerns, messageFrom, messageOf, parseJson } from './notice.ts'

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
  /** The position of the newest event that this process heard of. */
  #lastId = 0
  /** The same of listings. */
  #lastSeq = 0

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
    this.#lastSeq = await lastSeqOf(this.#context)
  }

  async close(): Promise<void> {
    await this.#listening?.close()
  }

  add(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  /** The position of the last event that the indexer wrote. */
  async lastId(): Promise<number> {
    const row = await this.#context.db.busOutbox.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
    return Number(row?.position ?? 0n)
  }

  /** Up to where everything was told that had happened when this was asked. */
  async position(): Promise<Position> {
    const [lastId, lastSeq] = await Promise.all([this.lastId(), lastSeqOf(this.#context)])
    return { lastId, lastSeq }
  }

  /** What a page that was away since this position has missed, for its topics. */
  async missed(
    { lastId, lastSeq }: Pick<Subscription, 'lastId' | 'lastSeq'>,
    topics: ReadonlySet<string>,
  ): Promise<LiveMessage[]> {
    const [ofChain, ofListings] = await Promise.all([
      lastId === undefined ? [] : this.#since(lastId),
      lastSeq === undefined || !topics.has('market') ? [] : listingsSince(this.#context, lastSeq),
    ])
    return [...ofChain, ...ofListings].filter((message) => concerns(message, topics))
  }

  async #since(lastId: number): Promise<LiveMessage[]> {
    const where = { position: { gt: BigInt(lastId) } }
    const { busOutbox } = this.#context.db
    const rows = await busOutbox.findMany({ where, orderBy: { position: 'asc' }, take: MISSED_MAX + 1 })
    if (rows.length <= MISSED_MAX && (await this.#isKept(lastId)))
      return rows.map(messageOf).filter((message) => message !== null)
    return [{ type: 'reorg', id: await this.lastId(), block: Number(rows[0]?.blockNumber ?? 0n) }]
  }

  /** Whether every event since `lastId` is still there: old ones are deleted, and a database can be begun anew. */
  async #isKept(lastId: number): Promise<boolean> {
    const { _min, _max } = await this.#context.db.busOutbox.aggregate({ _min: { position: true }, _max: { position: true } })
    if (_min.position === null || _max.position === null) return lastId === 0
    return lastId + 1 >= _min.position && lastId <= _max.position
  }

  /** After the connection was away. Alerts that came meanwhile are told by any message of their topic, so all are told to look. */
  async #catchUp(): Promise<void> {
    const [ofChain, ofListings] = await Promise.all([this.#since(this.#lastId), listingsSince(this.#context, this.#lastSeq)])
    for (const message of [...ofChain, ...ofListings]) this.#send(message)
    for (const { topics, send } of this.#subscribers)
      for (const topic of topics) if (topic.startsWith('inbox:')) send({ type: 'alert', topic: topic.slice(6) })
  }

  #receive(payload: string): void {
    if (payload === WORK) return
    const message = messageFrom(parseJson(payload), this.#lastId)
    if (message) this.#send(message)
    else this.#log.warn({ payload }, 'a notice that is none')
  }

  #send(message: LiveMessage): void {
    if ('id' in message) this.#lastId = Math.max(this.#lastId, message.id)
    if ('seq' in message) this.#lastSeq = Math.max(this.#lastSeq, message.seq ?? 0)
    for (const subscriber of this.#subscribers) if (concerns(message, subscriber.topics)) subscriber.send(message)
  }
}
