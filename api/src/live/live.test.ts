import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import WebSocket from 'ws'
import { untilTrue } from '../../test/support/chain.ts'
import { writeEvents } from '../../test/support/events.ts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { buyer, insertDeal, seller, someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { notifyPeople, wakeWorker } from '../http/notify.ts'
import { type LiveMessage, liveMessageShape } from './contract.ts'

let market: Market
let url: string
before(async () => {
  market = await startMarket()
  const address = await market.app.listen({ port: 0, host: '127.0.0.1' })
  url = `${address.replace('http', 'ws')}/v1/live`
})
after(() => market?.stop())

interface Page {
  socket: WebSocket
  messages: LiveMessage[]
  closed: () => number | undefined
  /** Subscribes, and waits until the server has read it. */
  subscribe: (topics: string[], lastId?: number, lastSeq?: number) => Promise<void>
}

async function openPage(origin = ORIGIN): Promise<Page> {
  const socket = new WebSocket(url, { origin })
  const messages: LiveMessage[] = []
  let code: number | undefined
  socket.on('message', (data) => messages.push(liveMessageShape.parse(JSON.parse(String(data)))))
  socket.on('close', (given) => {
    code = given
  })
  await untilTrue(() => messages.length > 0 || code !== undefined)
  const subscribe = async (topics: string[], lastId?: number, lastSeq?: number) => {
    socket.send(JSON.stringify({ subscribe: topics, lastId, lastSeq }))
    await new Promise((resolve) => {
      socket.once('pong', resolve)
      socket.ping()
    })
  }
  return { socket, messages, closed: () => code, subscribe }
}

const listingsTo = ({ messages }: Page) =>
  messages.flatMap((message) => (message.type === 'listing' ? [[message.listingId, message.change]] : []))

/** Waits until the api has heard all that was written: nothing of it is on its way to a page that comes now. */
async function allHeard(): Promise<void> {
  const [page, topic] = [await openPage(), someHash().slice(2, 34)]
  await page.subscribe([`inbox:${topic}`])
  await market.indexer.query("SELECT pg_notify('fairhold_live', $1)", [JSON.stringify({ kind: 'alert', topic })])
  await untilTrue(() => page.messages.some(({ type }) => type === 'alert'))
  page.socket.close()
}

async function announce(dealId: string | null, accounts: string[], kind = 'deal.shipped'): Promise<number> {
  const [position] = await writeEvents(market.indexer, [{ dealId, accounts, kind }])
  return position ?? 0
}

