import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaceSection } from './page.ts'
import { markdown, median, quantile, ratios, summarise, summariseCurve } from './report.ts'

const run = { nodeCpuSeconds: 2, postgresCpuSeconds: 1, peakBytes: 3e8, databaseBytes: 5e7 }

test('a median is the middle run, whatever the order, and a quantile the value that so many do not exceed', () => {
  assert.deepEqual([median([10, 9, 100]), median([4, 1, 3, 2])], [10, 2.5])
  const hundred = Array.from({ length: 100 }, (_, k) => 100 - k)
  assert.deepEqual([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile([7], 0.99)], [50, 99, 7])
})

test('events per second are those of the median run, and the best of the fastest', () => {
  const runs = [8, 2, 5].map((seconds) => ({ ...run, seconds }))
  const summary = summarise({ name: 'ours', title: 'Fairhold', events: 1_000, runs })
  assert.deepEqual([summary.eventsPerSecond, summary.bestEventsPerSecond, summary.peakMb], [200, 500, 300])
  const other = { ...summary, name: 'other', title: 'Other', eventsPerSecond: 50 }
  assert.equal(ratios([other, summary]), '4.00 × Other')
  assert.equal(ratios([other]), '')
})

test('the curve leaves out what starting takes', () => {
  const point = { ...run, seconds: 3, events: 1_000, bootSeconds: 1, sourceCpuSeconds: 0.5 }
  const [summary] = summariseCurve([[point]])
  assert.deepEqual([summary?.microseconds, summary?.cpuMicroseconds, summary?.sourceMicroseconds], [2_000, 3_000, 500])
})

test('columns line up, numbers to the right', () => {
  assert.equal(markdown(['who', 'n'], [['someone', '1']]), '| who     |    n |\n| ------- | ---: |\n| someone |    1 |')
})

test('a section is replaced between its own markers and nowhere else', () => {
  const place = (name: string, text: string) =>
    `<!-- ${name}: written by npm run bench:indexer -->\n\n${text}\n\n<!-- end of ${name} -->`
  const page = `before\n${place('curve', 'old')}\n${place('latency', 'kept')}\nafter`
  assert.equal(replaceSection(page, 'curve', 'new'), page.replace('old', 'new'))
  assert.throws(() => replaceSection(page, 'backfill', 'new'), /no place for backfill/)
})
