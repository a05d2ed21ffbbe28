import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import { pino } from 'pino'
import { parseEnv } from '../src/env.ts'
import { rebuild } from '../src/rebuild.ts'
import { createNextSchema, dropNextSchema, openAdmin, takeOver } from '../src/store/schemas.ts'
import { startChain, type TestChain } from './support/chain.ts'
import { createDeal, playEveryEnding } from './support/deals.ts'
import { allRows, createDatabases, query, startIndexer, stopDatabases, untilCaughtUp, variablesFor } from './support/indexer.ts'

let chain: TestChain
let databases: TestDatabase[]
const urls = (): { adminUrl: string; url: string; apiUrl: string } => {
  const [database] = databases
  return { adminUrl: database?.adminUrl ?? '', url: database?.indexerUrl ?? '', apiUrl: database?.apiUrl ?? '' }
}
const outboxSize = async (): Promise<number> => (await query(urls().url, 'select 1 from bus.outbox')).length

before(async () => {
  ;[chain, databases] = await Promise.all([startChain(), createDatabases(1)])
  await playEveryEnding(chain)
})
after(async () => {
  await stopDatabases(databases)
  await chain?.stop()
})

test('a rebuild beside a running indexer changes no row, and no reader ever sees the tables away or empty', async () => {
  const { url, apiUrl } = urls()
  const indexer = startIndexer(variablesFor(chain, url))
  await untilCaughtUp(indexer, chain)
  const [rows, announced] = [await allRows(url), await outboxSize()]
  const reader = readAllTheTime(apiUrl)
  await startRebuild()
  const deal = await createDeal(chain)
  await chain.mine(deal.open())
  await untilCaughtUp(indexer, chain)
  const reads = await reader.stop()
  // What it remembers of deals is of the tables that are gone: it has to find out, and start over from the new ones.
  assert.equal(indexer.status.counters.get('failures'), 1)
  assert.ok(reads.length > 20, `${reads.length} reads`)
  assert.deepEqual([...new Set(reads)].sort(), [String(rows.deal.length), String(rows.deal.length + 1)])
  assert.equal(await outboxSize(), announced + 1, 'a rebuild that finds the same events announces none')
  await indexer.stop()
  const fresh = await allRows(url)
  assert.deepEqual(
    fresh.deal.filter((row) => rows.deal.includes(row)),
    rows.deal,
  )
  assert.deepEqual(fresh.event.slice(0, rows.event.length), rows.event)
})

test('a rebuild makes altered tables right again, and tells consumers what was wrong with them', async () => {
  const { adminUrl, url } = urls()
  const right = await allRows(url)
  const last = await outboxSize()
  await query(adminUrl, `delete from chain.event where name = 'Reclaimed'`)
  await query(adminUrl, `update chain.event set block_hash = '0xbad' where name = 'Refunded'`)
  await query(adminUrl, `update chain.deal set state = 'funded'`)
  await startRebuild()
  assert.deepEqual(await allRows(url), right)
  const told = await query<{ kind: string; retracted: boolean }>(
    url,
    'select kind, retracted from bus.outbox order by position offset $1',
    [last],
  )
  const lines = told.map(({ kind, retracted }) => `${retracted ? '-' : '+'} ${kind}`)
  assert.deepEqual(lines.toSorted(), ['+ chain.reorg', '+ deal.reclaimed', '+ deal.refunded', '- deal.refunded'].toSorted())
})

test('a chain that forked below what was final stops the indexer, says so in the tables, and a rebuild puts it right', async () => {
  const { url } = urls()
  const variables = variablesFor(chain, url, { FINALITY: '3' })
  const base = await chain.snapshot()
  const gone = await createDeal(chain)
  await chain.mine(gone.open())
  await chain.mineEmpty(6)
  const indexer = startIndexer(variables)
  await untilCaughtUp(indexer, chain)
  await chain.revert(base)
  const deal = await createDeal(chain)
  await chain.mine(deal.open())
  await chain.mineEmpty(9)
  await indexer.ended
  assert.match(String(indexer.failed()), /Permanent: the chain forked at \d+, below block \d+ that it called final/)
  assert.deepEqual([indexer.status.snapshot().role, indexer.status.snapshot().ready], ['failed', false])
  const [stopped] = await query<{ stopped: string }>(url, 'select stopped from chain.checkpoint')
  assert.match(stopped?.stopped ?? '', /forked/)
  await startRebuild({ FINALITY: '3' })
  assert.deepEqual(await query(url, 'select stopped from chain.checkpoint'), [{ stopped: null }])
  assert.deepEqual(await query(url, 'select 1 from chain.deal where id = $1', [gone.id]), [])
  const again = startIndexer(variables)
  await untilCaughtUp(again, chain)
  await again.stop()
  assert.equal((await query(url, 'select 1 from chain.deal where id = $1', [deal.id])).length, 1)
})

test('a rebuild that is stopped leaves everything as it was, and only one runs at a time', async () => {
  const { adminUrl, url } = urls()
  const before = await allRows(url)
  await assert.rejects(startRebuild({}, AbortSignal.abort()), /nothing has changed/)
  const other = new pg.Client({ connectionString: adminUrl })
  await other.connect()
  await other.query('select pg_advisory_lock(7233186750)')
  await assert.rejects(startRebuild(), /another rebuild is under way/)
  await other.end()
  const elsewhere = JSON.stringify([variablesFor(chain, url, { CHAIN_ID: '5' })])
  await assert.rejects(startRebuild({ INDEXER_CHAINS: elsewhere }), /the tables also hold eip155:31337/)
  assert.deepEqual(await allRows(url), before)
  const schemas = await query(adminUrl, `select nspname from pg_namespace where nspname like 'chain%'`)
  assert.deepEqual(schemas, [{ nspname: 'chain' }])
})

test('tables that were migrated meanwhile are not put back as they were', async () => {
  const { adminUrl } = urls()
  const migrations = ['alter table chain.review add column note text', 'create index review_author on chain.review (author)']
  for (const migration of migrations) {
    const admin = await openAdmin(adminUrl)
    await createNextSchema(admin, ['eip155:31337'])
    await query(adminUrl, migration)
    await assert.rejects(takeOver(admin), /migrated meanwhile/)
    await dropNextSchema(admin)
    await admin.end()
  }
})

function startRebuild(changes: Record<string, string> = {}, signal: AbortSignal = new AbortController().signal): Promise<void> {
  const { adminUrl, url } = urls()
  const env = parseEnv(variablesFor(chain, url, changes))
  return rebuild({ env, adminUrl, log: pino({ level: env.logLevel }) }, signal)
}

/** Counts deals by a prepared statement, as an api does, until it is told to stop. */
function readAllTheTime(url: string): { stop: () => Promise<string[]> } {
  let isOver = false
  const reads: string[] = []
  const reading = (async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    while (!isOver) {
      const { rows } = await client.query<{ n: string }>({ name: 'deals', text: 'select count(*) as n from chain.deal' })
      reads.push(rows[0]?.n ?? 'nothing')
    }
    await client.end()
  })()
  return {
    stop: async () => {
      isOver = true
      await reading
      return reads
    },
  }
}
