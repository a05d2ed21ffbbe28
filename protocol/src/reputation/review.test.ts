import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opensAt, REVIEW_WINDOW_SECONDS, reviewCommitment, textHash } from './review.ts'

const review = {
  dealId: `0x${'01'.repeat(32)}`,
  author: `0x${'02'.repeat(20)}`,
  score: 5,
  textHash: textHash('Ada packed it with care. 👍'),
  secret: `0x${'03'.repeat(32)}`,
} as const

test('a commitment changes with everything it commits to', () => {
  const others = [
    { ...review, score: 4 },
    { ...review, textHash: textHash('') },
    { ...review, secret: `0x${'04'.repeat(32)}` as const },
    { ...review, dealId: `0x${'05'.repeat(32)}` as const },
    { ...review, author: `0x${'06'.repeat(20)}` as const },
    review,
  ]
  assert.equal(new Set(others.map(reviewCommitment)).size, others.length)
})

test('only whole scores from 1 to 5 can be sealed', () => {
  for (const score of [0, 6, 1.5, Number.NaN]) assert.throws(() => reviewCommitment({ ...review, score }), RangeError)
})

test('reviews open when both are in, or one second after the window', () => {
  assert.equal(opensAt(50, []), null)
  assert.equal(opensAt(50, [{ committedAt: 100 }]), 50 + REVIEW_WINDOW_SECONDS + 1)
  assert.equal(opensAt(50, [{ committedAt: 100 }, { committedAt: 250 }]), 250)
})
