import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { trackingHash } from '@fairhold/protocol/deal/tracking'
import { ada, bruno, dmitri, ines } from '@fairhold/protocol/dev-accounts'
import { settlementTypedData } from '@fairhold/protocol/eip712/types'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { arbiter, buyer as buyerAddress, insertDeal, PRICE, seller as sellerAddress, someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

let market: Market & { chain: TestChain }
let seller: Visitor
let buyer: Visitor
let judge: Visitor
let stranger: Visitor
before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
  buyer = await signedIn(market.app, dmitri)
  judge = await signedIn(market.app, ines)
  stranger = await signedIn(market.app, bruno)
})
after(() => market?.stop())

const deal = (changes?: Parameters<typeof insertDeal>[2]) => insertDeal(market.indexer, market.context, changes)
const move = (id: Hex, state: string, disputedAt: number | null = null) =>
  market.indexer.query('UPDATE chain.deal SET state = $2::chain.deal_state, disputed_at = $3 WHERE id = $1', [
    id,
    state,
    disputedAt,
  ])
const seenBy = async (who: Visitor, id: Hex) => (await who.get(`/v1/deals/${id}`)).body

describe('what is private', () => {
  test('is read by the parties, by the arbiter once disputed, and by nobody else', async () => {
    const id = await deal()
    await buyer.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Mill lane 4, Ghent' })
    await buyer.send('POST', `/v1/disputes/${id}/statements`, { text: 'It has not come, and nobody answers.' })
    for (const who of [buyer, seller]) {
      const { shipping, statements } = await seenBy(who, id)
      assert.equal(shipping.address, 'Mill lane 4, Ghent')
      assert.deepEqual(
        statements.map(({ author }: { author: string }) => author),
        [buyerAddress],
      )
    }
    for (const who of [judge, stranger, new Visitor(market.app)]) {
      const { shipping, statements, settlements } = await seenBy(who, id)
      assert.deepEqual([shipping, statements, settlements], [null, null, []])
    }
    await move(id, 'disputed', 1_700_000_000)
    assert.equal((await seenBy(judge, id)).statements.length, 1)
    assert.equal((await seenBy(stranger, id)).statements, null)
  })

  test('is not in lists', async () => {
    const id = await deal()
    await buyer.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Mill lane 4, Ghent' })
    const { body } = await buyer.get(`/v1/deals?account=${buyerAddress}`)
    assert.ok(!JSON.stringify(body).includes('Mill lane'))
  })
})

describe('the address and the parcel', () => {
  test('the address is the buyer’s to write, until it is shipped', async () => {
    const id = await deal()
    const write = (who: Visitor) => who.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Mill lane 4' })
    assert.equal((await write(new Visitor(market.app))).status, 401)
    for (const who of [seller, judge, stranger]) assert.equal((await write(who)).status, 403)
    assert.equal((await write(buyer)).status, 204)
    await move(id, 'shipped')
    assert.equal((await write(buyer)).body.code, 'WRONG_STATE')
  })

  test('the parcel is the seller’s, and its hash is the one that goes on chain', async () => {
    const id = await deal()
    const parcel = { carrier: 'Bpost', number: '3232 1' }
    const write = (who: Visitor, body = parcel) => who.send('PUT', `/v1/deals/${id}/tracking`, body)
    for (const who of [buyer, judge, stranger]) assert.equal((await write(who)).status, 403)
    const { trackingHash: hash, salt } = (await write(seller)).body
    assert.equal(hash, trackingHash({ ...parcel, salt }))
    assert.equal((await write(seller)).body.trackingHash, hash, 'the same number has the same hash')
    assert.notEqual((await write(seller, { ...parcel, number: '3232 2' })).body.salt, salt)
    assert.equal((await seenBy(buyer, id)).shipping.trackingNumber, '3232 2')
  })
})

