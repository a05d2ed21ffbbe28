import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'amqplib'
import { pino } from 'pino'
import { untilTrue } from '../../test/support/chain.ts'
import { createConsumers } from '../../test/support/consumers.ts'
import { type EventBench, seeded, startEventBench, writeEvents } from '../../test/support/events.ts'
import { startProxy } from '../../test/support/proxy.ts'
import { type Broker, startBroker, whyNoRabbit } from '../../test/support/rabbitmq.ts'
import { createVictims } from '../../test/support/victims.ts'
import { createContext } from '../context.ts'
import { readEnv } from '../env.ts'
import { createAmqpSource } from './amqp.ts'
import { EXCHANGE, queueOf } from './broker.ts'
import type { RunConsumerOptions } from './consumer.ts'
import { type BusEvent, busEventShape, eventOf } from './event.ts'
import { createPostgresSource } from './postgres.ts'
import { createPublisher, PUBLISHER } from './publisher.ts'
import { runBus } from './run-bus.ts'

const SEED = Number(process.env.BUS_SEED ?? 1)
const missing = whyNoRabbit()
if (missing !== null && process.env.CI) throw new Error(missing)

describe('the bus over RabbitMQ', { skip: missing ?? false }, () => {
  let bench: EventBench
  let broker: Broker
  let table: Awaited<ReturnType<typeof createPostgresSource>>
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  const said = (words: string) => logged.filter((line) => line.includes(words)).length

  before(async () => {
    ;[bench, broker] = await Promise.all([startEventBench(), startBroker()])
    table = await createPostgresSource({ databaseUrl: bench.apiUrl, log, pollMs: 100 })
  })
  after(async () => {
    await table?.close()
    await bench?.stop()
    await broker?.stop()
  })
  beforeEach(async () => {
    logged.length = 0
    await bench.admin.query('TRUNCATE bus.outbox, bus.consumer, app.trace')
  })

  const { start, stopAll } = createConsumers(
    () => bench,
    () => ({ source: createAmqpSource({ db: bench.db, url: broker.url, log, pollMs: 100 }), log }),
  )
  afterEach(stopAll)
  const publish = () => {
    const publisher = createPublisher(broker.url)
    const { stop } = start({ ...publisher, source: table })
    return { stop: () => stop().then(publisher.close) }
  }
  const untilAt = (name: string, position = 0) => untilTrue(async () => (await bench.positionOf(name)) >= position)
  /** Waits until the queue is there, so that it gets what is published from now on. */
  const untilBound = async (name: string) => {
    const connection = await connect(broker.url)
    connection.on('error', () => undefined)
    await untilTrue(async () => {
      const channel = await connection.createChannel()
      channel.on('error', () => undefined)
      return channel.checkQueue(queueOf({ name })).then(
        ({ consumerCount }) => consumerCount > 0,
        () => false,
      )
    })
    await connection.close()
  }

  test('brings each event once and in order, and to others as a message that says what it is', async () => {
    const connection = await connect(broker.url)
    const channel = await connection.createChannel()
    await channel.assertExchange(EXCHANGE, 'topic', { durable: true })
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.bindQueue(queue, EXCHANGE, 'deal.*')
    const consumer = start({ name: 'reader', kinds: ['deal.*', 'review.revealed'] })
    await untilBound('reader')
    const publisher = publish()
    const kinds = ['deal.opened', 'review.committed', 'review.revealed', 'credit.credited', 'deal.shipped']
    const positions = await writeEvents(
      bench.indexer,
      kinds.map((kind) => ({ kind, retracted: kind === 'deal.shipped' })),
    )
    await untilAt('reader', positions[4])
    assert.deepEqual(
      await bench.traces('reader'),
      [0, 2, 4].map((k) => positions[k]),
    )
    assert.equal(said('did not bring'), 0)

    const [first, second] = [await channel.get(queue, { noAck: true }), await channel.get(queue, { noAck: true })]
    assert.ok(first && second)
    const event = busEventShape.parse(JSON.parse(String(second.content)))
    assert.deepEqual([first.fields.routingKey, second.fields.routingKey], ['deal.opened', 'deal.shipped'])
    const { messageId, deliveryMode, contentType, headers } = second.properties
    assert.deepEqual([messageId, deliveryMode, contentType], [`eip155:31337/${positions[4]}`, 2, 'application/json'])
    assert.deepEqual([headers?.position, headers?.chain, headers?.retracted], [positions[4], 'eip155:31337', true])
    assert.deepEqual([event.idempotencyKey, event.retracted], [messageId, true])
    await connection.close()
    await Promise.all([consumer.stop(), publisher.stop()])
  })

  test('gives a new consumer what was published before, and one whose queue was lost what was in it', async () => {
    const publisher = publish()
    const old = await writeEvents(
      bench.indexer,
      Array.from({ length: 120 }, () => ({})),
    )
    await untilAt(PUBLISHER, old.at(-1))
    const first = start({ name: 'late' })
    await untilAt('late', old.at(-1)) // though nothing more comes
    await first.stop()
    const connection = await connect(broker.url)
    await writeEvents(bench.indexer, [{}, {}])
    const [, last] = await writeEvents(bench.indexer, [{}, {}])
    await untilAt(PUBLISHER, last)
    await (await connection.createChannel()).deleteQueue(queueOf({ name: 'late' }))
    await connection.close()
    const second = start({ name: 'late' })
    await untilBound('late')
    const [later] = await writeEvents(bench.indexer, [{}])
    await untilAt('late', later)
    const written = await bench.written()
    assert.deepEqual(await bench.traces('late'), written)
    await bench.admin.query(`UPDATE bus.consumer SET position = $1 WHERE name = 'late'`, [written.at(-4)])
    await untilTrue(async () => (await bench.traces('late')).length >= written.length + 3) // a replay
    await Promise.all([second.stop(), publisher.stop()])
    assert.deepEqual(await bench.traces('late'), [...written, ...written.slice(-3)])
  })

  test('has one instance of a consumer at work, and another that takes over', async () => {
    const publisher = publish()
    let atWork = 0
    let most = 0
    const doneBy: number[] = []
    const instance = (k: number) =>
      start({
        name: 'twins',
        handle: async (event, tx) => {
          atWork += 1
          most = Math.max(most, atWork)
          await bench.leaveTrace('twins', event, tx)
          doneBy.push(k)
          atWork -= 1
        },
      })
    const one = instance(1)
    await untilBound('twins')
    const other = instance(2)
    const before = await writeEvents(
      bench.indexer,
      Array.from({ length: 150 }, () => ({})),
    )
    await untilAt('twins', before.at(-1))
    assert.deepEqual([...new Set(doneBy)], [1])
    await one.stop()
    const later = await writeEvents(
      bench.indexer,
      Array.from({ length: 50 }, () => ({})),
    )
    await untilAt('twins', later.at(-1))
    await Promise.all([other.stop(), publisher.stop()])
    assert.deepEqual([most, doneBy.filter((k) => k === 2).length], [1, 50])
    assert.deepEqual(await bench.traces('twins'), await bench.written())
  })

  test('brings an event again that failed, and lets go what is no event of ours', async () => {
    const publisher = publish()
    const random = seeded(SEED)
    const handle: RunConsumerOptions['handle'] = async (event, tx) => {
      await bench.leaveTrace('moody', event, tx)
      if (random() < 0.2) throw new Error('no luck')
    }
    const consumer = start({ name: 'moody', handle, firstPauseMs: 1, longestPauseMs: 2 })
    await untilBound('moody')
    await writeEvents(
      bench.indexer,
      Array.from({ length: 60 }, () => ({})),
    )
    const connection = await connect(broker.url)
    const channel = await connection.createConfirmChannel()
    channel.publish(EXCHANGE, 'deal.shipped', Buffer.from('{"kind":"deal.shipped"}'))
    await channel.waitForConfirms()
    await connection.close()
    const last = await writeEvents(
      bench.indexer,
      Array.from({ length: 60 }, () => ({})),
    )
    await untilAt('moody', last.at(-1))
    await Promise.all([consumer.stop(), publisher.stop()])
    assert.deepEqual(await bench.traces('moody'), await bench.written())
    assert.ok(said('it comes again') > 5)
    assert.deepEqual([said('no event of ours'), said('did not bring')], [1, 0])
  })

  test('moves its position only by what the broker confirmed, and never publishes a batch over two connections', async () => {
    const proxy = await startProxy(Number(new URL(broker.url).port))
    const publisher = createPublisher(proxy.url)
    const connection = await connect(broker.url)
    const channel = await connection.createChannel()
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.assertExchange(EXCHANGE, 'topic', { durable: true })
    await channel.bindQueue(queue, EXCHANGE, '#')
    const arrived: number[] = []
    await channel.consume(queue, (message) => void arrived.push(message?.properties.headers?.position), { noAck: true })

    const { stop } = start({ ...publisher, source: table })
    const [first] = await writeEvents(bench.indexer, [{}])
    await untilAt(PUBLISHER, first)
    proxy.swallow(true)
    const positions = await writeEvents(bench.indexer, [{}, {}, {}])
    await untilTrue(() => proxy.swallowed() > 0)
    await sleep(50) // for a position that moved too early
    assert.equal(await bench.positionOf(PUBLISHER), first)
    proxy.swallow(false)
    proxy.cut()
    await untilAt(PUBLISHER, positions[2])
    await stop()
    await untilTrue(() => arrived.length >= 4)
    assert.deepEqual(arrived, [first, ...positions])

    const [one, two] = (await bench.db.busOutbox.findMany({ take: 2, orderBy: { position: 'asc' } })).map(eventOf)
    assert.ok(one && two)
    const publishOne = (event: BusEvent) =>
      bench.db.$transaction((tx) => publisher.handle(event, tx, new AbortController().signal))
    const flush = async () => publisher.flush?.(new AbortController().signal)
    proxy.swallow(true)
    await publishOne(one)
    proxy.swallow(false)
    proxy.cut()
    await untilTrue(() =>
      publishOne(two).then(
        () => false,
        (error) => /before the broker confirmed/.test(error.message),
      ),
    )
    await assert.rejects(flush())
    for (const event of [one, two]) await publishOne(event)
    await flush()
    await untilTrue(() => arrived.length >= 6)
    assert.deepEqual(arrived.slice(4), [one.position, two.position])
    await publisher.close()
    await connection.close()
    await proxy.close()
  })

  test('is chosen by EVENT_BUS_URL: then the process publishes, too', async () => {
    for (const [bus, publishes] of [
      [{ EVENT_BUS_URL: broker.url }, 1],
      [{}, 0],
    ] as const) {
      const context = createContext(readEnv({ API_DATABASE_URL: bench.apiUrl, ...bus }))
      const name = `worker${publishes}`
      const ending = new AbortController()
      const handle: RunConsumerOptions['handle'] = (event, tx) => bench.leaveTrace(name, event, tx)
      const consumers = [{ name, kinds: ['deal.*'], startAt: 'oldest' as const, handle }]
      const run = runBus({ context, consumers, log, signal: ending.signal })
      if (publishes) await untilBound(name)
      const [position] = await writeEvents(bench.indexer, [{}])
      await untilAt(name, position)
      ending.abort()
      await run
      await context.db.$disconnect()
      assert.equal(await bench.positionOf(PUBLISHER), publishes ? position : -1)
      await bench.admin.query('DELETE FROM bus.consumer')
    }
  })

  test(`loses and doubles nothing when broker, publisher and consumer are killed (BUS_SEED=${SEED})`, async (t) => {
    const random = seeded(SEED)
    const victims = createVictims(bench.apiUrl, broker.url)
    t.after(() => victims.killAll())
    for (const role of ['publisher', 'consumer']) victims.spawn(role)
    await untilBound('chaos')
    const stopWriting = keepWriting(seeded(SEED + 1))
    for (const role of shuffled(['broker', 'broker', ...Array(5).fill('publisher'), ...Array(5).fill('consumer')], random)) {
      await sleep(random() * 1_200)
      await (role === 'broker' ? broker.kill() : victims.kill(role))
      await sleep(random() * 400)
      if (role === 'broker') await broker.start()
      else victims.spawn(role)
    }
    await stopWriting()
    const written = await bench.written()
    for (const name of ['chaos', PUBLISHER]) await untilAt(name, written.at(-1))
    t.diagnostic(`${written.length} events`)
    assert.deepEqual(await bench.traces('chaos'), written) // once each, and in order for each deal as they are for all
    assert.doesNotMatch(victims.output(), /did not bring/, 'the broker itself lost or shuffled something')
  })

  /** Writes events of seven deals, some of them retractions, until it is told to stop. */
  function keepWriting(random: () => number): () => Promise<void> {
    let isOver = false
    const writing = (async () => {
      for (let block = 1; !isOver; block += 1) {
        const retracted = random() < 0.1
        const some = Array.from({ length: 1 + Math.floor(random() * 4) }, () => `0x${Math.floor(random() * 7)}`)
        await writeEvents(
          bench.indexer,
          some.map((dealId) => ({ dealId, block, retracted })),
        )
        await sleep(random() * 30)
      }
    })()
    return () => {
      isOver = true
      return writing
    }
  }
})

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item)
}
