import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import { byDeal, foldHistory } from '../../../indexer/src/project/history.ts'
import { selectRows } from '../../../indexer/src/store/tables.ts'
import { accountOf, arbiterOf, arbiters, buyerOf, CAIP2, dealIdOf, sellerOf } from './accounts.ts'
import { FIRST_OPEN, grow, OPEN_DEALS, plant, settle } from './grow.ts'

const ENDED = 240

let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  await plant(client)
  await grow(client, 0, ENDED)
  await settle(client)
})
after(async () => {
  await client.end()
  await database.stop()
})

test('the rows that are generated are those that the indexer folds from the events that are', async () => {
  const all = { chain: CAIP2, where: 'true order by 1' }
  const events = await selectRows(client, 'event', { ...all, where: 'true order by block_number, log_index' })
  const folded = [...byDeal(events).values()].map((some) => foldHistory(some))
  assert.equal(folded.length, ENDED + OPEN_DEALS)
  assert.deepEqual(
    folded.filter(({ halted }) => halted !== null),
    [],
  )
  const deals = folded.map(({ deal }) => deal).toSorted((a, b) => ((a?.id ?? '') < (b?.id ?? '') ? -1 : 1))
  assert.deepEqual(await selectRows(client, 'deal', { ...all, where: 'true order by id collate "C"' }), deals)
  const reviews = await selectRows(client, 'review', { ...all, where: 'true' })
  const byKey = new Map(folded.flatMap((one) => [...one.reviews.values()]).map((row) => [`${row.deal_id} ${row.author}`, row]))
  assert.equal(reviews.length, byKey.size)
  for (const row of reviews) assert.deepEqual(row, byKey.get(`${row.deal_id} ${row.author}`))
})

test('script and Postgres agree on who is in a deal', async () => {
  for (const k of [0, 7, 101, ENDED - 1, FIRST_OPEN + 999]) {
    const [deal] = await selectRows(client, 'deal', { chain: CAIP2, where: 'id = $2', values: [dealIdOf(k)] })
    const people = [accountOf('seller', sellerOf(k)), accountOf('buyer', buyerOf(k)), arbiters[arbiterOf(k)]]
    assert.deepEqual([deal?.seller, deal?.buyer, deal?.arbiter], people)
  }
})

test('some deals are in every state that somebody has to look for', async () => {
  const { rows } = await client.query(
    'select state, fees_due, count(*)::int from deal where chain = $1 group by 1, 2 order by 1, 2',
    [CAIP2],
  )
  assert.deepEqual(
    rows.map(({ state, fees_due, count }) => [state, fees_due, count]),
    [
      ['funded', false, 300],
      ['shipped', false, 300],
      ['delivered', false, 250],
      ['completed', false, 204],
      ['completed', true, 100],
      ['refunded', false, 24],
      ['disputed', false, 50],
      ['resolved', false, 12],
    ],
  )
})
