import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median } from './median.ts'
import { pagesTable } from './report.ts'

test('the median is the middle one, the lower of two', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2)
  assert.equal(median([7]), 7)
  assert.throws(() => median([]), /nothing/)
})

test('the tables name pages, weights in kB, scores and what cost points', () => {
  const weighed = [{ pattern: '/', script: 146_812, later: 500, style: 9_100, font: 0, document: 22_000, image: 1_000 }]
  const scores = { performance: 97, accessibility: 100, 'best-practices': 100, seo: 92 }
  const timings = { ttfb: 40.4, fcp: 900, lcp: 1_800.6, tbt: 20, cls: 0.0123 }
  const judged = [{ pattern: '/', screen: 'phone' as const, scores, timings, faults: ['crawlable-anchors: Links are crawlable'] }]
  const table = pagesTable(weighed, judged)
  assert.ok(table.includes('| `/` | 146.8 | 0.5 | 9.1 | 0.0 | 22.0 | 1.0 |'), table)
  assert.ok(table.includes('| `/` | phone | 97 | 100 | 100 | 92 | 40 | 900 | 1801 | 20 | 0.012 |'), table)
  assert.ok(table.includes('- `/`, phone: crawlable-anchors'), table)
  assert.ok(!pagesTable(weighed, []).includes('screen'))
})
