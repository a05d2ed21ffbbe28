import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median } from './median.ts'
import { reasonsOf } from './reasons.ts'
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
  assert.ok(!pagesTable([], judged).includes('JavaScript'))
})

test('what a look was waiting for is told: the largest paint by its phases, what is slow or large, and each request', () => {
  const audit = (items: unknown[]) => ({ score: 1, title: '', details: { items } })
  const phases = {
    items: [
      { subpart: 'timeToFirstByte', duration: 80.4 },
      { subpart: 'elementRenderDelay', duration: 100 },
    ],
  }
  const request = { url: 'http://x/v1/media/abc?w=320', priority: 'High', resourceType: 'Image', transferSize: 5_800 }
  const scripts = Array.from({ length: 9 }, (_, at) => ({ url: `http://x/chunks/${at}.js`, total: 100 - at }))
  const audits = {
    'lcp-breakdown-insight': audit([phases, { snippet: '<img>' }]),
    'bootup-time': audit(scripts),
    'network-requests': audit([{ ...request, networkRequestTime: 117.2, networkEndTime: 200 }]),
  }
  const reasons = reasonsOf({ categories: {}, audits })
  assert.equal(reasons[0], 'largest: timeToFirstByte 80 ms, elementRenderDelay 100 ms, <img>')
  assert.equal(reasons[1], 'blocks rendering: nothing')
  assert.ok(
    reasons.some((line) => line.startsWith('scripts: chunks/0.js 100 ms') && !line.includes('5.js')),
    reasons.join('\n'),
  )
  assert.equal(reasons.at(-1), '117 ms to 200 ms: Image, 5.8 kB, High: media/abc?w=320')
})
