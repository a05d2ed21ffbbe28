import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { untilTrue } from '../../test/support/chain.ts'
import { createConsumers } from '../../test/support/consumers.ts'
import { type EventBench, seeded, startEventBench, writeEvents } from '../../test/support/events.ts'
import type { RunConsumerOptions } from './consumer.ts'
import type { BusEvent } from './event.ts'
import { createPostgresSource } from './postgres.ts'

const quiet = pino({ level: 'silent' })

let bench: EventBench
let source: Awaited<ReturnType<typeof createPostgresSource>>
before(async () => {
  bench = await startEventBench()
  source = await createPostgresSource({ databaseUrl: bench.apiUrl, log: quiet, pollMs: 100 })
})
after(async () => {
  await source?.close()
  await bench?.stop()
})
const { start, stopAll } = createConsumers(
  () => bench,
  () => ({ source, log: quiet }),
)
afterEach(stopAll)
beforeEach(() => bench.admin.query('TRUNCATE bus.outbox, bus.consumer, app.trace'))

async function untilAt(consumer: string, position: number): Promise<void> {
  await untilTrue(async () => (await bench.positionOf(consumer)) >= position)
}

/** Writes events in transactions of 1 to 9, `count` in all, and returns the position of the last. */
async function writeMany(count: number, random: () => number): Promise<number> {
  let last = 0
  for (let left = count; left > 0; ) {
    const size = Math.min(left, 1 + Math.floor(random() * 9))
    const written = await writeEvents(
      bench.indexer,
      Array.from({ length: size }, (_, k) => ({ dealId: `0x${k % 5}` })),
    )
    last = written.at(-1) ?? last
    left -= size
  }
  return last
}

