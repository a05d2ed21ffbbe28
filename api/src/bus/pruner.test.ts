import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { pino } from 'pino'
import { type EventBench, startEventBench, writeEvents } from '../../test/support/events.ts'
import { type Context, createContext } from '../context.ts'
import { readEnv } from '../env.ts'
import { createRunner } from '../jobs/loop.ts'
import { pruneJob } from './pruner.ts'

const DAY_MS = 86_400_000

let bench: EventBench
let context: Context
const logged: string[] = []
const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
before(async () => {
  bench = await startEventBench()
  context = createContext(readEnv({ API_DATABASE_URL: bench.apiUrl, EVENT_KEEP_DAYS: '3' }))
})
after(async () => {
  await context?.db.$disconnect()
  await bench?.stop()
})
beforeEach(async () => {
  logged.length = 0
  await bench.admin.query('TRUNCATE bus.outbox, bus.consumer')
})

async function writeAged(count: number, days: number): Promise<number[]> {
  const positions = await writeEvents(
    bench.indexer,
    Array.from({ length: count }, () => ({})),
  )
  await bench.admin.query('UPDATE bus.outbox SET created_at = now() - make_interval(days => $2) WHERE position = ANY ($1)', [
    positions,
    days,
  ])
  return positions
}

const consume = (name: string, position = 0) => bench.admin.query('INSERT INTO bus.consumer VALUES ($1, $2)', [name, position])
const prune = () => createRunner(pruneJob(context, log, Date.now), log)(Date.now())

describe('old events', () => {
  test('go when all consumers have passed them, however many they are', async () => {
    const old = await writeAged(2_500, 4)
    const young = await writeAged(5, 2)
    await consume('fast', young[4])
    await consume('slow', old[2_499])
    await prune()
    assert.deepEqual(await bench.written(), young)
    assert.deepEqual(logged, [])
  })

  test('stay for a consumer that has not come so far, and the log says which', async () => {
    const old = await writeAged(10, 4)
    const young = await writeAged(1, 0)
    await consume('fast', young[0])
    await consume('slow', old[3])
    await prune()
    assert.deepEqual(await bench.written(), [...old.slice(4), ...young])
    assert.match(logged.join(), /"consumer":"slow".*kept for a consumer/)
  })

  test('go where nobody consumes, but for the newest of all', async () => {
    const old = await writeAged(10, 4)
    await prune()
    assert.deepEqual(await bench.written(), old.slice(9))
    await prune()
    assert.deepEqual(await bench.written(), old.slice(9))
  })

  test('are looked for once an hour', async () => {
    let now = Date.now()
    const job = pruneJob(context, log, () => now)
    const run = createRunner(job, log)
    await run(now)
    await writeAged(3, 4)
    now += 3_500_000
    await run(now)
    assert.equal((await bench.written()).length, 3)
    now += 200_000
    await run(now)
    assert.equal((await bench.written()).length, 1)
  })

  test('an empty table is no trouble, and a longer time keeps more', async () => {
    await prune()
    await writeAged(3, 4)
    const patient = { ...context, env: { ...context.env, eventKeepDays: 5 } }
    await createRunner(pruneJob(patient, log, Date.now), log)(Date.now() + DAY_MS / 24)
    assert.equal((await bench.written()).length, 3)
    assert.deepEqual(logged, [])
  })
})
