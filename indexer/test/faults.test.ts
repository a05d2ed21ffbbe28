import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@fairhold/db/testing'
import { parseEnv } from '../src/env.ts'
import { verify } from '../src/verify.ts'
import { startChain, type TestChain, untilTrue } from './support/chain.ts'
import { createDeal, type EndedDeals, playEveryEnding } from './support/deals.ts'
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
import { startProxy } from './support/proxy.ts'

let chain: TestChain
let databases: TestDatabase[]
let deals: EndedDeals
const urlOf = (database: number): string => databases[database]?.indexerUrl ?? ''

before(async () => {
  ;[chain, databases] = await Promise.all([startChain(), createDatabases(7)])
  deals = await playEveryEnding(chain)
  await chain.mineEmpty(300)
  const last = await Promise.all(Array.from({ length: 20 }, () => createDeal(chain)))
  for (const deal of last) await chain.mine(deal.open())
  await bringReferenceUpToDate()
})
after(async () => {
  await stopDatabases(databases)
  await chain?.stop()
})

test('kill -9 in the middle of a backfill loses nothing and repeats nothing', async () => {
  const variables = variablesFor(chain, urlOf(1), { INDEXER_MAX_RANGE: '3' })
  for (const height of [20, 120, 220]) {
    const indexer = await spawnIndexer(variables)
    await untilTrue(async () => Number((await query(urlOf(1), 'select max(number) as n from chain.block'))[0]?.n ?? 0) > height)
    await indexer.kill('SIGKILL')
  }
  const [{ n }] = (await query<{ n: string }>(urlOf(1), 'select max(number) as n from chain.block')) as [{ n: string }]
  assert.ok(Number(n) < (await chain.client.getBlock()).number, 'it was killed before it was done')
  const indexer = startIndexer(variables)
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  await assertSameAsReference(1)
  const outbox = 'select count(*)::int as n from bus.outbox'
  assert.deepEqual(await query(urlOf(1), outbox), await query(urlOf(0), outbox))
})

test('a node that once leaves out the logs of a range is caught by the bloom', async () => {
  let lies = 0
  const proxy = await startProxy(chain.url, (call, answer) => {
    const isRange = call.method === 'eth_getLogs' && JSON.stringify(call.params).includes('fromBlock')
    return isRange && lies++ === 0 ? { ...answer, result: [] } : answer
  })
  const indexer = startIndexer(variablesFor(chain, urlOf(2), { RPC_URL: proxy.url }))
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  await proxy.stop()
  assert.ok(lies > 0)
  assert.ok((indexer.status.counters.get('withheldLogs') ?? 0) > 0)
  await assertSameAsReference(2)
})

test('logs of a block that is not the one asked about are refused, and asked for again', async () => {
  let lies = 0
  const proxy = await startProxy(chain.url, (call, answer) => {
    if (call.method !== 'eth_getLogs' || !Array.isArray(answer.result) || answer.result.length === 0 || lies > 0) return answer
    lies += 1
    return { ...answer, result: answer.result.map((log) => ({ ...log, blockHash: `0x${'ab'.repeat(32)}` })) }
  })
  const indexer = startIndexer(variablesFor(chain, urlOf(3), { RPC_URL: proxy.url }))
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  await proxy.stop()
  assert.equal(lies, 1)
  assert.ok((indexer.status.counters.get('failures') ?? 0) >= 1)
  await assertSameAsReference(3)
})

test('a second instance waits, is not ready, and takes over when the first is killed', async () => {
  const first = await spawnIndexer(variablesFor(chain, urlOf(4)))
  await untilTrue(first.isReady)
  const second = startIndexer(variablesFor(chain, urlOf(4)))
  await untilTrue(() => second.status.snapshot().role === 'standby')
  await chain.mineEmpty(1)
  await untilTrue(first.isReady)
  assert.equal(second.status.snapshot().ready, false)
  await first.kill('SIGKILL')
  await untilCaughtUp(second, chain)
  assert.equal(second.status.snapshot().role, 'writer')
  await second.stop()
})

