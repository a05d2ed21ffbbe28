import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHealth } from './node-health.ts'
import { NodeRefused } from './refusal.ts'

const HOST = 'node.test'

test('a limit without a time is waited for, but never longer than a call may wait', () => {
  const health = createHealth(() => 0)
  const waits = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]
  for (const wait of waits) {
    health.failed(health.began(), new NodeRefused(HOST, 'slow down', { kind: 'limited' }))
    assert.equal(health.waitMs(), wait)
  }
  assert.equal(health.figures().limits, waits.length)
})

test('lies are counted one by one, but lies told at once are punished once', () => {
  const clock = { ms: 0 }
  const health = createHealth(() => clock.ms)
  assert.deepEqual([health.lied(), health.lied(), health.lied(), health.lies()], [300_000, 300_000, 300_000, 3])
  clock.ms += 300_000
  assert.deepEqual([health.state(), health.lied(), health.lies()], ['up', 600_000, 4])
})

test('failures and lies weigh in the score, less as time goes by', () => {
  const clock = { ms: 0 }
  const [failed, lied] = [createHealth(() => clock.ms), createHealth(() => clock.ms)]
  failed.failed(failed.began(), new NodeRefused(HOST, 'broken', { kind: 'fault' }))
  lied.lied()
  assert.deepEqual([failed.score(), lied.score()], [1_000, 10_000])
  clock.ms += 30_000
  assert.deepEqual([failed.score(), lied.score()], [500, 5_000])
})
