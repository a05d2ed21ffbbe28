import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CartDeal } from './totals.ts'
import { bySeller, byToken, signsEach } from './totals.ts'

const token = (symbol: string, authorization = false) => ({ address: `0x${symbol}`, symbol, authorization }) as CartDeal['token']
const deal = (seller: string, symbol: string, price: bigint) => ({ seller, token: token(symbol), price }) as CartDeal

test('what leaves the wallet is added up by token, and by seller and token, to the last unit', () => {
  const deals = [deal('ada', 'eth', 3n), deal('ada', 'usd', 5n), deal('bruno', 'usd', 10n ** 30n + 1n), deal('bruno', 'eth', 1n)]
  const totals = byToken(deals).map((one) => [one.token.symbol, one.total, one.deals.length])
  assert.deepEqual(totals, [
    ['eth', 4n, 2],
    ['usd', 10n ** 30n + 6n, 2],
  ])
  const sellers = bySeller(deals).map(({ seller, totals: some }) => [seller, some.map((one) => one.total)])
  assert.deepEqual(sellers, [
    ['ada', [3n, 5n]],
    ['bruno', [10n ** 30n + 1n, 1n]],
  ])
  assert.deepEqual(byToken([]), [])
})

test('a few deals are signed one by one where the token can, more are paid by one allowance', () => {
  assert.equal(signsEach(token('usd', true), [1, 2, 3]), true)
  assert.equal(signsEach(token('usd', true), [1, 2, 3, 4]), false)
  assert.equal(signsEach(token('usd', false), [1]), false)
})
