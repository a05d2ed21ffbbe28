/**
 * `npm run bench:limits`: what counting costs a request, asking Postgres for each one, and taking parts of an allowance at once.
 * On a durable Postgres of its own; 20 requests under way at any time, by few busy visitors and by many quiet ones.
 */
import { roleUrls } from '@fairhold/db/roles'
import { createLimitStore, type Limit } from '../../api/src/http/limit-store.ts'
import { createLimiter } from '../../api/src/http/limiter.ts'
import { startServer } from './database.ts'

const REQUESTS = 20_000
const AT_ONCE = 20
const WINDOW_MS = 60_000
const ways = {
  'a question for each request': 1_000_000,
  'an eighth of what is left at once': 8,
  'a half of what is left at once': 2,
}
const crowds = { 'busy visitors, 400 requests each': 50, 'quiet visitors, 10 requests each': 2_000 }

interface Figures {
  times: number[]
  questions: number
  seconds: number
}

async function measure(
  databaseUrl: string,
  name: string,
  { parts, visitors }: { parts: number; visitors: number },
): Promise<Figures> {
  const store = createLimitStore(databaseUrl)
  const figures: Figures = { times: [], questions: 0, seconds: 0 }
  const take: typeof store.take = (...question) => {
    figures.questions++
    return store.take(...question)
  }
  const limiter = createLimiter({
    ...{ store: { ...store, take }, clock: () => performance.now(), parts },
    onAway: (error) => {
      throw error
    },
  })
  const limit: Limit = { name, max: 900, windowMs: WINDOW_MS }
  const began = performance.now()
  let request = 0
  const visitor = async (): Promise<void> => {
    for (let number = request++; number < REQUESTS; number = request++) {
      const start = performance.now()
      await limiter.spend(limit, `203.0.113.${number % visitors}`)
      figures.times.push(performance.now() - start)
      await new Promise((done) => setImmediate(done))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, visitor))
  figures.seconds = (performance.now() - began) / 1000
  await store.close()
  return figures
}

const server = await startServer()
try {
  const database = await server.create('limits')
  await database.migrated()
  const { api } = roleUrls(database.adminUrl, 'bench')
  await measure(api, 'warm-up', { parts: 8, visitors: 10 })
  for (const [crowd, visitors] of Object.entries(crowds)) {
    console.log(`\n${crowd}: ${REQUESTS} requests, ${AT_ONCE} at once, in ms`)
    for (const [way, parts] of Object.entries(ways)) {
      const { times, questions, seconds } = await measure(api, `${crowd} ${way}`, { parts, visitors })
      times.sort((a, b) => a - b)
      const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(3).padStart(8)
      const asked = `${questions} questions, ${Math.round(REQUESTS / seconds)} requests/s`
      console.log(`${way.padEnd(36)} p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  ${asked}`)
    }
  }
} finally {
  await server.stop()
}
