import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ndcg, reciprocalRank } from './metrics.ts'

describe('the measures of a ranking', () => {
  const gains = { a: 1, b: 1, c: 0.1, d: 0 }

  test('the best order gains all', () => {
    assert.equal(ndcg(['a', 'b', 'c'], gains), 1)
    assert.equal(ndcg(['b', 'a', 'c', 'x'], gains), 1)
  })

  test('what nobody judged takes a place and gains nothing', () => {
    const whole = 1 + 1 / Math.log2(3) + 0.1 / 2
    assert.ok(Math.abs(ndcg(['x', 'a'], gains) - 1 / Math.log2(3) / whole) < 1e-12)
  })

  test('nothing beyond the tenth place counts', () => {
    assert.equal(ndcg([...'0123456789', 'a'], gains), 0)
  })

  test('a query without anything to gain has 0, and not NaN', () => {
    assert.equal(ndcg(['a'], { a: 0 }), 0)
    assert.equal(ndcg([], {}), 0)
  })

  test('the reciprocal rank is that of the first exact result', () => {
    assert.equal(reciprocalRank(['c', 'x', 'b', 'a'], gains), 1 / 3)
    assert.equal(reciprocalRank(['c'], gains), 0)
  })
})
