import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hex } from 'viem'
import { bloomTest } from '../../../indexer/src/source/bloom.ts'
import { randomWord } from '../random-word.ts'
import { lastOf } from '../workload.ts'
import { createBlocks } from './blocks.ts'

type Header = { number: Hex; hash: Hex; parentHash: Hex; logsBloom: Hex; timestamp: Hex; transactions: Hex[] }
type Log = { address: Hex; topics: Hex[]; data: Hex; blockHash: Hex; transactionHash: Hex; logIndex: Hex }

const EVENTS = 1_000
const blocks = createBlocks(EVENTS)
const header = (height: number): Header => JSON.parse(blocks.headerJson(height))
const logs = (height: number): Log[] => JSON.parse(`[${blocks.logsJson(height)}]`)

test('the blocks hang together and hold every event once', () => {
  let count = 0
  for (let height = 1; height <= blocks.head; height += 1) {
    const { hash, parentHash, transactions } = header(height)
    assert.equal(parentHash, header(height - 1).hash)
    assert.equal(blocks.heightOf(hash), height)
    for (const [k, log] of logs(height).entries()) {
      assert.deepEqual([log.blockHash, Number(log.logIndex)], [hash, k])
      assert.ok(transactions.includes(log.transactionHash))
      count += 1
    }
  }
  assert.equal(count, EVENTS)
})

test('a block has the bloom of its logs and of no others', () => {
  const { height } = lastOf(EVENTS)
  const { logsBloom } = header(height)
  for (const { address, topics } of logs(height)) {
    for (const value of [address, ...topics]) assert.ok(bloomTest(value)(logsBloom))
  }
  const strangers = Array.from({ length: 100 }, (_, k) => bloomTest(randomWord(99, k))(logsBloom))
  assert.ok(strangers.filter(Boolean).length < 10, 'a bloom that lets everything through proves nothing')
  assert.equal(BigInt(header(blocks.head).logsBloom), 0n)
})

test('receipts have the same logs', () => {
  const receipts: { logs: Log[] }[] = JSON.parse(blocks.receiptsJson(3))
  assert.deepEqual(
    receipts.flatMap((receipt) => receipt.logs),
    logs(3),
  )
})
