import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { reviewCommitment, textHash } from '@fairhold/protocol/reputation/review'
import type { Address } from 'viem'
import { type Market, startMarket } from '../../test/support/market.ts'
import { buyer as buyerAddress, insertDeal, insertReview, seller as sellerAddress, someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

const TEXT = 'Just as described, and fast.'

let market: Market
let buyer: Visitor
let seller: Visitor
before(async () => {
  market = await startMarket()
  buyer = await signedIn(market.app, dmitri)
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

const endedDeal = () => insertDeal(market.indexer, market.context, { state: 'completed' })
const seal = (who: Visitor, review: object) => who.send('POST', '/v1/reputation/reviews', review)
const now = () => Math.floor(Date.now() / 1000)

describe('a sealed review', () => {
  test('answers what to commit to', async () => {
    const dealId = await endedDeal()
    const secret = someHash()
    const { status, body } = await seal(buyer, { dealId, score: 5, text: TEXT, secret })
    assert.equal(status, 201)
    const sealed = { dealId, author: buyerAddress as Address, score: 5, textHash: textHash(TEXT), secret }
    assert.deepEqual(body, { commitment: reviewCommitment(sealed), textHash: textHash(TEXT) })
  })

  test('is read by nobody until it is revealed on chain, and then by all', async () => {
    const dealId = await endedDeal()
    const { commitment } = (await seal(buyer, { dealId, score: 4, text: TEXT, secret: someHash() })).body
    const review = { dealId, author: buyerAddress, subject: sellerAddress, commitment }
    await insertReview(market.indexer, review)
    for (const who of [seller, new Visitor(market.app)]) {
      const { body } = await who.get(`/v1/deals/${dealId}`)
      assert.deepEqual([body.reviews[0].sealed, body.reviews[0].score, body.reviews[0].text], [true, null, null])
      assert.ok(!JSON.stringify(body).includes(TEXT))
      assert.ok(!JSON.stringify((await who.get(`/v1/reputation/${sellerAddress}`)).body).includes(TEXT))
    }
    await market.indexer.query('UPDATE chain.review SET score = 4, revealed_at = 1 WHERE deal_id = $1', [dealId])
    const { reviews } = (await new Visitor(market.app).get(`/v1/deals/${dealId}`)).body
    assert.deepEqual([reviews[0].sealed, reviews[0].score, reviews[0].text], [false, 4, TEXT])
    const { body } = await new Visitor(market.app).get(`/v1/reputation/${sellerAddress}`)
    assert.ok(body.items.some(({ text }: { text: string }) => text === TEXT))
  })

  test('shows no words but those that were committed to', async () => {
    const dealId = await endedDeal()
    await seal(buyer, { dealId, score: 5, text: TEXT, secret: someHash() })
    await insertReview(market.indexer, { dealId, author: buyerAddress, subject: sellerAddress, commitment: someHash(), score: 1 })
    const { reviews } = (await new Visitor(market.app).get(`/v1/deals/${dealId}`)).body
    assert.deepEqual([reviews[0].score, reviews[0].text], [1, null])
  })

  test('can be changed until it is committed, and not after', async () => {
    const dealId = await endedDeal()
    await seal(buyer, { dealId, score: 1, text: 'Bad.', secret: someHash() })
    const { commitment } = (await seal(buyer, { dealId, score: 5, text: TEXT, secret: someHash() })).body
    await insertReview(market.indexer, { dealId, author: buyerAddress, subject: sellerAddress, commitment })
    assert.equal((await seal(buyer, { dealId, score: 1, text: 'Bad.', secret: someHash() })).body.code, 'ALREADY_THERE')
  })

  test('is a party’s of an ended deal', async () => {
    const review = { dealId: await endedDeal(), score: 5, text: TEXT, secret: someHash() }
    assert.equal((await seal(new Visitor(market.app), review)).status, 401)
    assert.equal((await seal(await signedIn(market.app, bruno), review)).status, 403)
    const open = await insertDeal(market.indexer, market.context)
    assert.equal((await seal(buyer, { ...review, dealId: open })).body.code, 'WRONG_STATE')
  })

  test('comes too late after the other’s may be public', async () => {
    const [revealed, over, inTime] = [await endedDeal(), await endedDeal(), await endedDeal()]
    const theirs = { author: sellerAddress, subject: buyerAddress, commitment: someHash() }
    await insertReview(market.indexer, { ...theirs, dealId: revealed, committedAt: now(), score: 5 })
    await insertReview(market.indexer, { ...theirs, dealId: over, committedAt: now() - 8 * 86_400 })
    await insertReview(market.indexer, { ...theirs, dealId: inTime, committedAt: now() - 6 * 86_400 })
    const review = { score: 5, text: TEXT, secret: someHash() }
    assert.equal((await seal(buyer, { ...review, dealId: revealed })).body.code, 'WRONG_STATE')
    assert.equal((await seal(buyer, { ...review, dealId: over })).body.code, 'WRONG_STATE')
    assert.equal((await seal(buyer, { ...review, dealId: inTime })).status, 201)
  })
})

describe('a reputation', () => {
  test('counts revealed reviews only, and pages through each once', async () => {
    const subject = `0x${'5e'.repeat(20)}`
    for (let k = 0; k < 7; k += 1) {
      const review = {
        dealId: someHash(),
        author: buyerAddress,
        subject,
        commitment: someHash(),
        committedAt: 1_700_000_000 + (k % 2),
      }
      await insertReview(market.indexer, k === 6 ? review : { ...review, score: (k % 3) + 3 })
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await buyer.get(`/v1/reputation/${subject}?limit=2${cursor && `&cursor=${cursor}`}`)
      assert.deepEqual(body.rating, { count: 6, average: 4 })
      seen.push(...body.items.map(({ dealId }: { dealId: string }) => dealId))
      cursor = body.nextCursor
    }
    assert.equal(seen.length, 6)
    assert.equal(new Set(seen).size, 6)
  })
})
