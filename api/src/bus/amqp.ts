import type { Database } from '@fairhold/db/client'
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { Logger } from 'pino'
import { connectBroker, EXCHANGE, queueOf } from './broker.ts'
import { BATCH } from './deliver.ts'
import { type BusEvent, busEventShape, eventOf, matches } from './event.ts'
import { createLatch, type Latch } from './latch.ts'
import { PUBLISHER } from './publisher.ts'
import type { Consumer, EventSource, Feed, Load, Loader, Transaction } from './source.ts'

export interface AmqpSourceOptions {
  db: Database
  /** amqp:// or amqps:// */
  url: string
  log: Logger
  /** How often to look whether the broker lost something, while it is silent, in milliseconds. */
  pollMs: number
}

/** Messages that the broker sends ahead of acknowledgement. */
const PREFETCH = BATCH * 2
/** Rows of the outbox looked through at once for what the broker did not bring. */
const SCAN = 1_000

interface Delivery {
  message: ConsumeMessage
  event: BusEvent
}

interface Line {
  connection: ChannelModel
  channel: Channel
  latch: Latch
  state: {
    /** In order of arrival, not acknowledged. */
    waiting: Delivery[]
    lost: Error | null
  }
}

/**
 * Events by way of RabbitMQ: a durable queue for each consumer, read by one instance at a time. What was handled is known
 * from the position, so a message that comes twice has its effect once. The outbox remains the truth: what a message's
 * predecessors should have been is compared with it, and what the broker lost is read from there.
 */
export function createAmqpSource(options: AmqpSourceOptions): EventSource {
  return {
    open: async (consumer) => {
      const line = await openLine(options.url, consumer, options.log)
      return feedOf(line, consumer, options)
    },
  }
}

async function openLine(url: string, consumer: Consumer, log: Logger): Promise<Line> {
  const latch = createLatch(false)
  const state: Line['state'] = { waiting: [], lost: null }
  const lose = (error: Error) => {
    state.lost ??= error
    latch.open()
  }
  const connection = await connectBroker(url, consumer.name, lose)
  try {
    const channel = await connection.createChannel()
    channel.on('error', lose)
    channel.once('close', () => lose(new Error('the channel to the broker ended')))
    await declare(channel, consumer)
    await channel.consume(queueOf(consumer), (message) => {
      if (message === null) return lose(new Error('the queue was deleted'))
      const event = read(message)
      if (event !== null) state.waiting.push({ message, event })
      else {
        log.error({ consumer: consumer.name, messageId: message.properties.messageId }, 'a message that is no event of ours')
        channel.ack(message)
      }
      latch.open()
    })
    return { connection, channel, latch, state }
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw error
  }
}

async function declare(channel: Channel, consumer: Consumer): Promise<void> {
  await channel.assertExchange(EXCHANGE, 'topic', { durable: true })
  const singly = { 'x-queue-type': 'classic', 'x-single-active-consumer': true } // two at once would break the order
  await channel.assertQueue(queueOf(consumer), { durable: true, arguments: singly })
  for (const kind of consumer.kinds) await channel.bindQueue(queueOf(consumer), EXCHANGE, kind)
  await channel.prefetch(PREFETCH)
}

/** Null for what somebody else put there. */
function read(message: ConsumeMessage): BusEvent | null {
  try {
    return busEventShape.parse(JSON.parse(message.content.toString('utf8')))
  } catch {
    return null
  }
}

function feedOf({ connection, channel, latch, state }: Line, consumer: Consumer, options: AmqpSourceOptions): Feed {
  const { db, log, pollMs } = options
  const pick = (brought: readonly BusEvent[], upTo: number): Loader => {
    return (tx, position) => complete(tx, { consumer, log, position, brought, upTo })
  }
  let publishedBefore = 0
  /** Up to here the outbox is looked through, as the broker is silent. */
  let target = 0
  const onSilence = async (): Promise<void> => {
    const { messageCount } = await channel.checkQueue(queueOf(consumer))
    // What the broker had a whole pause ago, and has no more, was handled or lost.
    if (messageCount === 0 && state.waiting.length === 0) target = publishedBefore
    publishedBefore = await publishedUpTo(db)
  }
  return {
    next: async (signal) => {
      while (!signal.aborted) {
        if (state.lost) throw state.lost
        const brought = state.waiting.slice(0, BATCH).map(({ event }) => event)
        if (brought.length > 0) return pick(brought, Math.max(...brought.map(({ position }) => position)))
        if (target > 0) return pick([], target)
        const isAwake = await latch.wait(pollMs, signal)
        if (!isAwake && !signal.aborted) await onSilence()
      }
      return null
    },
    settle: ({ position }) => {
      if (position === null || state.lost) return
      if (position >= target) target = 0
      const isDone = ({ event }: Delivery) => event.position <= position
      for (const { message } of state.waiting.filter(isDone)) channel.ack(message)
      state.waiting = state.waiting.filter((delivery) => !isDone(delivery))
    },
    close: () => connection.close(),
  }
}

async function publishedUpTo(db: Database): Promise<number> {
  const row = await db.busConsumer.findUnique({ where: { name: PUBLISHER }, select: { position: true } })
  return Number(row?.position ?? 0n)
}

interface Completion {
  consumer: Consumer
  log: Logger
  position: number
  brought: readonly BusEvent[]
  /** As far as events are to be complete. */
  upTo: number
}

/** What the broker brought that is new, in order, with whatever should have come between and did not. */
async function complete(tx: Transaction, { consumer, log, position, brought, upTo }: Completion): Promise<Load> {
  if (upTo <= position) return { events: [], upTo: position }
  const events = new Map(brought.filter((event) => event.position > position).map((event) => [event.position, event]))
  const where = { position: { gt: BigInt(position), lte: BigInt(upTo) } }
  const select = { position: true, kind: true }
  const rows = await tx.busOutbox.findMany({ where, orderBy: { position: 'asc' }, take: SCAN, select })
  const end = rows.length === SCAN ? Number(rows.at(-1)?.position) : upTo
  const missing = rows.filter((row) => matches(consumer.kinds, row.kind) && !events.has(Number(row.position)))
  if (missing.length > 0) {
    const lost = await tx.busOutbox.findMany({ where: { position: { in: missing.map((row) => row.position) } } })
    for (const row of lost) events.set(Number(row.position), eventOf(row))
    log.warn(
      { consumer: consumer.name, count: lost.length, from: Number(missing[0]?.position) },
      'the broker did not bring these',
    )
  }
  const inOrder = [...events.values()].sort((a, b) => a.position - b.position)
  return { events: inOrder.filter((event) => event.position <= end && matches(consumer.kinds, event.kind)), upTo: end }
}
