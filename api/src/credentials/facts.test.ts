import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concatHex, encodeAbiParameters, keccak256, parseAbiParameters, zeroHash } from 'viem'
import { hashOfReviews, type ReviewFact, reputationFactsShape, reputationFrom } from './facts.ts'

const word = (byte: string) => `0x${byte.repeat(32)}` as const
const fact = (changes: Partial<ReviewFact> = {}): ReviewFact => ({
  dealId: word('01'),
  author: `0x${'aa'.repeat(20)}`,
  subject: `0x${'bb'.repeat(20)}`,
  score: 5,
  textHash: word('02'),
  transactionHash: word('03'),
  blockNumber: 7,
  logIndex: 0,
  ...changes,
})
const where = {
  chain: 'eip155:31337',
  contract: `0x${'cc'.repeat(20)}`,
  block: { number: 9, hash: word('04') },
  wallets: [`0x${'dd'.repeat(20)}`, `0x${'bb'.repeat(20)}`],
}

test('a reputation is counted, and its wallets stand in order', () => {
  const reviews = [fact(), fact({ score: 4, logIndex: 1 }), fact({ score: 4, author: `0x${'ab'.repeat(20)}`, logIndex: 2 })]
  const facts = reputationFrom(reviews, where)
  assert.deepEqual(facts.wallets, where.wallets.toSorted())
  assert.deepEqual(facts.reviews, {
    ...{ count: 3, scoreSum: 13, average: '4.33', byScore: [0, 0, 0, 2, 1], authors: 2 },
    hash: hashOfReviews(reviews),
  })
  assert.equal(reputationFactsShape.safeParse(facts).success, true)
})

test('without reviews there is no mean, and the hash is zero', () => {
  const { reviews } = reputationFrom([], where)
  assert.deepEqual([reviews.average, reviews.count, reviews.hash], [null, 0, zeroHash])
})

test('the hash is of five words a review, in the order of the chain', () => {
  const [first, second] = [fact({ blockNumber: 3, logIndex: 9, score: 1 }), fact({ blockNumber: 4, logIndex: 0 })]
  // Encoded as Solidity would, by another way than the one under test.
  const encoded = [first, second].map(({ dealId, author, score, textHash, transactionHash }) =>
    encodeAbiParameters(parseAbiParameters('bytes32, address, uint8, bytes32, bytes32'), [
      ...[dealId, author, score, textHash, transactionHash],
    ] as never),
  )
  assert.equal(hashOfReviews([second, first]), keccak256(concatHex(encoded)))
})

test('the mean is the rounded one, whatever the scores', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 300 }), (scores) => {
      const { average, scoreSum } = reputationFrom(
        scores.map((score, logIndex) => fact({ score, logIndex })),
        where,
      ).reviews
      const exact = scores.reduce((sum, score) => sum + score, 0) / scores.length
      assert.equal(
        scoreSum,
        scores.reduce((sum, score) => sum + score, 0),
      )
      assert.ok(Math.abs(Number(average) - exact) <= 0.005 + 1e-9)
    }),
  )
})
