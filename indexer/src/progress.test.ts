import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricsText } from './metrics.ts'
import { createProgress } from './progress.ts'
import { createStatus } from './status.ts'

const header = (number: number) => ({
  number,
  hash: `0x${number}`,
  parentHash: `0x${number - 1}`,
  timestamp: number,
  logsBloom: '0x',
})

test('a backfill says how far it is, how fast, and how long it will take', () => {
  let now = 0
  const status = createStatus({ chain: 'eip155:1', now: () => now, staleAfterMs: 1_000 })
  const progress = createProgress(status, () => now)
  assert.equal(progress(), null, 'nothing is known yet')
  status.setRole('writer')
  status.sawHead(header(10_000))
  assert.equal(progress(), `eip155:1 ${'░'.repeat(24)} 0 % · block 0 of 10,000`)
  now = 2_000
  status.sawIndexed({ number: 2_500, hash: '0x2500' }, 1, 0)
  status.count('events', 30_000)
  assert.equal(progress(), `eip155:1 ${'█'.repeat(6)}${'░'.repeat(18)} 25 % · block 2,500 of 10,000 · 15,000 events/s · 6 s left`)
  status.sawIndexed({ number: 9_990, hash: '0x9990' }, 1, 0)
  assert.equal(progress(), null, 'near the head there is nothing to watch')
})

test('the time between the points of a step is in the metrics, and so is each chain', () => {
  let now = 0
  const statuses = ['eip155:1', 'eip155:10'].map((chain) => createStatus({ chain, now: () => now, staleAfterMs: 1_000 }))
  const [first] = statuses
  for (const [point, ms] of [
    ['planned', 5],
    ['fetched', 40],
    ['began', 1],
    ['events', 20],
  ] as const) {
    now += ms
    first?.mark(point)
  }
  first?.sawRequest('eth_getLogs')
  const text = metricsText(statuses)
  assert.match(text, /^fairhold_indexer_phase_seconds_sum\{chain="eip155:1",point="fetched"\} 0\.04$/m)
  assert.match(text, /^fairhold_indexer_phase_seconds_count\{chain="eip155:10",point="fetched"\} 0$/m)
  assert.match(text, /^fairhold_indexer_rpc_requests_total\{chain="eip155:1",method="eth_getLogs"\} 1$/m)
  assert.equal(text.match(/^# TYPE fairhold_indexer_ready gauge$/gm)?.length, 1)
  assert.match(text, /^fairhold_indexer_leader\{chain="eip155:10"\} 0$/m)
})
