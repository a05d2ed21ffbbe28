import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blockAt, CHAIN_ID, CONTRACT, logsAt, mapCalls, nodeOn } from '../../test/support/node.ts'
import { InconsistentNode } from '../errors.ts'
import { createNodes, type NodeNotice, type NodesOptions } from './nodes.ts'
import { NodesFailed } from './refusal.ts'
import type { Rpc } from './rpc.ts'

const LONG_RETRY_AFTER = '60' // seconds; longer than a call waits

/** Nodes named a.test, b.test, … with a clock that only moves when told, and a count of what each is asked. */
function setUp(rpcs: readonly Rpc[], options: Partial<NodesOptions> = {}) {
  const clock = { ms: 1_000, slept: [] as number[] }
  const notices: NodeNotice[] = []
  const urls = rpcs.map((_, index) => `http://${nameOf(index)}.test/`)
  const asked = rpcs.map(() => 0)
  const connect = (url: string): Rpc => {
    const index = urls.indexOf(url)
    return mapCalls(rpcs[index] ?? assert.fail(url), (call) => {
      asked[index] = (asked[index] ?? 0) + 1
      return call()
    })
  }
  const sleep = async (ms: number): Promise<void> => {
    clock.slept.push(ms)
    clock.ms += ms
  }
  const onNode = (notice: NodeNotice): number => notices.push(notice)
  const nodes = createNodes({ urls, chainId: CHAIN_ID, quorum: 1, connect, now: () => clock.ms, sleep, onNode, ...options })
  /** Which nodes were asked by what `act` does. */
  const askedBy = async (act: () => Promise<unknown>): Promise<string> => {
    const before = [...asked]
    await act()
    return asked.map((count, index) => (count > (before[index] ?? 0) ? nameOf(index) : '')).join('')
  }
  return { nodes, clock, notices, askedBy, stateOf: (index: number) => nodes.snapshot()[index]?.state }
}

function nameOf(index: number): string {
  return String.fromCharCode(97 + index)
}

function limit(retryAfter?: string): Error {
  return Object.assign(new Error('slow down'), {
    status: 429,
    headers: new Headers(retryAfter ? { 'retry-after': retryAfter } : {}),
  })
}

/** A node that fails as long as `fault` is set. */
function faulty(branch = { length: 100 }) {
  const node = { fault: null as Error | null, rpc: nodeOn(branch) }
  const rpc = mapCalls(nodeOn(branch), async (call) => {
    if (node.fault !== null) throw node.fault
    return call()
  })
  return Object.assign(node, { rpc })
}

test('one node is asked as long as it answers', async () => {
  const { nodes, askedBy } = setUp([nodeOn({ length: 100 }), nodeOn({ length: 100 })])
  assert.equal(await askedBy(() => Promise.all([nodes.header('latest'), nodes.headers(1, 9), nodes.header(5)])), 'a')
})

