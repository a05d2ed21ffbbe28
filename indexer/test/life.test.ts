import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import type { Snapshot } from '../src/status.ts'
import { startChain, type TestChain, untilTrue } from './support/chain.ts'
import {
  buyer,
  createDeal,
  type EndedDeals,
  PRICE,
  playEveryEnding,
  poorOperator,
  seller,
  type TestDeal,
} from './support/deals.ts'
import {
  allRows,
  createDatabases,
  query,
  spawnIndexer,
  startIndexer,
  stopDatabases,
  untilCaughtUp,
  variablesFor,
} from './support/indexer.ts'

let chain: TestChain
let databases: TestDatabase[]
let url: string
let deals: EndedDeals

before(async () => {
  ;[chain, databases] = await Promise.all([startChain(), createDatabases(2)])
  url = databases[0]?.indexerUrl ?? ''
  deals = await playEveryEnding(chain)
})
after(async () => {
  await stopDatabases(databases)
  await chain?.stop()
})

test('every ending of a deal comes out in its row, and no wei is lost', async () => {
  const indexer = startIndexer(variablesFor(chain, url))
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  assert.equal(indexer.status.snapshot().haltedDeals.length, 0)
  const rows = await query<{ id: string; state: string }>(url, 'select id, state from chain.deal')
  const states = Object.entries(deals).map(([kind, { id }]) => [kind, rows.find((row) => row.id === id)?.state])
  assert.deepEqual(Object.fromEntries(states), {
    ...{ released: 'completed', claimed: 'completed', settled: 'settled', ruled: 'resolved', awarded: 'resolved' },
    ...{ refunded: 'refunded', reclaimed: 'refunded', voided: undefined, shipped: 'shipped' },
    ...{ instalments: 'funded', givenUp: 'refunded', waiting: 'partlyFunded', splitEarly: 'settled' },
  })
  const sums = await query(
    url,
    `select count(*)::int as n from chain.deal
     where ended_at is not null and to_seller + to_buyer + operator_fee + arbiter_fee <> paid`,
  )
  assert.deepEqual(sums, [{ n: 0 }])
})

test('the row of a ruled deal holds the split, the times and the reasons', async () => {
  const [row] = await query(url, `select * from chain.deal where id = $1`, [deals.ruled.id])
  const fee = (PRICE * 500n) / 10_000n
  const pot = PRICE - fee
  const toBuyer = (pot * 2_500n) / 10_000n
  const operatorFee = ((pot - toBuyer) * 250n) / 10_000n
  assert.equal(row?.arbiter_fee, fee.toString())
  assert.equal(row?.to_buyer, toBuyer.toString())
  assert.equal(row?.operator_fee, operatorFee.toString())
  assert.equal(row?.to_seller, (pot - toBuyer - operatorFee).toString())
  assert.equal(row?.buyer_bps, 2_500)
  assert.equal(row?.disputed_by, buyer.toLowerCase())
  assert.ok(Number(row?.opened_at) < Number(row?.shipped_at))
  assert.ok(Number(row?.shipped_at) < Number(row?.disputed_at))
  assert.ok(Number(row?.disputed_at) < Number(row?.ended_at))
  assert.equal(row?.terms.price, PRICE.toString())
  assert.equal(row?.terms.seller, seller.toLowerCase())
})

test('a voided offer, a raised counter, credits and reviews have their rows', async () => {
  const voids = await query(url, 'select deal_id, maker from chain.offer_void')
  assert.deepEqual(voids, [{ deal_id: deals.voided.id, maker: seller.toLowerCase() }])
  const [counter, ...more] = await query(url, 'select maker, counter, voided_nonces from chain.counter')
  assert.deepEqual([counter?.maker, counter?.voided_nonces, more], [seller.toLowerCase(), [127], []], 'raised after nonce 2')
  assert.ok(BigInt(counter?.counter) > 0n)
  const reviews = await query(url, 'select author, score, commitment is null as direct from chain.review order by score')
  assert.deepEqual(reviews, [
    { author: seller.toLowerCase(), score: 2, direct: true },
    { author: buyer.toLowerCase(), score: 3, direct: true },
    { author: buyer.toLowerCase(), score: 5, direct: false },
    { author: seller.toLowerCase(), score: null, direct: false },
  ])
  const operator = poorOperator(chain).address.toLowerCase()
  const [credit] = await query(url, 'select amount from chain.credit where account = $1', [operator])
  const since = 'select to_jsonb(array_agg(name order by block_number, log_index)) names from chain.event where name = any($1)'
  const [{ names }] = (await query<{ names: string[] }>(url, since, [['Credited', 'Withdrawn']])) as [{ names: string[] }]
  assert.ok(names.includes('Withdrawn') && names.at(-1) === 'Credited', 'the operator earned again after withdrawing')
  assert.ok(BigInt(credit?.amount) > 0n)
})

