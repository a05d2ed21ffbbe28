import { type ChannelModel, connect } from 'amqplib'
import type { Consumer } from './source.ts'

/** Where all events are published; the routing key is the kind. */
export const EXCHANGE = 'fairhold.events'

const CONNECT_MS = 5_000
const HEARTBEAT_SECONDS = 10

/** A connection to the broker. `onLost` hears once why it ended, whoever ended it. */
export async function connectBroker(url: string, name: string, onLost: (error: Error) => void): Promise<ChannelModel> {
  const address = new URL(url)
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS))
  const clientProperties = { connection_name: `fairhold ${name}` }
  const connection = await connect(address.href, { timeout: CONNECT_MS, keepAlive: true, noDelay: true, clientProperties })
  connection.on('error', () => undefined) // 'close' follows
  connection.once('close', (error?: Error) => onLost(error ?? new Error('the connection to the broker ended')))
  return connection
}

/** The queue of a consumer. */
export function queueOf({ name }: Pick<Consumer, 'name'>): string {
  return `fairhold.${name}`
}