describe('a settlement', () => {
  const sign = async (
    account: typeof ada | typeof dmitri | typeof bruno,
    id: Hex,
    split: { toBuyer: bigint; remaining: bigint; expiry: number },
  ) => {
    const data = settlementTypedData({ dealId: id, ...split }, market.context.domain)
    const signature = await privateKeyToAccount(account.privateKey).signTypedData(data)
    return { toBuyer: String(split.toBuyer), remaining: String(split.remaining), expiry: split.expiry, signature }
  }
  const split = { toBuyer: PRICE / 4n, remaining: PRICE, expiry: 4_000_000_000 }
  const propose = (who: Visitor, id: Hex, body: object) => who.send('POST', `/v1/deals/${id}/settlements`, body)

  test('gathers the signatures of both on one split', async () => {
    const id = await deal()
    const first = await propose(buyer, id, await sign(dmitri, id, split))
    assert.equal(first.status, 201, JSON.stringify(first.body))
    assert.equal(first.body.sellerSignature, null)
    const second = (await propose(seller, id, await sign(ada, id, split))).body
    assert.equal(second.id, first.body.id)
    assert.ok(second.buyerSignature && second.sellerSignature)
    assert.equal(second.proposedBy, buyerAddress)
    assert.equal((await seenBy(seller, id)).settlements.length, 1)
  })

  test('is refused when the signature is not of who sends it', async () => {
    const id = await deal()
    assert.equal((await propose(buyer, id, await sign(ada, id, split))).body.code, 'WRONG_SIGNATURE')
    assert.equal((await propose(buyer, id, await sign(dmitri, await deal(), split))).body.code, 'WRONG_SIGNATURE')
    assert.equal((await propose(stranger, id, await sign(bruno, id, split))).status, 403)
  })

  test('is refused when it is not over what is left, or more than that, or in the past', async () => {
    const id = await deal({ released: PRICE / 2n })
    const half = { ...split, remaining: PRICE / 2n }
    assert.equal((await propose(buyer, id, await sign(dmitri, id, split))).body.code, 'WRONG_STATE')
    assert.equal((await propose(buyer, id, await sign(dmitri, id, { ...half, toBuyer: PRICE }))).body.errors[0].path, 'toBuyer')
    assert.equal(
      (await propose(buyer, id, await sign(dmitri, id, { ...half, expiry: 1_600_000_000 }))).body.errors[0].path,
      'expiry',
    )
    await move(id, 'completed')
    assert.equal((await propose(buyer, id, await sign(dmitri, id, half))).body.code, 'WRONG_STATE')
  })
})

describe('lists of deals', () => {
  test('show every deal of a role once, newest first', async () => {
    const ids = new Set<string>()
    for (let k = 0; k < 25; k += 1) ids.add(await deal({ openedAt: 1_800_000_000 + (k % 3) }))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await buyer.get(`/v1/deals?account=${sellerAddress}&role=seller&limit=4${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
    }
    assert.equal(new Set(seen).size, seen.length)
    assert.deepEqual(
      [...ids].filter((id) => !seen.includes(id)),
      [],
    )
    assert.deepEqual((await buyer.get(`/v1/deals?account=${sellerAddress}&role=buyer`)).body.items, [])
  })

  test('of an arbiter show the open cases, and those that have ended after a dispute', async () => {
    const open = await deal({ state: 'disputed' })
    const ended = await deal({ state: 'settled', disputedAt: 1_700_000_001 })
    const amicable = await deal({ state: 'settled' })
    const idsOf = async (status: string) =>
      (await judge.get(`/v1/disputes?arbiter=${arbiter}&status=${status}&limit=60`)).body.items.map(
        ({ id }: { id: string }) => id,
      )
    assert.ok((await idsOf('open')).includes(open))
    assert.ok((await idsOf('ended')).includes(ended))
    assert.ok(!(await idsOf('ended')).includes(amicable))
    assert.equal((await judge.get(`/v1/deals/${someHash()}`)).status, 404)
  })
})