describe('the live connection', () => {
  test('says hello with the last number there is', async () => {
    const id = await announce(someHash(), [])
    const { messages, socket } = await openPage()
    assert.deepEqual(messages, [{ type: 'hello', lastId: id, lastSeq: 0 }])
    socket.close()
  })

  test('tells of a deal whoever asked for it, its account or the market, and nobody else', async () => {
    const dealId = someHash()
    const pages = await Promise.all([openPage(), openPage(), openPage(), openPage()])
    const [ofDeal, ofAccount, ofMarket, ofOther] = pages as [Page, Page, Page, Page]
    await ofDeal.subscribe([`deal:${dealId}`])
    await ofAccount.subscribe([`account:${buyer}`])
    await ofMarket.subscribe(['market'])
    await ofOther.subscribe([`deal:${someHash()}`, `account:0x${'77'.repeat(20)}`])
    const id = await announce(dealId, [buyer, seller])
    await untilTrue(() => [ofDeal, ofAccount, ofMarket].every(({ messages }) => messages.length > 1))
    assert.deepEqual(ofDeal.messages.at(-1), { type: 'deal', id, dealId, accounts: [buyer, seller], block: 7 })
    assert.equal(ofOther.messages.length, 1)
    for (const { socket } of pages) socket.close()
  })

  test('tells of listings that are published', async () => {
    const page = await openPage()
    await page.subscribe(['market'])
    const listingId = await insertSomeListing(market.context, ada)
    await untilTrue(() => page.messages.some((message) => message.type === 'listing' && message.listingId === listingId))
    const told = page.messages.find((message) => message.type === 'listing')
    assert.equal(told?.type === 'listing' && told.change, 'new')
    page.socket.close()
  })

  test('tells a page that was away, or was made before it was connected, which listings came and went', async () => {
    const { body: position } = await new Visitor(market.app).get('/v1/live/position')
    const ids = [await insertSomeListing(market.context, ada), await insertSomeListing(market.context, ada)]
    const seller = await signedIn(market.app, ada)
    assert.equal((await seller.send('DELETE', `/v1/listings/${ids[0]}`)).status, 204)
    await allHeard()
    const page = await openPage()
    await page.subscribe(['market'], position.lastId, position.lastSeq)
    await untilTrue(() => listingsTo(page).length >= 3)
    assert.deepEqual(listingsTo(page), [
      [ids[0], 'new'],
      [ids[1], 'new'],
      [ids[0], 'gone'],
    ])
    const hello = page.messages[0]
    const again = await openPage()
    await again.subscribe(['market'], position.lastId, hello?.type === 'hello' ? hello.lastSeq : -1)
    const other = await openPage()
    await other.subscribe([`account:0x${'12'.repeat(20)}`], position.lastId, position.lastSeq)
    assert.deepEqual([listingsTo(again), listingsTo(other)], [[], []])
    for (const { socket } of [page, again, other]) socket.close()
  })

  test('loses no listing whose transaction began before another and ended after it', async () => {
    const slow = new pg.Client({ connectionString: market.context.env.databaseUrl })
    await slow.connect()
    const late = someHash()
    try {
      await slow.query('BEGIN')
      await slow.query(`INSERT INTO app.listing_event (listing_id, change) VALUES ($1, 'new')`, [late])
      const listingId = await insertSomeListing(market.context, ada)
      const { body: position } = await new Visitor(market.app).get('/v1/live/position')
      await slow.query('COMMIT')
      const page = await openPage()
      await page.subscribe(['market'], position.lastId, position.lastSeq)
      await untilTrue(() => listingsTo(page).length > 0)
      assert.deepEqual(listingsTo(page), [[late, 'new']])
      assert.notEqual(listingId, late)
      page.socket.close()
    } finally {
      await slow.end()
    }
  })

  test('tells a page to look at the whole market where it missed very much, or its number is of another database', async () => {
    const { body: position } = await new Visitor(market.app).get('/v1/live/position')
    await market.context.db.$executeRaw`
      INSERT INTO app.listing_event (listing_id, change) SELECT 'listing ' || n, 'new' FROM generate_series(1, 300) n`
    for (const lastSeq of [position.lastSeq, position.lastSeq + 9_000]) {
      const page = await openPage()
      await page.subscribe(['market'], position.lastId, lastSeq)
      await untilTrue(() => page.messages.length > 1)
      assert.deepEqual(page.messages.slice(1), [{ type: 'listing' }])
      page.socket.close()
    }
  })

  test('tells what is for one account alone only who knows the secret of its inbox', async () => {
    const { body } = await (await signedIn(market.app, dmitri)).get('/v1/alerts/inbox')
    const secret: string = body.topic
    const [mine, curious] = [await openPage(), await openPage()]
    await mine.subscribe([`inbox:${secret}`])
    await curious.subscribe([`account:${buyer}`, 'market', `inbox:${'cd'.repeat(16)}`])
    await wakeWorker(market.context.db)
    await notifyPeople(market.context.db, 'offers', [buyer, seller])
    await untilTrue(() => mine.messages.length > 1)
    assert.deepEqual(mine.messages.slice(1), [{ type: 'alert', topic: secret, about: 'offers' }])
    assert.equal(curious.messages.length, 1)
    for (const { socket } of [mine, curious]) socket.close()
  })

  test('tells of what the parties write on the pages of the deal alone, with a number that loses nothing', async () => {
    const dealId = await insertDeal(market.indexer, market.context)
    const last = await announce(someHash(), [])
    const [page, curious] = [await openPage(), await openPage()]
    await page.subscribe([`deal:${dealId}`])
    await curious.subscribe(['market', `account:${seller}`, `account:${buyer}`])
    const visitor = await signedIn(market.app, dmitri)
    await visitor.send('PUT', `/v1/deals/${dealId}/shipping-address`, { text: 'Mill lane 4' })
    await untilTrue(() => page.messages.length > 1)
    assert.deepEqual(page.messages.at(-1), { type: 'deal', id: last, dealId, accounts: [buyer, seller], block: 0 })
    assert.equal(curious.messages.length, 1)
    for (const { socket } of [page, curious]) socket.close()
  })

  test('tells a page that was away what it missed, for its topics', async () => {
    const dealId = someHash()
    const before = await announce(someHash(), [])
    const missed = [await announce(dealId, []), await announce(dealId, [], 'review.committed')]
    await announce(someHash(), [])
    await allHeard()
    const page = await openPage()
    await page.subscribe([`deal:${dealId}`], before)
    await untilTrue(() => page.messages.length >= 3)
    assert.deepEqual(
      page.messages.slice(1).map((message) => 'id' in message && message.id),
      missed,
    )
    page.socket.close()
  })

  test('tells of offers that were voided and of reorganisations, and not of credits, to a page that was away', async () => {
    const before = await announce(someHash(), [])
    const present = await openPage()
    await present.subscribe(['market'])
    await writeEvents(market.indexer, [
      { kind: 'maker.allOffersVoided', dealId: null, accounts: [seller] },
      { kind: 'credit.credited', dealId: someHash() },
      { kind: 'credit.withdrawn', dealId: null },
      { kind: 'chain.reorg', dealId: null, block: 5 },
      { kind: 'deal.shipped', dealId: someHash(), retracted: true },
    ])
    // Who was there has heard it all: no notice of it is still on its way to the page that comes now.
    await untilTrue(() => present.messages.length >= 4)
    present.socket.close()
    const page = await openPage()
    await page.subscribe(['market'], before)
    await untilTrue(() => page.messages.length >= 4)
    assert.deepEqual(
      page.messages.slice(1).map(({ type }) => type),
      ['listing', 'reorg', 'deal'],
    )
    page.socket.close()
  })

  test('tells a page that missed too much to look at everything', async () => {
    const before = await announce(someHash(), [])
    await writeEvents(
      market.indexer,
      Array.from({ length: 600 }, () => ({ dealId: someHash() })),
    )
    await allHeard()
    const page = await openPage()
    await page.subscribe(['market'], before)
    await untilTrue(() => page.messages.length > 1)
    assert.deepEqual([page.messages.length, page.messages.at(-1)?.type], [2, 'reorg'])
    page.socket.close()
  })

  test('tells a page to look at everything where what it missed is kept no more, or its number is of another database', async () => {
    const [first, second, third] = await writeEvents(
      market.indexer,
      Array.from({ length: 3 }, () => ({ dealId: someHash() })),
    )
    await market.context.db.$executeRaw`DELETE FROM bus.outbox WHERE position <= ${second}`
    await allHeard()
    const answers = []
    for (const lastId of [first, second, (third ?? 0) + 1]) {
      const page = await openPage()
      await page.subscribe(['market'], lastId)
      await untilTrue(() => page.messages.length > 1)
      answers.push(page.messages.slice(1).map(({ type }) => type))
      page.socket.close()
    }
    assert.deepEqual(answers, [['reorg'], ['deal'], ['reorg']])
  })

  test('goes on after its connection to Postgres broke, and says what came in between', async () => {
    const dealId = someHash()
    const page = await openPage()
    await page.subscribe([`deal:${dealId}`])
    await market.context.db.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND usename = current_user AND pid <> pg_backend_pid()`
    const between = await announce(dealId, [])
    await untilTrue(() => page.messages.some((message) => 'id' in message && message.id === between))
    const later = await announce(dealId, [])
    await untilTrue(() => page.messages.some((message) => 'id' in message && message.id === later))
    page.socket.close()
  })

  test('takes a notice that is none without harm', async () => {
    await market.indexer.query("SELECT pg_notify('fairhold_live', 'not json'), pg_notify('fairhold_live', '{\"kind\":\"deal\"}')")
    const page = await openPage()
    await page.subscribe(['market'])
    await announce(someHash(), [])
    await untilTrue(() => page.messages.length > 1)
    page.socket.close()
  })

  test('is closed to who asks without an end, and to a network with very many pages', async () => {
    const page = await openPage()
    for (let asked = 0; asked < 21; asked += 1) page.socket.send('{"subscribe":["market"],"lastId":0}')
    await untilTrue(() => page.closed() !== undefined)
    assert.equal(page.closed(), 1008)
    const many = await Promise.all(Array.from({ length: 110 }, () => openPage()))
    const refused = many.filter(({ closed }) => closed() !== undefined)
    assert.ok(refused.length >= 10 && refused.every(({ closed }) => closed() === 1013), String(refused.length))
    for (const { socket } of many) socket.close()
    await untilTrue(() => many.every(({ closed }) => closed() !== undefined))
    const next = await openPage()
    assert.equal(next.messages[0]?.type, 'hello')
    next.socket.close()
  })

  test('is closed to other sites, and to who does not speak its language', async () => {
    assert.equal((await openPage('https://evil.example')).closed(), 1008)
    for (const text of ['hello', '{"subscribe":["everything"]}', '{"subscribe":"market"}']) {
      const page = await openPage()
      page.socket.send(text)
      await untilTrue(() => page.closed() !== undefined)
      assert.equal(page.closed(), 1007)
    }
  })
})
