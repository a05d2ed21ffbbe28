import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockAt, logsAt, nodeOn } from '../../test/support/node.ts'
import { createFailover } from './failover.ts'
import { NodeRefused, NodesFailed } from './refusal.ts'
import type { Rpc } from './rpc.ts'

const block = blockAt(50)
const without: Rpc['receiptLogs'] = async () => null
const away: Rpc['receiptLogs'] = () => Promise.reject(new NodeRefused('b.test', 'it does not answer', { kind: 'fault' }))

test('that there are no receipts is not concluded while a node that may have them does not answer, but in the end it is', async () => {
  const { receiptLogs } = failoverOf(without, away)
  for (let k = 0; k < 20; k += 1) await assert.rejects(receiptLogs(block.hash), NodesFailed)
  assert.equal(await receiptLogs(block.hash), null)
})

test('a node that answers again is waited for again', async () => {
  let isAway = true
  const { receiptLogs } = failoverOf(without, (hash) => (isAway ? away(hash) : Promise.resolve(logsAt(block))))
  for (let k = 0; k < 30; k += 1) await receiptLogs(block.hash).catch(() => {})
  isAway = false
  assert.deepEqual(await receiptLogs(block.hash), logsAt(block))
  isAway = true
  await assert.rejects(receiptLogs(block.hash), NodesFailed)
})

function failoverOf(...receipts: Rpc['receiptLogs'][]): Rpc {
  const nodes = receipts.map((receiptLogs, k) => {
    return { host: `${'ab'[k]}.test`, state: () => 'up' as const, rpc: { ...nodeOn({ length: 100 }), receiptLogs } }
  })
  return createFailover({ ranked: () => nodes, knownHead: () => 0, prefer: () => {}, caught: () => {} })
}