describe('a consumer of events', () => {
  test('gets what there was and what comes, in order, at once', async () => {
    const first = await writeMany(130, seeded(1)) // more than a batch
    const consumer = start({ name: 'reader' })
    await untilAt('reader', first)
    const began = performance.now()
    const [later] = await writeEvents(bench.indexer, [{}])
    await untilAt('reader', later ?? 0)
    assert.ok(performance.now() - began < 5_000)
    await consumer.stop()
    assert.deepEqual(await bench.traces('reader'), await bench.written())
  })

  test('is woken by a notice, and does not only look now and then', async () => {
    const slow = await createPostgresSource({ databaseUrl: bench.apiUrl, log: quiet, pollMs: 3_600_000 })
    const consumer = start({ name: 'woken', source: slow })
    await untilAt('woken', 0)
    for (let k = 0; k < 5; k += 1) {
      const [position] = await writeEvents(bench.indexer, [{}])
      await untilAt('woken', position ?? 0)
    }
    await consumer.stop()
    await slow.close()
  })

  test('looks by itself where no notice comes', async () => {
    const consumer = start({ name: 'looker' })
    await untilAt('looker', 0)
    await bench.indexer.query(
      `INSERT INTO bus.outbox VALUES (nextval('bus.outbox_position'), 'eip155:1', 'deal.opened', FALSE, '0x1', '{}', 1, '0x', 0, '0x', '{}')`,
    )
    const [position] = await bench.written()
    await untilAt('looker', position ?? 0)
    await consumer.stop()
  })

  test('loses and doubles nothing when it throws at random, before and after it wrote', async () => {
    const random = seeded(20)
    const thrown = { before: 0, after: 0 }
    const handle: RunConsumerOptions['handle'] = async (event, tx) => {
      const dice = random()
      if (dice < 0.1) thrown.before += 1
      if (dice < 0.1) throw new Error('before')
      await bench.leaveTrace('moody', event, tx)
      if (dice < 0.2) thrown.after += 1
      if (dice < 0.2) throw new Error('after')
    }
    const consumer = start({ name: 'moody', handle, firstPauseMs: 1, longestPauseMs: 2 })
    await untilAt('moody', await writeMany(300, random))
    await consumer.stop()
    assert.deepEqual(await bench.traces('moody'), await bench.written())
    assert.ok(thrown.before > 5 && thrown.after > 5, JSON.stringify(thrown))
  })

  test('loses and doubles nothing when its connections are cut', async () => {
    const consumer = start({ name: 'cut' })
    const random = seeded(3)
    let cut = 0
    let last = 0
    while (cut < 20) {
      last = await writeMany(20, random)
      const { rowCount } = await bench.admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'fairhold_api' AND datname = current_database()`,
      )
      cut += rowCount ?? 0
    }
    await untilAt('cut', last)
    await consumer.stop()
    assert.deepEqual(await bench.traces('cut'), await bench.written())
  })

  test('has one instance at work at a time, and another that takes over', async () => {
    let atWork = 0
    let most = 0
    const doneBy = [0, 0]
    const instance = (k: 0 | 1) =>
      start({
        name: 'twins',
        handle: async (event, tx) => {
          atWork += 1
          most = Math.max(most, atWork)
          await bench.leaveTrace('twins', event, tx)
          doneBy[k] = (doneBy[k] ?? 0) + 1
          atWork -= 1
        },
      })
    const [one, other] = [instance(0), instance(1)]
    await untilAt('twins', await writeMany(400, seeded(4)))
    await one.stop()
    const before = doneBy[1] ?? 0
    await untilAt('twins', await writeMany(100, seeded(5)))
    await other.stop()
    assert.deepEqual(await bench.traces('twins'), await bench.written())
    assert.equal(most, 1)
    assert.equal((doneBy[1] ?? 0) - before, 100)
  })

  test('hears that a block is gone, and of what came back as something new', async () => {
    const seen: BusEvent[] = []
    const shipped = new Map<string, number>()
    const handle: RunConsumerOptions['handle'] = async (event) => {
      seen.push(event)
      if (event.dealId === null) return
      shipped.set(event.dealId, (shipped.get(event.dealId) ?? 0) + (event.retracted ? -1 : 1))
    }
    const consumer = start({ name: 'reorgs', handle })
    await writeEvents(bench.indexer, [{ dealId: '0xa' }, { dealId: '0xb' }])
    const taken = [
      { kind: 'chain.reorg', dealId: null, block: 6 },
      ...['0xb', '0xa'].map((dealId) => ({ dealId, retracted: true })),
    ]
    await writeEvents(bench.indexer, [...taken, { dealId: '0xa', blockHash: '0xother' }])
    const [last] = await writeEvents(bench.indexer, [{ dealId: '0xa', retracted: true, blockHash: '0xother' }, { dealId: '0xa' }])
    await untilAt('reorgs', (last ?? 0) + 1)
    await consumer.stop()
    assert.deepEqual(
      [...shipped],
      [
        ['0xa', 1],
        ['0xb', 0],
      ],
    )
    assert.equal(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size, seen.length)
    const ofA = seen.filter(({ dealId, blockHash, retracted }) => dealId === '0xa' && blockHash === '0xb7' && !retracted)
    assert.equal(ofA.length, 2, 'the block came back')
    assert.deepEqual(seen[2] && [seen[2].kind, seen[2].block], ['chain.reorg', 6])
  })

  test('that cannot take an event says so, keeps what came before it, and holds up nobody else', async () => {
    const positions = await writeEvents(
      bench.indexer,
      Array.from({ length: 9 }, () => ({})),
    )
    const [bad, last] = [positions[6] ?? 0, positions[8] ?? 0]
    const tries: number[] = []
    let isMended = false
    const handle: RunConsumerOptions['handle'] = async (event, tx) => {
      if (event.position === bad) tries.push(performance.now())
      if (event.position === bad && !isMended) throw new TypeError('no such\0thing')
      await bench.leaveTrace('poisoned', event, tx)
    }
    const poisoned = start({ name: 'poisoned', handle, firstPauseMs: 20, longestPauseMs: 10_000 })
    const healthy = start({ name: 'healthy' })
    await untilAt('healthy', last)
    await untilTrue(() => tries.length >= 5)
    assert.equal(await bench.positionOf('poisoned'), bad - 1)
    assert.deepEqual(await bench.traces('poisoned'), positions.slice(0, 6))
    assert.match(
      (await bench.stuck('poisoned')) ?? '',
      new RegExp(`^event ${bad} \\(deal.shipped\\) failed \\d times: TypeError: no suchthing$`),
    )
    assert.equal(await bench.stuck('healthy'), null)
    const pauses = tries.slice(1).map((time, k) => time - (tries[k] ?? 0))
    for (const [k, pause] of pauses.entries()) assert.ok(pause >= 20 * 2 ** k - 2, `pause ${k} was ${pause} ms`)
    isMended = true
    await untilAt('poisoned', last)
    await Promise.all([poisoned.stop(), healthy.stop()])
    assert.deepEqual(await bench.traces('poisoned'), positions)
    assert.equal(await bench.stuck('poisoned'), null)
  })

  test('that hangs is cut off, writes nothing later, and keeps what came before', async () => {
    const positions = await writeEvents(bench.indexer, [{}, {}, {}])
    let hangs = true
    const aborted: boolean[] = []
    const handle: RunConsumerOptions['handle'] = async (event, tx, signal) => {
      if (event.position === positions[2] && hangs) {
        await sleep(150)
        aborted.push(signal.aborted)
      }
      await bench.leaveTrace('hanging', event, tx)
    }
    const flush = () => sleep(200) // long enough for the late write, were the transaction still open
    const consumer = start({ name: 'hanging', handle, flush, handleMs: 60 })
    await untilTrue(() => aborted.length > 1)
    await untilTrue(async () => /took longer than 60 ms/.test((await bench.stuck('hanging')) ?? ''))
    assert.equal(await bench.positionOf('hanging'), positions[1])
    hangs = false
    await untilAt('hanging', positions[2] ?? 0)
    await consumer.stop()
    assert.deepEqual(await bench.traces('hanging'), positions)
    assert.ok(aborted.every(Boolean))
  })

  test('gets the kinds that it wants, and its position passes the others', async () => {
    const kinds = ['deal.opened', 'review.revealed', 'deal.shipped', 'credit.credited', 'chain.reorg']
    const positions = await writeEvents(
      bench.indexer,
      kinds.map((kind) => ({ kind })),
    )
    const consumers = [
      start({ name: 'deals', kinds: ['deal.*', 'chain.reorg'] }),
      start({ name: 'shipped', kinds: ['deal.shipped'] }),
    ]
    for (const name of ['deals', 'shipped']) await untilAt(name, positions[4] ?? 0)
    for (const consumer of consumers) await consumer.stop()
    assert.deepEqual(
      await bench.traces('deals'),
      [0, 2, 4].map((k) => positions[k]),
    )
    assert.deepEqual(await bench.traces('shipped'), [positions[2]])
  })

  test('begins now if it is new and wants to, and goes back where it is told to', async () => {
    const old = await writeMany(5, seeded(6))
    const consumer = start({ name: 'late', startAt: 'now' })
    await untilAt('late', old)
    const [fresh] = await writeEvents(bench.indexer, [{}])
    await untilAt('late', fresh ?? 0)
    assert.deepEqual(await bench.traces('late'), [fresh])
    await bench.admin.query(`UPDATE bus.consumer SET position = $1 WHERE name = 'late'`, [old - 2])
    await untilTrue(async () => (await bench.traces('late')).length === 4)
    await consumer.stop()
    assert.deepEqual(await bench.traces('late'), [fresh, old - 1, old, fresh])
  })
})
