import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDealEvent, next } from '@fairhold/protocol/deal/machine'
import type { DealState } from '@fairhold/protocol/deal/state'
import { zeroHash } from 'viem'
import { type FloorLog, handDecode, viemDecode } from './floor/decode.ts'
import { blocksOf, completedIn, DEFAULT_EVENTS, lastOf, logsOfBlock, sizeOf, type WorkLog } from './workload.ts'

test('500 blocks hold the default number of events, and the machine accepts each of them', () => {
  const states = new Map<string, DealState>()
  const blocks = [...blocksOf(DEFAULT_EVENTS)]
  const events = blocks.flat().map((log) => handDecode(asFloorLog(log)))
  assert.deepEqual([blocks.length, events.length], [500, 99_760])
  for (const { name, args } of events) {
    const id = args.dealId ?? ''
    const state = states.get(id) ?? 'none'
    if (isDealEvent(name)) states.set(id, next(state, name))
    else if (name !== 'Credited') assert.equal(state, 'completed', `${name} comes after the end`)
  }
  const completed = [...states.values()].filter((state) => state === 'completed')
  assert.equal(completed.length, completedIn(DEFAULT_EVENTS))
})

test('what is said of a cut-off workload is what it holds', () => {
  // In the first block, among openings, shipments and releases, at the edges of a block, and long after the start.
  for (const events of [1, 40, 41, 200, 1_000, 1_639, 1_800, 1_881, 2_041, 2_100, 5_555]) {
    const blocks = [...blocksOf(events)]
    const names = blocks.flat().map((log) => handDecode(asFloorLog(log)).name)
    assert.equal(names.length, events)
    assert.deepEqual(lastOf(events), { height: blocks.length, logs: blocks.at(-1)?.length })
    assert.equal(completedIn(events), names.filter((name) => name === 'Released').length, `of ${events}`)
  }
  for (const height of [1, 5, 13, 19, 21, 400]) assert.equal(sizeOf(height), logsOfBlock(height).length)
})

test('both decoders of the floors read the same out of every kind of log', () => {
  const kinds = new Set<string>()
  for (const log of [...logsOfBlock(1), ...logsOfBlock(30)]) {
    const byHand = handDecode(asFloorLog(log))
    assert.deepEqual(byHand, viemDecode(asFloorLog(log)))
    kinds.add(byHand.name)
  }
  assert.equal(kinds.size, 7)
})

function asFloorLog({ address, topics, data }: WorkLog): FloorLog {
  const place = { blockNumber: '0x1', blockHash: zeroHash, transactionHash: zeroHash, logIndex: '0x0' } as const
  return { address, topics: topics as FloorLog['topics'], data, ...place } // every log has a first topic
}
