import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Limit, LimitStore, Slice } from './limit-store.ts'
import { createLimiter, type Limiter } from './limiter.ts'

const LIMIT: Limit = { name: 'test', max: 100, windowMs: 60_000 }

/** What Postgres does, by a clock of ours. */
class Counter implements LimitStore {
  now = 0
  away = false
  questions = 0
  readonly rows = new Map<string, { used: number; resetsAt: number }>()

  take = async (key: string, { name, max, windowMs }: Limit, parts: number): Promise<Slice> => {
    this.questions++
    await Promise.resolve()
    if (this.away) throw new Error('away')
    const id = `${name} ${key}`
    const old = this.rows.get(id)
    const row = old && old.resetsAt > this.now ? old : { used: 0, resetsAt: this.now + windowMs }
    const granted = Math.min(max - row.used, Math.max(1, Math.floor((max - row.used) / parts)))
    row.used += granted
    this.rows.set(id, row)
    return { granted, resetsInMs: row.resetsAt - this.now }
  }

  open = async (): Promise<void> => undefined
  close = async (): Promise<void> => undefined
}

const limiterOf = (store: Counter, parts = 8, onAway = (_error: unknown): void => undefined): Limiter =>
  createLimiter({ store, clock: () => store.now, parts, onAway })

async function allowedOf(limiter: Limiter, requests: number, who = 'ada'): Promise<number> {
  let allowed = 0
  for (let request = 0; request < requests; request++) if ((await limiter.spend(LIMIT, who)).allowed) allowed++
  return allowed
}

describe('one process', () => {
  test('allows as many as the limit says, to each, in each window', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    assert.equal(await allowedOf(limiter, 150), 100)
    assert.equal(await allowedOf(limiter, 150, 'bruno'), 100)
    store.now += 59_999
    assert.deepEqual(await limiter.spend(LIMIT, 'ada'), { allowed: false, retryAfter: 1 })
    store.now += 1
    assert.equal(await allowedOf(limiter, 150), 100)
  })

  test('says when to come again, in whole seconds', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    await allowedOf(limiter, 101)
    store.now += 17_500
    assert.deepEqual(await limiter.spend(LIMIT, 'ada'), { allowed: false, retryAfter: 43 })
  })

  test('asks a few times for a busy visitor, and no more once nothing is left', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    await allowedOf(limiter, 100)
    assert.ok(store.questions < 35, `${store.questions}`)
    await limiter.spend(LIMIT, 'ada')
    const asked = store.questions
    assert.equal(await allowedOf(limiter, 1_000), 0)
    assert.equal(store.questions, asked)
  })

  test('answers at once where it has something left', async () => {
    const limiter = limiterOf(new Counter())
    await limiter.spend(LIMIT, 'ada')
    assert.ok(!(limiter.spend(LIMIT, 'ada') instanceof Promise))
  })

  test('asks once for many requests at once', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    await Promise.all(Array.from({ length: 12 }, () => limiter.spend(LIMIT, 'ada')))
    assert.equal(store.questions, 1)
  })

  test('keeps limits of different names apart', async () => {
    const limiter = limiterOf(new Counter())
    await allowedOf(limiter, 100)
    assert.equal((await limiter.spend({ ...LIMIT, name: 'other' }, 'ada')).allowed, true)
  })

  test('forgets visitors rather than grow without end, and then still allows no more', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    assert.equal(await allowedOf(limiter, 90), 90)
    for (let visitor = 0; visitor < 60_000; visitor++) await limiter.spend(LIMIT, `visitor ${visitor}`)
    assert.ok((await allowedOf(limiter, 100)) <= 10)
  })
})

describe('several processes', () => {
  test('together never allow more, however requests fall on them and whatever they ask for at once', async () => {
    const steps = fc.array(
      fc.record({
        process: fc.nat(3),
        requests: fc.integer({ min: 1, max: 60 }),
        pause: fc.constantFrom(0, 0, 0, 100, 30_000, 60_000),
      }),
      { maxLength: 25 },
    )
    const property = fc.asyncProperty(steps, fc.constantFrom(1, 2, 8, 1_000_000), async (plan, parts) => {
      const store = new Counter()
      const limiters = Array.from({ length: 4 }, () => limiterOf(store, parts))
      const byWindow = new Map<number, number>()
      for (const { process, requests, pause } of plan) {
        store.now += pause
        const limiter = limiters[process]
        const all = await Promise.all(Array.from({ length: requests }, async () => (await limiter?.spend(LIMIT, 'ada'))?.allowed))
        const window = store.rows.get('test ada')?.resetsAt ?? 0
        byWindow.set(window, (byWindow.get(window) ?? 0) + all.filter(Boolean).length)
      }
      for (const allowed of byWindow.values()) assert.ok(allowed <= LIMIT.max, `${allowed} of ${LIMIT.max}`)
    })
    await fc.assert(property, { numRuns: 300 })
  })

  test('waste little when a visitor goes from one to another', async () => {
    const store = new Counter()
    const [first, second] = [limiterOf(store), limiterOf(store)]
    await first.spend(LIMIT, 'ada')
    assert.ok((await allowedOf(second, 200)) >= 87)
  })
})

describe('while Postgres is away', () => {
  test('a process counts for itself, and what it was given before counts too', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    assert.equal(await allowedOf(limiter, 30), 30)
    store.away = true
    assert.equal(await allowedOf(limiter, 200), 70)
    assert.equal(await allowedOf(limiter, 200, 'bruno'), 100)
    store.now += 60_000
    assert.equal(await allowedOf(limiter, 200), 100)
  })

  test('it is told, and not asked by every request', async () => {
    const store = new Counter()
    let told = 0
    const limiter = limiterOf(store, 8, () => told++)
    store.away = true
    for (let visitor = 0; visitor < 50; visitor++) await limiter.spend(LIMIT, `visitor ${visitor}`)
    assert.deepEqual([store.questions, told], [1, 1])
    store.now += 5_000
    for (const one of ['ada', 'bruno', 'chiara']) void limiter.spend(LIMIT, `another ${one}`)
    assert.equal(store.questions, 2, 'by one request')
    await new Promise(setImmediate)
    store.now += 5_000
    store.away = false
    await limiter.spend(LIMIT, 'another')
    assert.equal(store.rows.has('test another'), true, 'it is asked again')
  })

  test('who has used everything up stays refused until the window ends', async () => {
    const store = new Counter()
    const limiter = limiterOf(store)
    await allowedOf(limiter, 101)
    store.away = true
    assert.equal(await allowedOf(limiter, 50), 0)
  })
})
