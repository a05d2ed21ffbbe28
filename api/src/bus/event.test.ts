import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isOffChain } from '../http/notify.ts'
import { eventOf, matches, type OutboxRow } from './event.ts'

const row: OutboxRow = {
  ...{ position: 12n, chain: 'eip155:31337', kind: 'deal.shipped', retracted: false, dealId: '0xd1', accounts: ['0xab'] },
  ...{ blockNumber: 9n, blockHash: '0xb9', logIndex: 2, txHash: '0x7e', payload: { trackingHash: '0x01' } },
}

describe('an event', () => {
  test('has the key of its position and chain, whatever block it is of', () => {
    const event = eventOf(row)
    assert.deepEqual(event, {
      ...{ position: 12, idempotencyKey: 'eip155:31337/12', chain: 'eip155:31337', kind: 'deal.shipped', retracted: false },
      ...{ dealId: '0xd1', accounts: ['0xab'], block: 9, blockHash: '0xb9', logIndex: 2, txHash: '0x7e' },
      payload: { trackingHash: '0x01' },
    })
    assert.equal(eventOf({ ...row, blockHash: '0xother' }).idempotencyKey, event.idempotencyKey)
    assert.notEqual(eventOf({ ...row, position: 13n }).idempotencyKey, event.idempotencyKey)
  })

  test('is not made of a row that is none', () => {
    for (const changes of [{ kind: 'shipped' }, { payload: [] }, { payload: null }, { position: 0n }, { position: 2n ** 60n }]) {
      assert.throws(() => eventOf({ ...row, ...changes }), JSON.stringify(Object.keys(changes)))
    }
  })

  test('is of the kinds that a pattern stands for', () => {
    const chosen = (patterns: string[]) =>
      ['deal.shipped', 'deal.opened', 'dealer.x', 'chain.reorg'].filter((kind) => matches(patterns, kind))
    assert.deepEqual(chosen(['deal.*']), ['deal.shipped', 'deal.opened'])
    assert.deepEqual(chosen(['deal.opened', 'chain.reorg']), ['deal.opened', 'chain.reorg'])
    assert.deepEqual(chosen(['#']).length, 4)
    assert.deepEqual(chosen(['deal', 'shipped', '*']), [])
  })

  test('wakes the worker by the bus, and what is written off chain by its notice', () => {
    const notices = [
      '{"kind":"deal","id":0}',
      '{"kind":"listing","listingId":"0x"}',
      '{"kind":"deal","id":7}',
      '{"kind":"reorg","id":8}',
      '-',
    ]
    assert.deepEqual(notices.map(isOffChain), [true, true, false, false, false])
  })
})
