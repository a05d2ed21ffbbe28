import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PlanOptions, planFor } from './fork.ts'
import type { Rpc } from './rpc.ts'
import type { Header } from './wire.ts'

const TIP = 100

test('the next block, and any later one of the same branch, extend what is stored', async () => {
  const options = optionsFor({ length: 101, forkAt: 101 })
  assert.deepEqual(await planFor(header(101, 101), tip(), options), { kind: 'advance', parent: tip(), retract: false })
  assert.deepEqual(await planFor(header(140, 101), tip(), options), { kind: 'advance', parent: tip(), retract: false })
})

test('every fork, at whatever depth, is found to the block', async () => {
  for (let forkAt = 1; forkAt <= TIP; forkAt += 1) {
    for (const length of [forkAt, TIP - 1, TIP, TIP + 1, TIP + 40].filter((height) => height >= forkAt)) {
      const plan = await planFor(header(length, forkAt), tip(), optionsFor({ length, forkAt }))
      const fork = { number: forkAt - 1, hash: hashOf(forkAt - 1, TIP + 1) }
      assert.deepEqual(plan, { kind: 'advance', parent: fork, retract: true }, `fork at ${forkAt}, head at ${length}`)
    }
  }
})

test('a chain that shares no block is indexed from the start', async () => {
  const plan = await planFor(header(7, 0), tip(), optionsFor({ length: 7, forkAt: 0 }))
  assert.deepEqual(plan, { kind: 'advance', parent: null, retract: true })
})

test('a deep fork is found with few questions', async () => {
  let asked = 0
  const options = optionsFor({ length: TIP, forkAt: 3 })
  const counting: Rpc['header'] = (at) => {
    asked += 1
    return options.rpc.header(at)
  }
  const rpc = { ...options.rpc, header: counting }
  await planFor(header(TIP, 3), tip(), { ...options, rpc })
  assert.ok(asked <= 14, `${asked} questions`)
})

test('a lower head on our own branch is a lagging node, but on a chain of one node it was wound back', async () => {
  const options = optionsFor({ length: 90, forkAt: TIP })
  assert.deepEqual(await planFor(header(90, TIP), tip(), { ...options, canWindBack: false }), { kind: 'stay' })
  const back = { number: 90, hash: hashOf(90, TIP) }
  assert.deepEqual(await planFor(header(90, TIP), tip(), options), { kind: 'advance', parent: back, retract: true })
})

test('a fork below what was final is refused', async () => {
  const options = { ...optionsFor({ length: TIP, forkAt: 50 }), canWindBack: false, finalized: 60 }
  await assert.rejects(planFor(header(TIP, 50), tip(), options), { name: 'Permanent' })
})

function tip() {
  return { number: TIP, hash: hashOf(TIP, TIP + 1) }
}

/** Hash of a block on a chain that leaves ours at `forkAt`. */
function hashOf(number: number, forkAt: number): string {
  return `${number < forkAt ? 'ours' : 'theirs'}-${number}`
}

function header(number: number, forkAt: number): Header {
  const parentHash = hashOf(number - 1, forkAt)
  return { number, hash: hashOf(number, forkAt), parentHash, timestamp: number, logsBloom: '0x' }
}

function optionsFor({ length, forkAt }: { length: number; forkAt: number }): PlanOptions {
  const at = async (height: number | 'latest' | 'finalized'): Promise<Header | null> => {
    return typeof height === 'number' && height <= length ? header(height, forkAt) : null
  }
  const rpc: Rpc = {
    header: at,
    chainId: async () => 1,
    headers: async () => [],
    logs: async () => [],
    receiptLogs: async () => null,
  }
  const storedHash = async (number: number): Promise<string | null> => (number <= TIP ? hashOf(number, TIP + 1) : null)
  return { rpc, storedHash, deployBlock: 0, finalized: 0, canWindBack: true }
}
