import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri, ines } from '@fairhold/protocol/dev-accounts'
import { rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

const REASON = 'The photographs show that it came broken.'

let market: Market & { chain: TestChain }
let judge: Visitor
let buyer: Visitor
before(async () => {
  market = await startMarketOnChain()
  judge = await signedIn(market.app, ines)
  buyer = await signedIn(market.app, dmitri)
})
after(() => market?.stop())

const deal = (changes?: Parameters<typeof insertDeal>[2]) =>
  insertDeal(market.indexer, market.context, { state: 'disputed', ...changes })
const rule = (who: Visitor, id: Hex, body: object) => who.send('POST', `/v1/disputes/${id}/rulings`, body)

async function ruling(id: Hex, changes: { buyerBps?: number; reason?: string } = {}, account: { privateKey: Hex } = ines) {
  const { buyerBps = 7_000, reason = REASON } = changes
  const reasonHash = textHash(reason)
  const data = rulingTypedData({ dealId: id, buyerBps, reasonHash }, market.context.domain)
  return { buyerBps, reason, reasonHash, signature: await privateKeyToAccount(account.privateKey).signTypedData(data) }
}

describe('a ruling', () => {
  test('is kept for the relayer, and shown to the parties', async () => {
    const id = await deal()
    assert.equal((await rule(judge, id, await ruling(id))).status, 204)
    const { ruling: shown } = (await buyer.get(`/v1/deals/${id}`)).body
    assert.deepEqual([shown.buyerBps, shown.reason, shown.submittedTx], [7_000, REASON, null])
    assert.equal((await new Visitor(market.app).get(`/v1/deals/${id}`)).body.ruling, null)
  })

  test('is shown to all once the chain has carried it out, and only if it was this one', async () => {
    const id = await deal()
    await rule(judge, id, await ruling(id))
    const resolve = (reasonHash: Hex | null) =>
      market.indexer.query("UPDATE chain.deal SET state = 'resolved', reason_hash = $2 WHERE id = $1", [id, reasonHash])
    await resolve(null)
    assert.equal((await new Visitor(market.app).get(`/v1/deals/${id}`)).body.ruling, null)
    await resolve(textHash(REASON))
    assert.equal((await new Visitor(market.app).get(`/v1/deals/${id}`)).body.ruling.reason, REASON)
  })

  test('can be signed anew until it is on chain', async () => {
    const id = await deal()
    await rule(judge, id, await ruling(id))
    await rule(judge, id, await ruling(id, { buyerBps: 2_000 }))
    assert.equal((await buyer.get(`/v1/deals/${id}`)).body.ruling.buyerBps, 2_000)
  })

  test('is the arbiter’s of this deal alone', async () => {
    const id = await deal()
    const body = await ruling(id)
    for (const account of [ada, dmitri, bruno])
      assert.equal((await rule(await signedIn(market.app, account), id, body)).status, 403)
    assert.equal((await rule(new Visitor(market.app), id, body)).status, 401)
  })

  test('is refused with the signature of somebody else, of another deal, or of another share', async () => {
    const id = await deal()
    assert.equal((await rule(judge, id, await ruling(id, {}, ada))).body.code, 'WRONG_SIGNATURE')
    assert.equal((await rule(judge, id, await ruling(await deal()))).body.code, 'WRONG_SIGNATURE')
    assert.equal((await rule(judge, id, { ...(await ruling(id)), buyerBps: 10_000 })).body.code, 'WRONG_SIGNATURE')
  })

  test('is refused when the reason is not the one that was signed', async () => {
    const id = await deal()
    const { status, body } = await rule(judge, id, { ...(await ruling(id)), reason: 'I do not like the buyer.' })
    assert.deepEqual([status, body.errors[0].path], [400, 'reasonHash'])
  })

  test('is refused when there is no dispute, or the time is over', async () => {
    const calm = await deal({ state: 'shipped' })
    assert.equal((await rule(judge, calm, await ruling(calm))).body.code, 'WRONG_STATE')
    const late = await deal({ deadline: 1_600_000_000 })
    assert.equal((await rule(judge, late, await ruling(late))).body.code, 'WRONG_STATE')
  })
})

describe('a statement', () => {
  test('is a party’s, is hashed as it stands, and is kept once', async () => {
    const id = await deal()
    const text = '  It came broken.\n'
    const say = (who: Visitor) => who.send('POST', `/v1/disputes/${id}/statements`, { text })
    assert.deepEqual((await say(buyer)).body, { textHash: textHash(text) })
    assert.equal((await say(buyer)).status, 201)
    assert.equal((await buyer.get(`/v1/deals/${id}`)).body.statements.length, 1)
    for (const account of [ines, bruno]) assert.equal((await say(await signedIn(market.app, account))).status, 403)
  })

  test('is refused once the deal has ended', async () => {
    const id = await deal({ state: 'completed' })
    const { body } = await buyer.send('POST', `/v1/disputes/${id}/statements`, { text: 'But I am not happy.' })
    assert.equal(body.code, 'WRONG_STATE')
  })
})
