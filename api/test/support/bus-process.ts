/**
 * One part of the bus as a process of its own, to be killed: `node bus-process.ts publisher` or `… consumer`, which leaves a trace
 * of every event. Database and broker come from API_DATABASE_URL and EVENT_BUS_URL; what it logs goes to its standard output.
 */
import { createPrisma } from '@fairhold/db/client'
import { pino } from 'pino'
import { createAmqpSource } from '../../src/bus/amqp.ts'
import { runConsumer } from '../../src/bus/consumer.ts'
import { createPostgresSource } from '../../src/bus/postgres.ts'
import { createPublisher } from '../../src/bus/publisher.ts'

const { API_DATABASE_URL: databaseUrl = '', EVENT_BUS_URL: url = '' } = process.env
const log = pino({ level: 'info' })
const db = createPrisma(databaseUrl)
const common = { db, log, firstPauseMs: 50, longestPauseMs: 500 }
const { signal } = new AbortController() // never: it ends when it is killed
log.info('up')

if (process.argv[2] === 'publisher') {
  const source = await createPostgresSource({ databaseUrl, log, pollMs: 200 })
  await runConsumer({ ...common, ...createPublisher(url), source }, signal)
} else {
  const source = createAmqpSource({ db, url, log, pollMs: 1_000 })
  const handle: Parameters<typeof runConsumer>[0]['handle'] = async ({ position, dealId }, tx) => {
    await tx.$executeRaw`INSERT INTO app.trace (consumer, position, deal_id) VALUES ('chaos', ${position}, ${dealId})`
  }
  await runConsumer({ ...common, source, name: 'chaos', kinds: ['#'], startAt: 'oldest', handle }, signal)
}
