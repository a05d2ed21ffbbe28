import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { pino } from 'pino'
import { type Market, startMarket } from '../../test/support/market.ts'
import { Visitor } from '../../test/support/visitor.ts'
import { closeContext, createContext } from '../context.ts'
import { createRunner } from '../jobs/loop.ts'
import { fixed } from './fixed.ts'
import { ratesJob } from './job.ts'
import { rangesInTokens } from './service.ts'
import type { Quote, RateSource } from './source.ts'

const MINUTE = 60_000
const quiet = pino({ level: 'silent' })
const T = 10n ** 12n

let market: Market
let eth: string
let dollars: string
before(async () => {
  market = await startMarket()
  const [one, two] = market.context.deployment.tokens
  eth = one?.address.toLowerCase() ?? ''
  dollars = two?.address.toLowerCase() ?? ''
})
after(() => market?.stop())
beforeEach(async () => {
  await market.context.db.$executeRaw`TRUNCATE app.rate`.catch(() => market.context.db.rate.deleteMany())
  await market.context.db.rateSource.deleteMany()
})

const source = (ask: RateSource['ask'], name = 'test'): RateSource => ({ name, everyMs: 2 * MINUTE, ask })
const run = (sources: RateSource[], now: () => number = Date.now, context = market.context) => {
  const runner = createRunner(ratesJob(context, sources, now), quiet)
  return (at = now()) => runner(at)
}
const get = async () => (await new Visitor(market.app).get('/v1/rates')).body

describe('rates', () => {
  test('are told with their time and who says so', async () => {
    const asOf = new Date(Date.now() - 5 * MINUTE)
    await run([
      source(async () => [
        { asset: eth, worth: 2_500n * T, asOf },
        { asset: 'EUR', worth: (11n * T) / 10n, asOf },
      ]),
    ])()
    assert.deepEqual(await get(), {
      reference: 'USD',
      worthDecimals: 12,
      rates: [
        { asset: eth, worth: '2500000000000000', asOf: asOf.toISOString(), source: 'test' },
        { asset: 'EUR', worth: '1100000000000', asOf: asOf.toISOString(), source: 'test' },
      ],
    })
  })

  test('of the local chain cover every token and every currency, and say that they are fixed', async () => {
    await run([fixed(market.context.deployment.tokens, Date.now)])()
    const { rates } = await get()
    assert.equal(rates.length, 31)
    assert.ok(rates.every(({ source: name }: { source: string }) => name === 'fixed'))
  })

  test('are not told once they are a week old, nor of what this market does not know', async () => {
    const asOf = new Date(Date.now() - 6 * 24 * 60 * MINUTE)
    await run([
      source(async () => [
        { asset: eth, worth: T, asOf },
        { asset: `0x${'12'.repeat(20)}`, worth: T, asOf },
      ]),
    ])()
    assert.deepEqual(
      (await get()).rates.map(({ asset }: { asset: string }) => asset),
      [eth],
    )
    await market.context.db.rate.updateMany({ data: { asOf: new Date(Date.now() - 8 * 24 * 60 * MINUTE) } })
    assert.deepEqual((await get()).rates, [])
  })

  test('stay as they were while a source is away or talks nonsense, and the reason is kept', async () => {
    let clock = Date.now()
    const now = () => clock
    let answer: () => Promise<Quote[]> = async () => [{ asset: eth, worth: 2_500n * T, asOf: new Date(clock) }]
    const worker = run([source(() => answer())], now)
    await worker()
    const problemAfter = async (next: typeof answer) => {
      clock += 20 * MINUTE
      answer = next
      await worker(clock)
      const { problem } = await market.context.db.rateSource.findUniqueOrThrow({ where: { name: 'test' } })
      return problem
    }
    assert.match((await problemAfter(async () => Promise.reject(new Error('no answer in time')))) ?? '', /no answer in time/)
    assert.match((await problemAfter(async () => [])) ?? '', /none in the answer/)
    assert.match(
      (await problemAfter(async () => [{ asset: eth, worth: 25n * T, asOf: new Date(clock) }])) ?? '',
      /far from the last/,
    )
    assert.equal((await get()).rates[0].worth, String(2_500n * T))
    assert.equal(await problemAfter(async () => [{ asset: eth, worth: 2_600n * T, asOf: new Date(clock) }]), null)
    assert.equal((await get()).rates[0].worth, String(2_600n * T))
  })

  test('follow a jump that is said again and again for an hour', async () => {
    let clock = Date.now()
    let worth = 2_500n * T
    const worker = run([source(async () => [{ asset: eth, worth, asOf: new Date() }])], () => clock)
    await worker(clock)
    worth = 1_000n * T
    const seen: string[] = []
    for (let minutes = 0; minutes <= 80; minutes += 20) {
      clock += 20 * MINUTE
      await worker(clock)
      seen.push((await get()).rates[0].worth)
    }
    assert.deepEqual(seen, [...Array(3).fill(String(2_500n * T)), ...Array(2).fill(String(worth))])
  })

  test('are asked for by one of several workers at a time', async () => {
    let asked = 0
    const slow = source(async () => {
      asked += 1
      return [{ asset: eth, worth: T, asOf: new Date() }]
    })
    const others = [createContext(market.context.env), createContext(market.context.env)]
    try {
      let clock = Date.now()
      const workers = [market.context, ...others].map((context) => run([slow], () => clock, context))
      for (let round = 1; round <= 5; round += 1) {
        await Promise.all(workers.map((worker) => worker(clock)))
        assert.equal(asked, round)
        clock += 10 * MINUTE
      }
    } finally {
      await Promise.all(others.map(closeContext))
    }
  })

  test('turn a range of prices in a currency into one of each token that has a rate', async () => {
    const asOf = new Date()
    await run([
      source(async () => [
        { asset: eth, worth: 2_000n * T, asOf },
        { asset: 'EUR', worth: (5n * T) / 4n, asOf },
      ]),
    ])()
    const { context } = market
    assert.deepEqual((await rangesInTokens(context, 'EUR'))({ min: 10_000n, max: 20_000n }), [
      { token: eth, min: 62_500_000_000_000_000n, max: 125_000_000_000_000_000n },
    ])
    assert.deepEqual((await rangesInTokens(context, 'USD'))({ max: 1n }), [
      { token: eth, min: undefined, max: 5_000_000_000_000n },
    ])
    assert.deepEqual((await rangesInTokens(context, 'GBP'))({ max: 1n }), [], 'no rate, no range')
    assert.ok(dollars)
  })
})
