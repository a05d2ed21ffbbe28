import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import type { Hex } from 'viem'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { signedReview } from '../../test/support/reviews.ts'
import {
  buyer as buyerAddress,
  DAY,
  insertDeal,
  insertReview,
  seller as sellerAddress,
  someHash,
} from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

const TEXT = 'Just as described, and fast.'

let market: Market & { chain: TestChain }
let buyer: Visitor
let seller: Visitor
before(async () => {
  market = await startMarketOnChain()
  buyer = await signedIn(market.app, dmitri)
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

/** A deal that ended some days ago, by the chain's clock. */
const endedDeal = async (days = 0) => {
  const endedAt = (await market.context.chainNow()) - days * DAY
  return insertDeal(market.indexer, market.context, { state: 'completed', endedAt })
}
const seal = (who: Visitor, review: object) => who.send('POST', '/v1/reputation/reviews', review)

describe('a sealed review', () => {
  test('answers the commitment that its author signed', async () => {
    const dealId = await endedDeal()
    const { body, commitment, textHash } = await signedReview(market.context, dmitri, { dealId, text: TEXT })
    const answer = await seal(buyer, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    assert.deepEqual(answer.body, { commitment, textHash })
  })

  test('is read by nobody until it is published on chain, and then by all', async () => {
    const dealId = await endedDeal()
    const { body: sealed, commitment, textHash } = await signedReview(market.context, dmitri, { dealId, score: 4, text: TEXT })
    await seal(buyer, sealed)
    const everybody = [seller, new Visitor(market.app)]
    const seesNothing = async () => {
      for (const who of everybody) {
        const { body } = await who.get(`/v1/deals/${dealId}`)
        assert.deepEqual([body.reviews[0].sealed, body.reviews[0].score, body.reviews[0].text], [true, null, null])
        assert.deepEqual([body.reviews[0].author, body.reviews[0].subject], [buyerAddress, sellerAddress])
        for (const secret of [TEXT, sealed.secret, sealed.publishSignature, sealed.commitSignature])
          assert.ok(!JSON.stringify(body).includes(secret))
        assert.ok(!JSON.stringify((await who.get(`/v1/reputation/${sellerAddress}`)).body).includes(TEXT))
      }
    }
    await seesNothing()
    await insertReview(market.indexer, { dealId, author: buyerAddress, subject: sellerAddress, commitment })
    await seesNothing()
    const publish = 'UPDATE chain.review SET score = 4, text_hash = $2, revealed_at = 1 WHERE deal_id = $1'
    await market.indexer.query(publish, [dealId, textHash])
    const { reviews } = (await new Visitor(market.app).get(`/v1/deals/${dealId}`)).body
    assert.deepEqual([reviews[0].sealed, reviews[0].score, reviews[0].text], [false, 4, TEXT])
    const { body } = await new Visitor(market.app).get(`/v1/reputation/${sellerAddress}`)
    assert.ok(body.items.some(({ text }: { text: string }) => text === TEXT))
  })

  test('shows no words but those that the chain has the hash of', async () => {
    const dealId = await endedDeal()
    await seal(buyer, (await signedReview(market.context, dmitri, { dealId, text: TEXT })).body)
    const published = { dealId, author: buyerAddress, subject: sellerAddress, score: 1, textHash: someHash() }
    await insertReview(market.indexer, published)
    const { reviews } = (await new Visitor(market.app).get(`/v1/deals/${dealId}`)).body
    assert.deepEqual([reviews[0].score, reviews[0].text], [1, null])
  })

  test('cannot be changed, as the other side’s may be in already', async () => {
    const dealId = await endedDeal()
    const once = async (text: string) => seal(buyer, (await signedReview(market.context, dmitri, { dealId, text })).body)
    assert.equal((await once(TEXT)).status, 201)
    assert.equal((await once('Bad.')).body.code, 'ALREADY_THERE')
    assert.equal((await market.context.db.review.findFirst({ where: { dealId } }))?.text, TEXT)
  })

  test('is a party’s of an ended deal', async () => {
    const { body } = await signedReview(market.context, dmitri, { dealId: await endedDeal() })
    assert.equal((await seal(new Visitor(market.app), body)).status, 401)
    assert.equal((await seal(await signedIn(market.app, bruno), body)).status, 403)
    const open = await insertDeal(market.indexer, market.context)
    assert.equal((await seal(buyer, { ...body, dealId: open })).body.code, 'WRONG_STATE')
  })

  test('is signed by who writes it, over these very words, both times', async () => {
    const dealId = await endedDeal()
    const { body } = await signedReview(market.context, dmitri, { dealId, score: 5, text: TEXT })
    const foreign = await signedReview(market.context, ada, { dealId, score: 5, text: TEXT })
    const { publishSignature, commitSignature } = body
    const changed = [
      { ...body, score: 1 },
      { ...body, text: 'Bad.' },
      { ...body, publishSignature: foreign.body.publishSignature },
      { ...body, commitSignature: foreign.body.commitSignature },
      { ...body, publishSignature: commitSignature, commitSignature: publishSignature },
    ]
    for (const review of changed) assert.equal((await seal(buyer, review)).body.code, 'WRONG_SIGNATURE')
    assert.equal((await seal(buyer, body)).status, 201)
  })

  test('comes too late after the other’s may be public', async () => {
    const published = await endedDeal()
    const over = await endedDeal(8)
    const inTime = await endedDeal(6)
    const answer = async (dealId: Hex) => (await seal(buyer, (await signedReview(market.context, dmitri, { dealId })).body)).body
    await insertReview(market.indexer, { dealId: published, author: sellerAddress, subject: buyerAddress, score: 5 })
    assert.equal((await answer(published)).code, 'WRONG_STATE')
    assert.equal((await answer(over)).code, 'WRONG_STATE')
    assert.match((await answer(inTime)).commitment, /^0x/)
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
