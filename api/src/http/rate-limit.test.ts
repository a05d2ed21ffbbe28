import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ada } from '@fairhold/protocol/dev-accounts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { startProxy } from '../../test/support/proxy.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { buildApp } from '../app.ts'
import { createContext } from '../context.ts'
import { readEnv } from '../env.ts'
import { sweepJob } from '../jobs/sweeper.ts'
import { createLimitStore } from './limit-store.ts'

const SCRIPT = join(import.meta.dirname, '../../test/support/limits-process.ts')

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())

const variables = (): Record<string, string> => ({
  API_DATABASE_URL: market.context.env.databaseUrl,
  RPC_URL: market.context.env.rpcUrl,
  DATA_DIR: market.context.env.dataDir,
  PUBLIC_ORIGIN: ORIGIN,
  LOG_LEVEL: 'silent',
})

describe('over two processes', () => {
  const processes: ChildProcess[] = []
  const ports: string[] = []
  before(async () => {
    for (let number = 0; number < 2; number++) {
      const child = spawn(process.execPath, [SCRIPT], { env: { PATH: '', ...variables() }, stdio: ['ignore', 'pipe', 'inherit'] })
      processes.push(child)
      const [chunk] = await once(child.stdout, 'data')
      ports.push(String(chunk).trim())
    }
  })
  after(async () => {
    for (const child of processes) {
      const gone = once(child, 'close')
      child.kill('SIGKILL')
      await gone
    }
  })

  const ask = async (number: number, path: string, init: RequestInit): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${ports[number % 2]}${path}`, init)
    await answer.arrayBuffer()
    return answer.status
  }
  /** All at once, every other to the same process. */
  const allowedOf = async (requests: number, path: string, init: (number: number) => RequestInit): Promise<number> => {
    const all = await Promise.all(Array.from({ length: requests }, (_, number) => ask(number, path, init(number))))
    assert.ok(
      all.every((status) => status === 200 || status === 429),
      [...new Set(all)].join(),
    )
    return all.filter((status) => status === 200).length
  }

  test('one network may ask as often as over one, by many requests at once', async () => {
    const allowed = await allowedOf(1_300, '/health', () => ({ headers: { 'x-forwarded-for': '203.0.113.20' } }))
    assert.ok(allowed <= 900, `${allowed} were allowed`)
    assert.ok(allowed >= 780, `only ${allowed} were allowed`) // what one process holds when the other has nothing left
  })

  test('one IPv6 network is one visitor, whichever of its addresses it uses', async () => {
    const allowed = await allowedOf(200, '/v1/identity/nonce', (number) => ({
      method: 'POST',
      headers: { 'x-forwarded-for': `2001:db8:7:7:${number.toString(16)}::${number.toString(16)}` },
    }))
    assert.ok(allowed <= 60 && allowed >= 50, `${allowed} were allowed`)
    const elsewhere = { method: 'POST', headers: { 'x-forwarded-for': '2001:db8:7:8::1' } }
    assert.equal(await ask(0, '/v1/identity/nonce', elsewhere), 200)
  })

  test('one session may ask as often as over one, from however many networks, and does not keep others of the account from it', async () => {
    const cookieOf = ({ cookies }: Visitor) =>
      Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; ')
    const [stolen, own] = [await signedIn(market.app, ada), await signedIn(market.app, ada)]
    const cookie = cookieOf(stolen)
    const allowed = await allowedOf(900, '/health', (number) => ({
      headers: { cookie, 'x-forwarded-for': `198.51.${number % 100}.${number % 250}` },
    }))
    assert.ok(allowed <= 600 && allowed >= 520, `${allowed} were allowed`)
    const other = { headers: { cookie: cookieOf(own), 'x-forwarded-for': '198.51.200.7' } }
    assert.equal(await allowedOf(200, '/health', () => other), 200, 'the person can still end what was stolen')
  })
})

describe('the store', () => {
  test('hands out the allowance to many at once, no more and nothing lost', async () => {
    const stores = Array.from({ length: 4 }, () => createLimitStore(market.context.env.databaseUrl))
    const limit = { name: 'store', max: 500, windowMs: 60_000 }
    const slices = await Promise.all(Array.from({ length: 120 }, (_, number) => stores[number % 4]?.take('k', limit, 8)))
    assert.equal(
      slices.reduce((sum, slice) => sum + (slice?.granted ?? 0), 0),
      500,
    )
    assert.ok(slices.every((slice) => slice && slice.resetsInMs > 0 && slice.resetsInMs < 65_000)) // from when each asked, some before the window began
    await Promise.all(stores.map((store) => store.close()))
  })

  test('begins anew when the window is over', async () => {
    const store = createLimitStore(market.context.env.databaseUrl)
    const limit = { name: 'window', max: 2, windowMs: 60_000 }
    for (const granted of [1, 1, 0, 0]) assert.equal((await store.take('k', limit, 2)).granted, granted)
    await market.context.db.$executeRaw`UPDATE app.rate_limit SET resets_at = now() WHERE key = 'window k'`
    const { granted, resetsInMs } = await store.take('k', limit, 2)
    assert.equal(granted, 1)
    assert.ok(resetsInMs > 59_000)
    await store.close()
  })

  test('has no rows for ever', async () => {
    await market.context.db.$executeRaw`UPDATE app.rate_limit SET resets_at = now() - interval '1 second'`
    await sweepJob(market.context, Date.now).work('app')
    assert.equal(await market.context.db.rateLimit.count(), 0)
  })
})

describe('the visitor’s address', () => {
  const nonce = (app: Market['app'], forwarded: string | undefined, remoteAddress: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/identity/nonce',
      remoteAddress,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    })
  const refusedOf = async (requests: number, one: (number: number) => ReturnType<typeof nonce>): Promise<number> => {
    let refused = 0
    for (let number = 0; number < requests; number++) if ((await one(number)).statusCode === 429) refused++
    return refused
  }

  test('is not what a visitor says who is no proxy', async () => {
    assert.equal(await refusedOf(62, (number) => nonce(market.app, `10.9.0.${number}`, '192.0.2.33')), 2)
  })

  test('is what stands before the last proxy, whatever stands before that', async () => {
    const env = readEnv({ ...variables(), TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' })
    const context = createContext(env)
    const app = await buildApp(context)
    try {
      assert.equal(await refusedOf(62, (number) => nonce(app, `1.2.3.${number}, 192.0.2.44, 10.0.0.${number}`, '127.0.0.1')), 2)
      assert.equal((await nonce(app, '192.0.2.44', '10.0.0.7')).statusCode, 429)
      assert.equal(await refusedOf(70, () => nonce(app, undefined, '10.0.0.7')), 0, 'the dApp’s own server')
      assert.equal(await refusedOf(61, () => nonce(app, undefined, '192.0.2.45')), 1, 'a visitor without a proxy')
    } finally {
      await app.close()
      await context.db.$disconnect()
    }
  })
})

describe('while Postgres is away', () => {
  test('what needs no database is answered, and each process counts for itself', async () => {
    const url = new URL(market.context.env.databaseUrl)
    const proxy = await startProxy(Number(url.port))
    url.port = new URL(proxy.url).port
    const context = createContext(readEnv({ ...variables(), API_DATABASE_URL: url.href }))
    const app = await buildApp(context)
    const health = () => app.inject({ url: '/health', headers: { 'x-forwarded-for': '192.0.2.60' } })
    try {
      assert.equal((await health()).statusCode, 200)
      proxy.swallow(true) // it does not even say no
      const began = performance.now()
      const statuses: number[] = []
      for (let number = 0; number < 905; number++) statuses.push((await health()).statusCode)
      assert.equal(statuses.filter((status) => status === 200).length, 899)
      assert.ok(performance.now() - began < 10_000, 'requests wait for half a second once in a while, not each')
      const other = () => app.inject({ url: '/health', headers: { 'x-forwarded-for': '192.0.2.61' } })
      await proxy.close()
      assert.equal((await other()).statusCode, 200)
      const visitor = new Visitor(app)
      assert.equal((await visitor.send('POST', '/v1/identity/nonce', undefined, { 'x-forwarded-for': '192.0.2.62' })).status, 503)
    } finally {
      await app.close()
      await context.db.$disconnect()
      await proxy.close().catch(() => undefined)
    }
  })
})
