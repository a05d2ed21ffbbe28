import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DealState, openStates } from '@fairhold/protocol/deal/state'
import { bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

const me = dmitri.address.toLowerCase()
const FAR = 4_000_000_000
const PAST = 1_700_000_100
let market: Market
let visitor: Visitor
const ids = new Map<string, string>()

/** One purchase in every open state, on time and late, and two that are over. */
before(async () => {
  market = await startMarket()
  visitor = await signedIn(market.app, dmitri)
  for (const state of openStates) {
    ids.set(
      `${state} onTime`,
      await insertDeal(market.indexer, market.context, { state, deadline: FAR - openStates.indexOf(state) }),
    )
    ids.set(
      `${state} late`,
      await insertDeal(market.indexer, market.context, { state, deadline: PAST + openStates.indexOf(state) }),
    )
  }
  for (const [name, openedAt] of [
    ['old', 1_600_000_000],
    ['new', 1_650_000_000],
  ] as const)
    ids.set(name, await insertDeal(market.indexer, market.context, { state: 'completed' as DealState, openedAt }))
})
after(() => market.stop())

const nameOf = (id: string) => [...ids].find(([, known]) => known === id)?.[0]

async function all(side: 'buyer' | 'seller', limit: number) {
  const items: { id: string; turn: boolean }[] = []
  let cursor = ''
  do {
    const { body } = await visitor.get(`/v1/deals/mine?side=${side}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
    items.push(...body.items)
    cursor = body.nextCursor
  } while (cursor)
  return items
}

test('what waits for the buyer comes first, by its deadline, then what waits for others, then what is over; over all pages', async () => {
  const expected = [
    ...['partlyFunded late', 'funded late', 'disputed late', 'delivered onTime', 'shipped onTime', 'partlyFunded onTime'],
    ...['shipped late', 'delivered late', 'disputed onTime', 'funded onTime'],
    ...['new', 'old'],
  ]
  for (const limit of [60, 3]) {
    const items = await all('buyer', limit)
    assert.deepEqual(
      items.map(({ id }) => nameOf(id)),
      expected,
      `pages of ${limit}`,
    )
    assert.deepEqual(
      items.map(({ turn }) => turn),
      expected.map((_, index) => index < 6),
    )
  }
})

test('the seller’s are others: to ship, to be paid, and what a deadline opened', async () => {
  await market.indexer.query('UPDATE chain.deal SET buyer = $1, seller = $2', [bruno.address.toLowerCase(), me])
  const turns = (await all('seller', 60)).filter(({ turn }) => turn).map(({ id }) => nameOf(id))
  assert.deepEqual(turns, ['partlyFunded late', 'shipped late', 'delivered late', 'disputed late', 'funded onTime'])
  const { body } = await visitor.get('/v1/deals/counts')
  assert.deepEqual(body, { buyer: { turn: 0, open: 0 }, seller: { turn: 5, open: 10 }, offers: 0 })
})