test('the money of instalments and the fees that wait have their columns', async () => {
  const of = async (deal: TestDeal) => (await query(url, 'select * from chain.deal where id = $1', [deal.id]))[0]
  assert.deepEqual([(await of(deals.waiting))?.paid, (await of(deals.waiting))?.funded_at], [String(PRICE / 2n), null])
  const paid = await of(deals.instalments)
  assert.deepEqual([paid?.paid, paid?.deposit_bps, paid?.funding_seconds], [String(PRICE), 1_000, '172800'])
  assert.ok(Number(paid?.funded_at) >= Number(paid?.opened_at))
  const collected = ['released', 'settled', 'ruled', 'claimed'] as const
  for (const kind of collected) assert.ok((await of(deals[kind]))?.fees_collected_at, kind)
  const [awarded, refunded] = [await of(deals.awarded), await of(deals.refunded)]
  assert.deepEqual([awarded?.fees_due, awarded?.fees_collected_at, refunded?.fees_due], [true, null, false])
})

test('a new event is announced on fairhold_live together with its rows', async () => {
  const indexer = startIndexer(variablesFor(chain, url))
  await untilCaughtUp(indexer, chain)
  const listener = new pg.Client({ connectionString: url })
  await listener.connect()
  const heard: { kind: string; dealId?: string; accounts: string[] }[] = []
  listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')))
  await listener.query('listen fairhold_live')
  const deal = await createDeal(chain)
  await chain.mine(deal.open())
  await untilTrue(() => heard.some(({ kind, dealId }) => kind === 'deal' && dealId === deal.id))
  const { rows } = await listener.query('select state from chain.deal where id = $1', [deal.id])
  assert.equal(rows[0]?.state, 'funded')
  assert.ok(heard.find(({ dealId }) => dealId === deal.id)?.accounts.includes(seller.toLowerCase()))
  await listener.end()
  await indexer.stop()
})

test('after a restart it goes on from the checkpoint, and a fresh index gives the same rows', async () => {
  const deal = await createDeal(chain)
  await chain.mine(deal.open())
  const [outboxBefore] = await query<{ n: number }>(url, 'select count(*)::int as n from bus.outbox')
  const indexer = startIndexer(variablesFor(chain, url))
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  assert.equal(indexer.status.counters.get('events'), 1, 'only the new event was read')
  assert.equal((await query(url, 'select 1 from bus.outbox')).length, (outboxBefore?.n ?? 0) + 1)
  const other = databases[1]?.indexerUrl ?? ''
  const fresh = startIndexer(variablesFor(chain, other))
  await untilCaughtUp(fresh, chain)
  await fresh.stop()
  assert.deepEqual(await allRows(url), await allRows(other))
})

test('the process answers /health, /ready and /metrics and ends with success on SIGTERM', async () => {
  const indexer = await spawnIndexer(variablesFor(chain, url))
  await untilTrue(indexer.isReady)
  assert.equal((await fetch(`${indexer.url}/health`)).status, 200)
  const { chains } = (await (await fetch(`${indexer.url}/ready`)).json()) as { chains: Snapshot[] }
  assert.deepEqual(
    chains.map((one) => [one.chain, one.role, one.lagBlocks, one.head?.hash]),
    [['eip155:31337', 'writer', 0, (await chain.client.getBlock()).hash]],
  )
  const metrics = await (await fetch(`${indexer.url}/metrics`)).text()
  assert.match(metrics, /^fairhold_indexer_ready\{chain="eip155:31337"\} 1$/m)
  assert.match(metrics, /^fairhold_indexer_rpc_requests_total\{chain="eip155:31337",method="eth_chainId"\} [1-9]/m)
  assert.equal(await indexer.kill('SIGTERM'), 0)
})
