import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dmitri, ines } from '@fairhold/protocol/dev-accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal, someHash } from '../../test/support/rows.ts'
import { Visitor } from '../../test/support/visitor.ts'
import { listDeals } from './queries.ts'

const me = dmitri.address.toLowerCase()
const other = ines.address.toLowerCase()
const sides = [
  { buyer: me, seller: other },
  { buyer: other, seller: me },
  { buyer: me, seller: me },
  { buyer: other, seller: other },
] as const

let market: Market
const mine: string[] = []
before(async () => {
  market = await startMarket()
  for (let k = 0; k < 16; k += 1) {
    const side = sides[k % sides.length]
    const id = await insertDeal(market.indexer, market.context, { openedAt: 1_700_000_000 + Math.floor(k / 4) })
    await market.indexer.query('UPDATE chain.deal SET buyer = $2, seller = $3 WHERE id = $1', [id, side?.buyer, side?.seller])
    if (k % sides.length < 3) mine.push(id)
  }
})
after(() => market?.stop())

const page = (cursor?: string) => listDeals(market.context, { accounts: [me], limit: 3, cursor })

test('a person has the deals of both sides, each once, newest first, over as many pages as it takes', async () => {
  const seen: { id: string; opened_at: bigint }[] = []
  for (let rows = await page(); ; rows = await page(cursorOf(seen.at(-1)))) {
    seen.push(...rows.slice(0, 3))
    if (rows.length <= 3) break
  }
  assert.deepEqual(seen.map(({ id }) => id).toSorted(), mine.toSorted())
  const order = seen.toSorted((a, b) => Number(b.opened_at - a.opened_at) || (a.id < b.id ? 1 : -1))
  assert.deepEqual(seen, order)
})

test('a role and a state narrow it', async () => {
  const of = async (filter: object) => (await listDeals(market.context, { accounts: [me], limit: 60, ...filter })).length
  assert.deepEqual([await of({ role: 'buyer' }), await of({ role: 'seller' }), await of({})], [8, 8, 12])
  assert.deepEqual([await of({ states: ['funded'] }), await of({ states: ['shipped'] })], [12, 0])
  assert.equal((await listDeals(market.context, { accounts: [someHash().slice(0, 42)], limit: 3 })).length, 0)
})

test('two wallets of one person have the deals of both, each once, also those that they made with each other', async () => {
  const rows = await listDeals(market.context, { accounts: [me, other], limit: 60 })
  assert.deepEqual([rows.length, new Set(rows.map(({ id }) => id)).size], [16, 16])
  const visitor = new Visitor(market.app)
  assert.equal((await visitor.get(`/v1/deals?account=${me},${other}&limit=60`)).body.items.length, 16)
  assert.equal((await visitor.get(`/v1/deals?account=${me},0x12`)).status, 400)
})

function cursorOf(row: { id: string; opened_at: bigint } | undefined): string {
  return Buffer.from(JSON.stringify([String(row?.opened_at), row?.id])).toString('base64url')
}
