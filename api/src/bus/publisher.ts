import type { ConfirmChannel } from 'amqplib'
import { connectBroker, EXCHANGE } from './broker.ts'
import type { BusEvent } from './event.ts'
import type { Consumer } from './source.ts'

/** The publisher's own name as a consumer of bus.outbox: up to its position the broker has everything. */
export const PUBLISHER = 'amqp'

/**
 * The consumer that brings every event to the broker, in order. The broker writes each to disk and confirms it before the
 * position moves; what was not confirmed is published again, under the same message ids, over a connection made anew.
 */
export function createPublisher(url: string): Consumer & { close: () => Promise<void> } {
  let opened: Promise<Line> | null = null
  let unconfirmed: Promise<void>[] = []

  const line = (): Promise<Line> => {
    // A batch over two connections could arrive in another order.
    if (opened === null && unconfirmed.length > 0) throw new Error('the connection was lost before the broker confirmed')
    if (opened !== null) return opened
    const opening = openLine(url, () => {
      if (opened === opening) opened = null
    })
    opening.catch(() => {
      if (opened === opening) opened = null
    })
    opened = opening
    return opening
  }
  const close = async (): Promise<void> => {
    const last = opened
    opened = null
    await last?.then((one) => one.close()).catch(() => undefined) // what is closed is often what failed
  }
  return {
    name: PUBLISHER,
    kinds: ['#'],
    startAt: 'oldest',
    handle: async (event) => {
      const { channel } = await line()
      const confirmed = publish(channel, event)
      confirmed.catch(() => undefined) // `flush` says so
      unconfirmed.push(confirmed)
    },
    flush: async () => {
      const all = unconfirmed
      unconfirmed = []
      try {
        await Promise.all(all)
      } catch (error) {
        await close()
        throw error
      }
    },
    close,
  }
}

interface Line {
  channel: ConfirmChannel
  close: () => Promise<void>
}

async function openLine(url: string, onLost: () => void): Promise<Line> {
  const connection = await connectBroker(url, PUBLISHER, onLost)
  try {
    const channel = await connection.createConfirmChannel()
    channel.on('error', () => undefined) // 'close' follows
    channel.once('close', onLost)
    await channel.assertExchange(EXCHANGE, 'topic', { durable: true })
    return { channel, close: () => connection.close() }
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw error
  }
}

/** Resolves once the broker has the event on disk, in every queue that wants it. */
function publish(channel: ConfirmChannel, event: BusEvent): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      persistent: true,
      messageId: event.idempotencyKey,
      type: event.kind,
      contentType: 'application/json',
      headers: { position: event.position, chain: event.chain, retracted: event.retracted },
    }
    const body = Buffer.from(JSON.stringify(event))
    channel.publish(EXCHANGE, event.kind, body, options, (error) => (error ? reject(error) : resolve()))
  })
}
