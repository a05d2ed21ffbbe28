import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChainEvent, EventNamed } from './event.ts'
import { projectCounters } from './offer.ts'

const MAKER = `0x${'a1'.repeat(20)}` as const
const OTHER = `0x${'b2'.repeat(20)}` as const

function event<N extends 'NoncesVoided' | 'AllOffersVoided'>(name: N, args: EventNamed<N>['args']): ChainEvent {
  const place = { block_hash: '0x1', log_index: 0, block_number: 1, tx_hash: '0x2', address: OTHER, deal_id: null, timestamp: 1 }
  return { ...place, name, args } as ChainEvent // `args` is typed by `name`
}
const nonces = (bits: bigint, maker: typeof MAKER | typeof OTHER = MAKER) =>
  event('NoncesVoided', { maker, nonces: bits.toString() })

test('voided nonces add up, in ascending order, each once', () => {
  const row = projectCounters([nonces(1n << 127n), nonces(0b101n), nonces(0b100n)]).get(MAKER)
  assert.deepEqual(row, { maker: MAKER, counter: 0n, voided_nonces: [0, 2, 127] })
})

test('a raised counter frees all nonces of its maker, and of nobody else', () => {
  const all = event('AllOffersVoided', { maker: MAKER, counter: '12' })
  const rows = projectCounters([nonces(1n), nonces(2n, OTHER), all, nonces(8n)])
  assert.deepEqual(rows.get(MAKER), { maker: MAKER, counter: 12n, voided_nonces: [3] })
  assert.deepEqual(rows.get(OTHER), { maker: OTHER, counter: 0n, voided_nonces: [1] })
})