test('a node that fails is rested for growing pauses, and forgiven when it answers', async () => {
  const first = faulty()
  const { nodes, clock, notices, askedBy, stateOf } = setUp([first.rpc, faulty().rpc])
  first.fault = new Error('broken')
  for (const pause of [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    nodes.blame('so that the second is the last choice') // it answered last; the first answered nothing
    assert.equal(await askedBy(() => nodes.header(5)), 'ab')
    assert.deepEqual(notices.findLast(({ what }) => what === 'failed')?.pauseMs, pause)
    clock.ms += pause - 1
    assert.equal(stateOf(0), 'resting')
    clock.ms += 1
    assert.equal(stateOf(0), 'up')
  }
  first.fault = null
  assert.equal(await askedBy(() => nodes.header(5)), 'a')
  assert.equal(nodes.snapshot()[0]?.failures, 0)
})

test('the node that took over is kept after the first has rested', async () => {
  const first = faulty()
  const { nodes, clock, askedBy } = setUp([first.rpc, faulty().rpc])
  first.fault = new Error('broken')
  await nodes.header(5)
  first.fault = null
  clock.ms += 300
  assert.equal(await askedBy(() => nodes.header(5)), 'b')
})

test('of the nodes that may take over the one with fewer failures is asked first', async () => {
  const [first, second, third] = [faulty(), faulty(), faulty()]
  const { nodes, clock, askedBy } = setUp([first.rpc, second.rpc, third.rpc])
  for (const node of [first, second]) node.fault = new Error('broken')
  await nodes.header(5)
  ;[first.fault, second.fault, third.fault] = [null, null, new Error('broken')]
  clock.ms += 300_000
  second.fault = new Error('broken')
  await askedBy(() => nodes.header(5))
  second.fault = null
  clock.ms += 300
  assert.equal(await askedBy(() => nodes.header(5)), 'a')
})

test('requests that fail together count as one failure', async () => {
  const first = faulty()
  const { nodes } = setUp([first.rpc, faulty().rpc])
  first.fault = new Error('broken')
  await Promise.all(Array.from({ length: 50 }, (_, height) => nodes.header(height)))
  assert.equal(nodes.snapshot()[0]?.failures, 1)
})

test('a node that asks for a pause is left alone so long, and waited for only if no other is left', async () => {
  const [first, second] = [faulty(), faulty()]
  const { nodes, clock, askedBy } = setUp([first.rpc, second.rpc])
  first.fault = limit('3')
  assert.equal(await askedBy(() => nodes.header(5)), 'ab')
  first.fault = null
  second.fault = new Error('broken')
  assert.equal(await askedBy(() => nodes.header(5)), 'ab', 'the broken one first, then the wait')
  assert.deepEqual(clock.slept, [3_000])
  first.fault = limit(LONG_RETRY_AFTER)
  await assert.rejects(nodes.header(5), { name: 'NodesFailed' })
  assert.equal(await askedBy(() => assert.rejects(nodes.header(5), /a\.test: rate limited for 60 s/)), 'b')
  clock.ms += 60_000
  first.fault = null
  assert.match(await askedBy(() => nodes.header(5)), /a/)
})

test('a range that is too large is offered to the others and held against nobody', async () => {
  const [first, second] = [faulty(), faulty()]
  const { nodes, askedBy, stateOf } = setUp([first.rpc, second.rpc])
  first.fault = Object.assign(new Error('query returned more than 10000 results'), { code: -32005 })
  assert.equal(await askedBy(() => nodes.logs([CONTRACT], { from: 1, to: 90 })), 'ab')
  second.fault = new Error('block range limit exceeded')
  await assert.rejects(nodes.logs([CONTRACT], { from: 1, to: 90 }), (error) => {
    return error instanceof NodesFailed && error.refusals.every(({ kind }) => kind === 'tooLarge')
  })
  assert.deepEqual([stateOf(0), stateOf(1)], ['up', 'up'])
})

test('a node of another chain is never believed, not even as the last', async () => {
  const [good, stray] = [faulty(), { ...nodeOn({ length: 900 }), chainId: async () => CHAIN_ID + 1 }]
  const { nodes, stateOf } = setUp([stray, good.rpc])
  assert.equal((await nodes.header('latest'))?.number, 100)
  assert.equal(stateOf(0), 'quarantined')
  good.fault = new Error('broken')
  await assert.rejects(nodes.header('latest'), { name: 'NodesFailed' })
  await assert.rejects(setUp([stray]).nodes.header('latest'), { name: 'Permanent' })
})

test('a node is asked for its chain once', async () => {
  let asked = 0
  const chainId = async (): Promise<number> => {
    asked += 1
    return CHAIN_ID
  }
  const { nodes } = setUp([{ ...nodeOn({ length: 100 }), chainId }])
  await Promise.all([nodes.header(5), nodes.chainId(), nodes.header('latest')])
  assert.deepEqual([await nodes.chainId(), asked], [CHAIN_ID, 1])
})

test('a node that comes back after a failure is asked for its chain again', async () => {
  const first = faulty()
  let chainId = CHAIN_ID
  const { nodes, clock } = setUp([{ ...first.rpc, chainId: async () => chainId }])
  await nodes.header(5)
  first.fault = new Error('restarting')
  await assert.rejects(nodes.header(5))
  ;[first.fault, chainId] = [null, CHAIN_ID + 1]
  clock.ms += 60_000
  await assert.rejects(nodes.header(5), { name: 'Permanent' })
})

test('a node that cannot tell its chain at first may tell it later', async () => {
  let isReady = false
  const chainId = async (): Promise<number> => (isReady ? CHAIN_ID : Promise.reject(new Error('out of range')))
  const { nodes } = setUp([{ ...nodeOn({ length: 100 }), chainId }])
  await assert.rejects(nodes.header(5), { name: 'NodesFailed' })
  isReady = true
  assert.deepEqual(await nodes.header(5), blockAt(5))
})

test('what every node contradicts itself about is no failure of the network', async () => {
  const node = faulty()
  node.fault = new InconsistentNode('no header at height 3')
  await assert.rejects(setUp([node.rpc, node.rpc]).nodes.headers(1, 3), InconsistentNode)
})

test('only who answered lately is blamed, and of liars the lesser is asked', async () => {
  const [first, second] = [faulty(), faulty()]
  const { nodes, clock, stateOf, askedBy } = setUp([first.rpc, second.rpc])
  await nodes.header(5)
  first.fault = new Error('broken')
  clock.ms += 31_000
  await nodes.header(5)
  nodes.blame('logs that are in no bloom')
  assert.deepEqual([stateOf(0), stateOf(1)], ['resting', 'quarantined'])
  first.fault = null
  for (const again of ['once', 'twice']) {
    await nodes.header(5)
    nodes.blame(again)
  }
  assert.deepEqual(
    nodes.snapshot().map(({ lies }) => lies),
    [2, 1],
  )
  assert.equal(await askedBy(() => nodes.header(5)), 'b')
})

test('two URLs of one host are told apart', () => {
  const urls = ['http://x.test/one', 'http://x.test/two', 'http://y.test']
  const nodes = createNodes({
    ...{ urls, chainId: CHAIN_ID, quorum: 1, now: () => 0, sleep: async () => {} },
    connect: () => nodeOn({ length: 1 }),
  })
  assert.deepEqual(
    nodes.snapshot().map(({ host }) => host),
    ['x.test', 'x.test#2', 'y.test'],
  )
})

test('a node that is blamed is asked again only when no other is left', async () => {
  const [first, second] = [faulty(), faulty()]
  const { nodes, clock, askedBy, stateOf } = setUp([first.rpc, second.rpc])
  await nodes.header(5)
  nodes.blame('logs that are in no bloom')
  assert.equal(stateOf(0), 'quarantined')
  clock.ms += 60_000
  assert.equal(await askedBy(() => nodes.header(5)), 'b')
  second.fault = new Error('broken')
  assert.equal(await askedBy(() => nodes.header(5)), 'ab', 'a node that rests comes before one that lied')
  clock.ms += 3_600_000
  assert.equal(stateOf(0), 'up')
})

test('where two nodes answered, a contradiction quarantines neither, and the next one whose it is', async () => {
  const [first, second] = [faulty(), faulty()]
  const { nodes, stateOf, askedBy } = setUp([first.rpc, second.rpc])
  await nodes.header(5)
  first.fault = new Error('broken')
  await nodes.header(5)
  nodes.blame('logs of another fork')
  assert.deepEqual([stateOf(0), stateOf(1)], ['resting', 'up'])
  assert.equal(await askedBy(() => nodes.header(5)), 'b')
  nodes.blame('again')
  assert.deepEqual([stateOf(0), stateOf(1)], ['resting', 'quarantined'])
})

test('a head below what another node has is a node that lags, unless none has more', async () => {
  const [first, second] = [{ length: 100 }, { length: 99 }]
  const { nodes, askedBy } = setUp([nodeOn(first), nodeOn(second)])
  await nodes.header('latest')
  first.length = 90
  assert.equal(await askedBy(async () => assert.equal((await nodes.header('latest'))?.number, 99)), 'ab')
  assert.equal(await askedBy(() => nodes.header(95)), 'b', 'the one that leads is asked from now on')
  second.length = 80
  assert.equal((await nodes.header('latest'))?.number, 90)
})

test('a block that one node does not have is asked of another', async () => {
  const { nodes } = setUp([nodeOn({ length: 100 }), nodeOn({ length: 200 })])
  assert.deepEqual(await nodes.header(150), blockAt(150))
  assert.equal(await nodes.header(250), null)
})

test('nobody waits for a node that rests where there is an answer', async () => {
  const second = faulty()
  const { nodes, askedBy } = setUp([nodeOn({ length: 100 }), second.rpc])
  second.fault = new Error('broken')
  assert.equal(await askedBy(() => nodes.header(150)), 'ab')
  assert.equal(await askedBy(() => nodes.header(150)), 'a')
})

test('receipts that one node does not serve are asked of another', async () => {
  const first = { ...nodeOn({ length: 100 }), receiptLogs: async () => null }
  const { hash } = blockAt(50)
  assert.deepEqual(await setUp([first, nodeOn({ length: 100 })]).nodes.receiptLogs(hash), logsAt(blockAt(50)))
  assert.equal(await setUp([first, first]).nodes.receiptLogs(hash), null)
})

test('where a head stands still the others are looked at, and followed if they went on', async () => {
  const first = { length: 99 }
  const { nodes, clock, askedBy } = setUp([nodeOn(first), nodeOn({ length: 150 })])
  await nodes.header('latest')
  clock.ms += 29_000
  first.length = 100
  await nodes.header('latest')
  clock.ms += 29_000
  assert.equal(await askedBy(() => nodes.header('latest')), 'a')
  clock.ms += 1_000
  assert.equal(await askedBy(() => nodes.header('latest')), 'ab')
  assert.equal((await nodes.header('latest'))?.number, 150)
})

test('a slow node is left for a faster one, between questions that belong together only', async () => {
  const delays = [400, 20]
  const slow = (index: number, length: number): Rpc => {
    return mapCalls(nodeOn({ length }), async (call) => {
      clock.ms += delays[index] ?? 0
      return call()
    })
  }
  const { nodes, clock, askedBy } = setUp([slow(0, 100), slow(1, 100)])
  assert.equal(await askedBy(() => nodes.header('latest')), 'a')
  assert.equal(await askedBy(() => nodes.headers(1, 50)), 'a')
  assert.equal(await askedBy(() => nodes.header('latest')), 'b')
  delays[1] = 30
  for (let round = 0; round < 9; round += 1) assert.equal(await askedBy(() => nodes.header('latest')), 'b')
  assert.deepEqual(
    nodes.snapshot().map(({ latencyMs }) => Math.round(latencyMs ?? 0)),
    [400, 29],
  )
})

test('a finalized head never moves back', async () => {
  const [first, second] = [
    { length: 100, finalized: 60 },
    { length: 100, finalized: 50 },
  ]
  const { nodes } = setUp([nodeOn(first), nodeOn(second)])
  assert.equal((await nodes.header('finalized'))?.number, 60)
  first.finalized = 40
  assert.equal((await nodes.header('finalized'))?.number, 60)
  second.finalized = 70
  assert.equal((await nodes.header('finalized'))?.number, 70)
})

test('a finalized head of another branch is refused, and its node quarantined', async () => {
  const [first, second] = [faulty(), { length: 100, finalized: 80, name: 1, forkAt: 50 }]
  const good = { length: 100, finalized: 60 }
  const { nodes, clock, stateOf } = setUp([
    mapCalls(nodeOn(good), async (call) => {
      if (first.fault !== null) throw first.fault
      return call()
    }),
    nodeOn(second),
  ])
  await nodes.header('finalized')
  first.fault = new Error('broken')
  await assert.rejects(nodes.header('finalized'), InconsistentNode)
  assert.equal(stateOf(1), 'quarantined')
  ;[first.fault, good.finalized] = [null, 90]
  clock.ms += 1_000
  assert.equal((await nodes.header('finalized'))?.hash, blockAt(90).hash)
})

test('what came from a node that was caught lying binds nobody', async () => {
  const { nodes } = setUp([nodeOn({ length: 100, finalized: 80, name: 1, forkAt: 50 }), nodeOn({ length: 100, finalized: 90 })])
  await nodes.header('finalized')
  nodes.blame('it contradicted itself')
  assert.equal((await nodes.header('finalized'))?.hash, blockAt(90).hash)
})

const faults = [
  () => new Error('broken'),
  () => limit(),
  () => limit('0'),
  () => limit('4'),
  () => Object.assign(new Error('limit exceeded'), { code: -32005 }),
  () => new Error('block range too large'),
  () => new InconsistentNode('no header at height 3'),
]

test('a call succeeds, rightly, as long as one node answers, whatever the others did before', async () => {
  const wrong = fc.constantFrom(...faults)
  const step = fc.record({
    healthy: fc.nat(),
    faults: fc.array(fc.option(wrong), { minLength: 4, maxLength: 4 }),
    call: fc.constantFrom('latest', 'header', 'headers', 'logs', 'receipts', 'blame'),
    elapsed: fc.constantFrom(0, 1, 300, 5_000, 40_000, 400_000),
  })
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 30 }), async (count, steps) => {
    const servers = Array.from({ length: count }, () => faulty())
    const { nodes, clock } = setUp(servers.map(({ rpc }) => rpc))
    for (const { healthy, faults, call, elapsed } of steps) {
      for (const [index, server] of servers.entries())
        server.fault = index === healthy % count ? null : (faults[index]?.() ?? null)
      clock.ms += elapsed
      if (call === 'latest') assert.deepEqual(await nodes.header('latest'), blockAt(100))
      if (call === 'header') assert.deepEqual(await nodes.header(7), blockAt(7))
      if (call === 'headers') assert.deepEqual(await nodes.headers(7, 8), [blockAt(7), blockAt(8)])
      if (call === 'logs') assert.deepEqual(await nodes.logs([CONTRACT], { from: 7, to: 8 }), logsAt(blockAt(8)))
      if (call === 'receipts') assert.deepEqual(await nodes.receiptLogs(blockAt(8).hash), logsAt(blockAt(8)))
      if (call === 'blame') nodes.blame('for the sake of it')
    }
  })
  await fc.assert(property, { numRuns: 300 })
})

test('more nodes than there are cannot agree', () => {
  assert.throws(() => setUp([nodeOn({ length: 1 })], { quorum: 2 }), RangeError)
})
