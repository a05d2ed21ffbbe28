import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dmitri } from '@fairhold/protocol/dev-accounts'
import { settlementTypedData } from '@fairhold/protocol/eip712/types'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal, PRICE } from '../../test/support/rows.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

const DEADLINE = 4_000_000_000
const PAID = PRICE / 4n

let market: Market
let buyer: Visitor
before(async () => {
  market = await startMarket()
  buyer = await signedIn(market.app, dmitri)
})
after(() => market?.stop())

const partlyPaid = () => insertDeal(market.indexer, market.context, { state: 'partlyFunded', paid: PAID, deadline: DEADLINE })
const see = async (id: Hex) => (await buyer.get(`/v1/deals/${id}`)).body

test('a deal in instalments says what is paid, what is missing and until when', async () => {
  const deal = await see(await partlyPaid())
  assert.deepEqual(deal.instalments, { paid: String(PAID), rest: String(PRICE - PAID), dueBy: DEADLINE })
  assert.deepEqual([deal.remaining, deal.fundedAt], [String(PAID), null], 'the contract holds what was paid')
})

test('once all is paid nothing is due, and a deal that was paid at once has no instalments', async () => {
  const id = await partlyPaid()
  const fund = `UPDATE chain.deal SET state = 'funded', paid = price, funded_at = opened_at + 60 WHERE id = $1`
  await market.indexer.query(fund, [id])
  assert.deepEqual((await see(id)).instalments, { paid: String(PRICE), rest: '0', dueBy: null })
  assert.equal((await see(await insertDeal(market.indexer, market.context))).instalments, null)
})

test('the address can be given before all is paid', async () => {
  const id = await partlyPaid()
  const answer = await buyer.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Mill lane 4, Ghent' })
  assert.equal(answer.status, 204)
  assert.equal((await see(id)).shipping.address, 'Mill lane 4, Ghent')
})

test('a split is over what was paid, not over the price', async () => {
  const id = await partlyPaid()
  const propose = async (remaining: bigint) => {
    const split = { toBuyer: PAID / 2n, remaining, expiry: DEADLINE }
    const data = settlementTypedData({ dealId: id, ...split }, market.context.domain)
    const signature = await privateKeyToAccount(dmitri.privateKey).signTypedData(data)
    const body = { toBuyer: String(split.toBuyer), remaining: String(remaining), expiry: split.expiry, signature }
    return buyer.send('POST', `/v1/deals/${id}/settlements`, body)
  }
  assert.equal((await propose(PRICE)).body.code, 'WRONG_STATE')
  assert.equal((await propose(PAID)).status, 201)
})
