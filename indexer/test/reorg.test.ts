import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@fairhold/db/testing'
import { startChain, type TestChain } from './support/chain.ts'
import {
  buyer,
  cancelAll,
  cancelNonces,
  collectFees,
  createDeal,
  PRICE,
  playEveryEnding,
  poorOperator,
  seller,
} from './support/deals.ts'
import { allRows, createDatabases, query, startIndexer, stopDatabases, untilCaughtUp, variablesFor } from './support/indexer.ts'

let chain: TestChain
let databases: TestDatabase[]
let url: string
const spare = (): string => databases[nextSpare++]?.indexerUrl ?? ''
let nextSpare = 1

before(async () => {
  ;[chain, databases] = await Promise.all([startChain(), createDatabases(12)])
  url = databases[0]?.indexerUrl ?? ''
  await playEveryEnding(chain)
})
after(async () => {
  await stopDatabases(databases)
  await chain?.stop()
})

for (const depth of [1, 2, 3, 8, 20]) {
  test(`a reorganisation of ${depth} blocks while following leaves the rows of a fresh index`, async () => {
    const indexer = startIndexer(variablesFor(chain, url))
    await untilCaughtUp(indexer, chain)
    const base = await chain.snapshot()
    await branch(chain, depth, 'first')
    await untilCaughtUp(indexer, chain)
    await chain.revert(base)
    await branch(chain, depth + 1, 'second')
    await untilCaughtUp(indexer, chain)
    await indexer.stop()
    assert.ok((indexer.status.counters.get('reorgs') ?? 0) >= 1)
    await assertSameAsFresh()
  })
}

test('a reorganisation of 15 blocks while the indexer is down is found on start', async () => {
  const base = await chain.snapshot()
  await branch(chain, 15, 'first')
  await catchUpOnce()
  await chain.revert(base)
  await branch(chain, 17, 'second')
  const status = await catchUpOnce()
  assert.equal(status.counters.get('reorgBlocks'), 15)
  await assertSameAsFresh()
})

test('a shorter branch takes the place of a longer one', async () => {
  const base = await chain.snapshot()
  await branch(chain, 12, 'first')
  const indexer = startIndexer(variablesFor(chain, url))
  await untilCaughtUp(indexer, chain)
  await chain.revert(base)
  await branch(chain, 5, 'second')
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  await assertSameAsFresh()
})

test('a chain that is wound back without new blocks takes the rows with it', async () => {
  await catchUpOnce()
  const rowsBefore = await allRows(url)
  const base = await chain.snapshot()
  const indexer = startIndexer(variablesFor(chain, url))
  await branch(chain, 4, 'first')
  await untilCaughtUp(indexer, chain)
  await chain.revert(base)
  await untilCaughtUp(indexer, chain)
  await indexer.stop()
  assert.deepEqual(await allRows(url), rowsBefore)
})

test('a chain that was restarted, and is shorter, is indexed anew', async (t) => {
  await catchUpOnce()
  const other = await startChain()
  t.after(other.stop)
  const deal = await createDeal(other)
  await other.mine(deal.open())
  const indexer = startIndexer(variablesFor(other, url))
  await untilCaughtUp(indexer, other)
  await indexer.stop()
  const fresh = spare()
  await catchUpOnce(fresh, other)
  assert.deepEqual(await allRows(url), await allRows(fresh))
  assert.deepEqual(await query(url, 'select id, state from chain.deal'), [{ id: deal.id, state: 'funded' }])
})

/** Some blocks that touch deals, reviews, credits and counters, differently on each branch. */
async function branch(on: TestChain, blocks: number, name: 'first' | 'second'): Promise<void> {
  await on.wait(name === 'first' ? 11 : 23) // so that even empty blocks differ
  const { address: operator, withdraw } = poorOperator(on)
  const [one, two] = [await createDeal(on, { operator }), await createDeal(on, { operator })]
  const isFirst = name === 'first'
  const moves = [
    async () => on.mine(one.open(), isFirst ? two.cancel() : two.open()),
    async () => on.mine(one.ship(), one.releasePart(PRICE / 7n)),
    async () => on.mine(isFirst ? one.release() : one.refund()),
    async () => on.mine(one.commitReview(buyer, isFirst ? 5 : 1), one.commitReview(seller, 3)),
    async () => (isFirst ? on.mine(one.revealReview(buyer, 5)) : on.mineEmpty(1)),
    async () => on.mine(isFirst ? cancelAll(on) : cancelNonces(on, 0b110n)),
    async () => on.mine(collectFees(on, [one])),
    async () => (isFirst ? on.mine(await withdraw()) : on.mineEmpty(1)),
  ]
  for (let block = 0; block < blocks; block += 1) await (moves[block]?.() ?? on.mineEmpty(1))
}

async function catchUpOnce(databaseUrl = url, on = chain) {
  const indexer = startIndexer(variablesFor(on, databaseUrl))
  await untilCaughtUp(indexer, on)
  await indexer.stop()
  return indexer.status
}

async function assertSameAsFresh(): Promise<void> {
  const fresh = spare()
  await catchUpOnce(fresh)
  assert.deepEqual(await allRows(url), await allRows(fresh))
}