test('it survives the loss of its Postgres connection and of the node', async () => {
  let isDown = false
  const proxy = await startProxy(chain.url, (_, answer) => (isDown ? { id: answer.id, result: 'nonsense' } : answer))
  const indexer = startIndexer(variablesFor(chain, urlOf(4), { RPC_URL: proxy.url }))
  await untilCaughtUp(indexer, chain)
  const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fairhold-indexer'`
  await query(databases[4]?.adminUrl ?? '', terminate)
  isDown = true
  await chain.mineEmpty(2)
  await untilTrue(() => indexer.status.snapshot().lastError !== null)
  assert.equal(indexer.status.snapshot().ready, false)
  isDown = false
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  await proxy.stop()
})

test('without WebSocket the poll alone follows the head', async () => {
  const { RPC_WS_URL: _, ...variables } = variablesFor(chain, urlOf(5))
  const indexer = startIndexer(variables)
  await untilCaughtUp(indexer, chain)
  await chain.mineEmpty(3)
  await untilCaughtUp(indexer, chain)
  assert.equal(indexer.status.snapshot().webSocket, false)
  await indexer.stop()
})

test('events of contracts that are no longer the ones to index are taken out', async () => {
  const [none, nobody] = [`0x${'98'.repeat(20)}`, `0x${'99'.repeat(20)}`]
  const elsewhere = { ESCROW_ADDRESS: none, REPUTATION_ADDRESS: nobody }
  for (const changes of [{}, elsewhere]) {
    const indexer = startIndexer(variablesFor(chain, urlOf(6), changes))
    await untilCaughtUp(indexer, chain)
    await indexer.stop()
  }
  const { block, ...others } = await allRows(urlOf(6))
  assert.ok(block.length > 300)
  assert.deepEqual(Object.values(others).flat(), [])
})

test('a node of another chain is never believed', async () => {
  const indexer = startIndexer(variablesFor(chain, urlOf(5), { CHAIN_ID: '1', FINALITY: '1' }))
  await untilTrue(() => indexer.status.snapshot().lastError !== null)
  assert.match(indexer.status.snapshot().lastError ?? '', /31337/)
  assert.deepEqual(await query(urlOf(5), `select 1 from chain.block where chain = 'eip155:1'`), [])
  await indexer.stop()
})

test('verify finds nothing in honest tables, and every kind of altered row', async () => {
  const env = parseEnv(variablesFor(chain, urlOf(0)))
  const { adminUrl = '' } = databases[0] ?? {}
  const lines: string[] = []
  assert.equal(await verify(env, {}, (line) => lines.push(line)), 0)
  assert.equal(lines.filter((line) => line.endsWith('same')).length, 8)
  const alterations = [
    ['deal', `update chain.deal set to_seller = to_seller + 1 where id = '${deals.released.id}'`],
    ['event', `update chain.event set args = jsonb_set(args, '{amount}', '"1"') where name = 'Reclaimed'`],
    ['review', 'delete from chain.review where score = 5'],
    ['credit', `insert into chain.credit values ('eip155:31337', '0x0', '0x1', 1)`],
    ['counter', 'update chain.counter set counter = 7'],
    ['offer_void', `update chain.offer_void set maker = '0x2'`],
    ['block', 'update chain.block set timestamp = timestamp + 1 where number = 3'],
  ] as const
  for (const [table, alteration] of alterations) {
    lines.length = 0
    await query(adminUrl, alteration)
    assert.equal(await verify(env, {}, (line) => lines.push(line)), 1, table)
    assert.match(lines.find((line) => line.startsWith(`${table} `)) ?? '', /DIFFERENCES$/)
  }
})

async function assertSameAsReference(database: number): Promise<void> {
  await bringReferenceUpToDate()
  assert.deepEqual(await allRows(urlOf(database)), await allRows(urlOf(0)))
}

async function bringReferenceUpToDate(): Promise<void> {
  const reference = startIndexer(variablesFor(chain, urlOf(0)))
  await untilCaughtUp(reference, chain)
  await reference.stop()
}
