import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { COMMIT_LOCK } from '@fairhold/db/locks'
import type { TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import type { ChainEvent } from '../src/project/event.ts'
import { textOf } from '../src/source/text.ts'
import { eventLine, insertEvents } from '../src/store/copy.ts'
import { eventsBetween } from '../src/store/events.ts'
import { startChain, type TestChain } from './support/chain.ts'
import { createDeal, playEveryEnding } from './support/deals.ts'
import {
  allRows,
  createDatabases,
  query,
  startIndexer,
  startIndexers,
  stopDatabases,
  untilCaughtUp,
  variablesFor,
} from './support/indexer.ts'

let first: TestChain
let second: TestChain
let databases: TestDatabase[]
const url = (database: number): string => databases[database]?.indexerUrl ?? ''

before(async () => {
  ;[first, second, databases] = await Promise.all([startChain(), startChain(31338), createDatabases(3)])
  await playEveryEnding(first)
  await (await Promise.all([createDeal(second), createDeal(second)])).reduce(
    (before, deal) => before.then(() => second.mine(deal.open())),
    Promise.resolve(),
  )
})
after(async () => {
  await stopDatabases(databases)
  await Promise.all([first?.stop(), second?.stop()])
})

test('two chains in one process have the rows that each has alone, and a reorganisation of one leaves the other', async () => {
  const chains = [first, second].map((chain) => variablesFor(chain, url(0)))
  const both = startIndexers({ ...variablesFor(first, url(0)), INDEXER_CHAINS: JSON.stringify(chains) })
  const [one, other] = both
  assert.ok(one && other)
  await Promise.all([untilCaughtUp(one, first), untilCaughtUp(other, second)])
  const ofFirst = async () =>
    query(url(0), `select to_jsonb(d) as row from chain.deal d where chain = 'eip155:31337' order by id`)
  const before = await ofFirst()
  const base = await second.snapshot()
  await second.mine((await createDeal(second)).open())
  await untilCaughtUp(other, second)
  await second.revert(base)
  await second.mineEmpty(2)
  await untilCaughtUp(other, second)
  await Promise.all(both.map((indexer) => indexer.stop()))
  assert.deepEqual(await ofFirst(), before)
  for (const [k, chain] of [first, second].entries()) {
    const alone = startIndexer(variablesFor(chain, url(k + 1)))
    await untilCaughtUp(alone, chain)
    await alone.stop()
  }
  const [together, apart] = [await allRows(url(0)), [await allRows(url(1)), await allRows(url(2))]]
  for (const [table, rows] of Object.entries(together)) {
    const expected = apart.flatMap((tables) => tables[table as keyof typeof tables])
    assert.deepEqual(rows.toSorted(), expected.toSorted(), table)
  }
})

test('the tables may be migrated while the indexer runs', async () => {
  const indexer = startIndexer(variablesFor(first, url(1)))
  await untilCaughtUp(indexer, first)
  const admin = databases[1]?.adminUrl ?? ''
  const migration = `begin; select pg_advisory_xact_lock(${COMMIT_LOCK}); alter table chain.deal add column note text not null default 'none'; create index on chain.event (tx_hash); commit`
  const deals = await Promise.all([createDeal(first), createDeal(first), createDeal(first)])
  const migrating = query(admin, migration)
  for (const deal of deals) await first.mine(deal.open())
  await migrating
  await first.mine(...deals.map((deal) => deal.ship()))
  await untilCaughtUp(indexer, first)
  assert.equal(indexer.status.counters.get('failures'), 0)
  const ids = deals.map(({ id }) => id)
  const rows = await query(url(1), 'select state, note from chain.deal where id = any($1)', [ids])
  assert.deepEqual(rows, Array(3).fill({ state: 'shipped', note: 'none' }))
  await indexer.stop()
})

test('texts that Postgres cannot hold as text come back from its tables to the last byte', async () => {
  const client = new pg.Client({ connectionString: url(2), options: '-c search_path=chain' })
  await client.connect()
  const target = { client, chain: 'eip155:5' }
  const texts = ['00', 'eda080', 'ff00fe', '5c6e09', '0a0d5c2e', 'f09f8c8d', '22275c75303030302c7b7d'].map(textOf)
  const events = texts.map((text, k) => ({
    ...{ name: 'Evidence', args: { text }, block_hash: '0x1', log_index: k, block_number: 1, tx_hash: '0x2', address: '0x3' },
    ...{ deal_id: null, timestamp: 1 },
  })) as unknown as ChainEvent[] // no event of ours carries text yet: this is one that would
  await insertEvents(
    target,
    events.map((event) => eventLine(target.chain, event)),
  )
  const stored = await eventsBetween(target, 1, 1)
  assert.deepEqual(stored, events)
  assert.deepEqual(
    stored.map((event) => eventLine(target.chain, event)),
    events.map((event) => eventLine(target.chain, event)),
  )
  await client.end()
})
