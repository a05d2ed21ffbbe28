import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@fairhold/db/testing'
import { parseEnv } from '../src/env.ts'
import { type Scope, scopeFrom, verify } from '../src/verify.ts'
import { startChain, type TestChain } from './support/chain.ts'
import { createDeal, type EndedDeals, playEveryEnding } from './support/deals.ts'
import { createDatabases, query, startIndexer, stopDatabases, untilCaughtUp, variablesFor } from './support/indexer.ts'

let chain: TestChain
let databases: TestDatabase[]
let deals: EndedDeals
const url = (): string => databases[0]?.indexerUrl ?? ''
const alter = (sql: string, values: unknown[] = []) => query(databases[0]?.adminUrl ?? '', sql, values)

before(async () => {
  ;[chain, databases] = await Promise.all([startChain(), createDatabases(1)])
  deals = await playEveryEnding(chain)
  await chain.mineEmpty(20)
  const late = await createDeal(chain)
  await chain.mine(late.open())
  const indexer = startIndexer(variablesFor(chain, url()))
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
})
after(async () => {
  await stopDatabases(databases)
  await chain?.stop()
})

test('honest tables are the same, whatever part of them is looked at', async () => {
  for (const words of [[], ['--quick'], ['--from', '5', '--to', '30'], ['--deal', deals.ruled.id]]) {
    const { code, lines } = await run(scopeFrom(words))
    assert.equal(code, 0, `${words} ${lines.join('\n')}`)
    assert.ok(
      lines.some((line) => /^deal +[1-9][\d,]* rows {2}same$/.test(line)),
      words.join(),
    )
    assert.match(lines.at(-1) ?? '', /^digest [0-9a-f]{64}$/)
  }
})

const alterations = [
  ['deal', `update chain.deal set to_seller = to_seller + 1 where id = $1`],
  ['event', `update chain.event set args = jsonb_set(args, '{reasonHash}', '"0x1"') where deal_id = $1 and name = 'Ruled'`],
  ['event', `delete from chain.event where deal_id = $1 and name = 'Ruled'`],
  ['review', `update chain.review set score = 1 where deal_id = (select deal_id from chain.review limit 1)`],
  ['offer_void', `insert into chain.offer_void values ('eip155:31337', $1, '0x1', 1)`],
  ['halt', `insert into chain.halt values ('eip155:31337', $1, 'Shipped', 1, 1, 'because')`],
] as const
for (const [table, sql] of alterations) {
  test(`a row of ${table} that was altered is found by every check that looks at it: ${sql.slice(0, 6)}`, async () => {
    await withAltered(table, sql, async () => {
      for (const words of [[], ['--quick'], ...(table === 'review' ? [] : [['--deal', deals.ruled.id]])]) {
        const { code, lines } = await run(scopeFrom(words))
        assert.equal(code, 1, words.join())
        const found = lines.filter((line) => line.includes('DIFFERENCES')).map((line) => line.split(' ')[0])
        // The digests of the quick check stand for events too.
        assert.ok(found.includes(table) || (table === 'event' && found.includes('block')), `${words}: ${found}`)
      }
    })
  })
}

test('a check of some heights does not see what is elsewhere, and one of another deal neither', async () => {
  const [{ from }] = (await alter('select max(opened_block) as from from chain.deal')) as [{ from: string }]
  await withAltered('deal', 'update chain.deal set to_buyer = 7 where id = $1', async () => {
    assert.equal((await run(scopeFrom(['--from', from]))).code, 0)
    assert.equal((await run(scopeFrom(['--deal', deals.released.id]))).code, 0)
    assert.equal((await run(scopeFrom(['--to', from]))).code, 1)
  })
})

test('rows of another branch are found by one header', async () => {
  await withAltered(
    'block',
    `update chain.block set hash = '0x9' where number = (select max(number) from chain.block)`,
    async () => {
      await alter(`update chain.checkpoint set block_hash = '0x9'`)
      const { code, lines } = await run({ quick: true })
      await alter('update chain.checkpoint set block_hash = $1', [(await chain.client.getBlock()).hash])
      assert.equal(code, 1)
      assert.match(lines.join('\n'), /the tables are on another branch/)
    },
  )
})

test('what is not a height, a deal or a chain is said to be none', async () => {
  assert.throws(() => scopeFrom(['--from', 'first']), /--from is a height/)
  assert.throws(() => scopeFrom(['--deal', '0x12']), /--deal is the id of a deal/)
  assert.throws(() => scopeFrom(['--all']), /Unknown option '--all'/)
  await assert.rejects(run({ chain: 'eip155:1' }), /no such chain; there are eip155:31337/)
})

async function run(scope: Scope): Promise<{ code: 0 | 1; lines: string[] }> {
  const lines: string[] = []
  const code = await verify(parseEnv(variablesFor(chain, url())), scope, (line) => lines.push(line))
  return { code, lines }
}

/** Alters a table, does the work, and puts back what was there. */
async function withAltered(table: string, sql: string, work: () => Promise<void>): Promise<void> {
  await alter(`create table public.kept as select * from chain.${table}`)
  await alter(sql, sql.includes('$1') ? [deals.ruled.id] : [])
  try {
    await work()
  } finally {
    await alter(`delete from chain.${table}`)
    await alter(`insert into chain.${table} select * from public.kept`)
    await alter('drop table public.kept')
  }
}
