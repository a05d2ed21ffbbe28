import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import { createAmqpSource } from './amqp.ts'
import { runConsumer } from './consumer.ts'
import { createPostgresSource } from './postgres.ts'
import { createPublisher } from './publisher.ts'
import type { Consumer } from './source.ts'

/** How often consumers look without being told, in milliseconds. */
const POLL_MS = 5_000

export interface RunBusOptions {
  context: Context
  consumers: readonly Consumer[]
  log: Logger
  signal: AbortSignal
}

/**
 * Brings events to consumers until the signal aborts: straight from Postgres, or by way of RabbitMQ where EVENT_BUS_URL names
 * one. Then this process also publishes there. Rejects if Postgres cannot be reached at first.
 */
export async function runBus({ context: { db, env }, consumers, log, signal }: RunBusOptions): Promise<void> {
  const { databaseUrl, eventBusUrl: url } = env
  const table = await createPostgresSource({ databaseUrl, log, pollMs: POLL_MS })
  try {
    if (url === undefined) {
      await Promise.all(consumers.map((consumer) => runConsumer({ ...consumer, source: table, db, log }, signal)))
      return
    }
    const queues = createAmqpSource({ db, url, log, pollMs: POLL_MS })
    const publisher = createPublisher(url)
    const publishing = runConsumer({ ...publisher, source: table, db, log }, signal).finally(publisher.close)
    const consuming = consumers.map((consumer) => runConsumer({ ...consumer, source: queues, db, log }, signal))
    await Promise.all([publishing, ...consuming])
  } finally {
    await table.close()
  }
}
