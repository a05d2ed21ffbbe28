import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Branch, blockAt, CHAIN_ID, CONTRACT, logsAt, nodeOn } from '../../test/support/node.ts'
import { InconsistentNode } from '../errors.ts'
import { createNodes } from './nodes.ts'
import type { Rpc } from './rpc.ts'
import type { RawLog } from './wire.ts'

const RANGE = { from: 1, to: 60 }
const TRUE_LOGS = Array.from({ length: 60 }, (_, index) => blockAt(index + 1)).flatMap(logsAt)

function setUp(quorum: number, rpcs: readonly Rpc[]) {
  const clock = { ms: 0 }
  const nodes = createNodes({
    urls: rpcs.map((_, index) => `http://node-${index}.test`),
    ...{ chainId: CHAIN_ID, quorum },
    connect: (url) => rpcs[Number(url.replace(/\D/g, ''))] ?? assert.fail(url),
    now: () => clock.ms,
    sleep: async () => assert.fail('nobody has to wait'),
  })
  return { nodes, clock, lies: () => nodes.snapshot().map(({ lies }) => lies) }
}

function branches(...of: Branch[]): Rpc[] {
  return of.map(nodeOn)
}

const broken: Rpc = {
  chainId: async () => CHAIN_ID,
  header: async () => Promise.reject(new Error('broken')),
  headers: async () => Promise.reject(new Error('broken')),
  logs: async () => Promise.reject(new Error('broken')),
  receiptLogs: async () => Promise.reject(new Error('broken')),
}

test('the head is the highest block that enough nodes have', async () => {
  const { nodes } = setUp(2, branches({ length: 100 }, { length: 97 }, { length: 90 }))
  assert.deepEqual(await nodes.header('latest'), blockAt(97))
  assert.equal(await nodes.header(99), null)
})

test('a node that falls behind, or breaks, holds nobody up', async () => {
  const [first, second, third] = [{ length: 100 }, { length: 100 }, { length: 100 }]
  const { nodes } = setUp(2, branches(first, second, third))
  assert.deepEqual(await nodes.header('latest'), blockAt(100))
  for (const branch of [second, third]) branch.length = 120
  first.length = 80
  assert.deepEqual(await nodes.header('latest'), blockAt(120), 'below what was agreed before, the others are asked')
  assert.deepEqual(await setUp(2, [broken, ...branches(first, second, third)]).nodes.header('latest'), blockAt(120))
})

test('where the agreed head stands still, nodes that went on are found', async () => {
  const all = [{ length: 100 }, { length: 100 }, { length: 100 }, { length: 100 }]
  const { nodes, clock } = setUp(2, branches(...all))
  await nodes.header('latest')
  for (const branch of all.slice(2)) branch.length = 150
  assert.deepEqual(await nodes.header('latest'), blockAt(100), 'two of them agree on it, and nothing says that it is old')
  clock.ms += 30_000
  await nodes.header('latest')
  await nodes.header('latest') // the two that stand still are known as such by now
  assert.deepEqual(await nodes.header('latest'), blockAt(150))
})

test('a forged branch does not hold the head back, however deep it forks', async () => {
  for (let forkAt = 1; forkAt <= 100; forkAt += 9) {
    const forged = { length: 104, name: 1, forkAt }
    assert.deepEqual(await setUp(2, branches(forged, { length: 100 }, { length: 101 })).nodes.header('latest'), blockAt(100))
  }
})

test('where every node is on a branch of its own, the head is the last block that enough of them share', async () => {
  for (let forkAt = 2; forkAt <= 70; forkAt += 1) {
    const { nodes } = setUp(
      2,
      branches({ length: 70, name: 1, forkAt }, { length: 72, name: 2, forkAt: Math.ceil(forkAt / 2) }, { length: 71 }),
    )
    assert.deepEqual(await nodes.header('latest'), blockAt(forkAt - 1), `fork at ${forkAt}`)
  }
})

test('nodes that share nothing are refused', async () => {
  const apart = branches({ length: 70, name: 1, forkAt: 0 }, { length: 72 })
  await assert.rejects(setUp(2, apart).nodes.header('latest'), InconsistentNode)
})

test('too few answers are not enough', async () => {
  const { nodes } = setUp(2, [broken, nodeOn({ length: 100 }), broken])
  for (const call of [nodes.header('latest'), nodes.header(5), nodes.headers(1, 2), nodes.logs([CONTRACT], RANGE)]) {
    await assert.rejects(call, { name: 'NodesFailed', message: /^1 nodes answered where 2 must agree: node-[02]/ })
  }
})

test('a header with the right hash and another bloom is outvoted', async () => {
  const honest = nodeOn({ length: 100 })
  const forged = { ...blockAt(5), logsBloom: `0x${'ff'.repeat(256)}` }
  const liar: Rpc = { ...honest, header: async (at) => (at === 5 ? forged : honest.header(at)), headers: async () => [forged] }
  const { nodes } = setUp(2, [liar, honest, honest])
  assert.deepEqual(await nodes.header(5), blockAt(5))
  assert.deepEqual(await nodes.headers(5, 5), [blockAt(5)])
})

const withheld = (log: RawLog): boolean => log.blockNumber !== 30
const lyingLogs: Record<string, (logs: RawLog[]) => RawLog[]> = {
  'leaves out all logs': () => [],
  'leaves out the logs of one block': (logs) => logs.filter(withheld),
  'gives a log twice': (logs) => [...logs, ...logs.slice(-1)],
  'changes data': (logs) => logs.map((log) => ({ ...log, data: `${log.data.slice(0, -1)}f` })),
  'changes a topic': (logs) => logs.map((log) => ({ ...log, topics: [`0x${'ef'.repeat(32)}`] })),
}

for (const [name, lie] of Object.entries(lyingLogs)) {
  test(`a node that ${name} is outvoted, and between two the receipts decide`, async () => {
    const honest = nodeOn({ length: 100 })
    const liar: Rpc = { ...honest, logs: async (...asked) => lie(await honest.logs(...asked)) }
    for (const rpcs of [
      [liar, honest, honest],
      [honest, liar, honest],
      [honest, liar],
      [liar, honest],
    ]) {
      const { nodes, lies } = setUp(2, rpcs)
      assert.deepEqual(await nodes.logs([CONTRACT], RANGE), TRUE_LOGS)
      assert.equal(Math.max(...lies()), 0, 'near the head, honest nodes may differ')
    }
  })
}

test('a node is caught where honest nodes cannot differ: by hash, or below what is final', async () => {
  const honest = nodeOn({ length: 100, finalized: 80 })
  const liar: Rpc = { ...honest, logs: async () => [] }
  const byHash = setUp(2, [liar, honest])
  assert.deepEqual(await byHash.nodes.logs([CONTRACT], { blockHash: blockAt(90).hash }), logsAt(blockAt(90)))
  assert.deepEqual(byHash.lies(), [1, 0])
  const final = setUp(2, [liar, honest, honest])
  await final.nodes.header('finalized')
  await final.nodes.logs([CONTRACT], RANGE)
  assert.deepEqual(final.lies(), [1, 0, 0])
  assert.deepEqual(final.nodes.snapshot()[0]?.state, 'quarantined')
})

test('receipts decide by the logs that were asked for, and nobody lies by not serving any', async () => {
  const honest = nodeOn({ length: 100 })
  const receiptLogs: Rpc['receiptLogs'] = async (hash) => {
    const logs = (await honest.receiptLogs(hash)) ?? []
    return [...logs, ...logs.map((log) => ({ ...log, address: `0x${'dd'.repeat(20)}`, logIndex: log.logIndex + 2 }))]
  }
  const [withOthers, liar] = [
    { ...honest, receiptLogs },
    { ...honest, receiptLogs, logs: async () => [] },
  ]
  assert.deepEqual(await setUp(2, [liar, withOthers]).nodes.logs([CONTRACT], RANGE), TRUE_LOGS)
  const { nodes, lies } = setUp(2, [{ ...honest, receiptLogs: async () => null }, honest, honest])
  assert.deepEqual(await nodes.receiptLogs(blockAt(30).hash), logsAt(blockAt(30)))
  assert.deepEqual(lies(), [0, 0, 0])
})

test('a block about which two nodes differ is none at all', async () => {
  const { nodes } = setUp(2, branches({ length: 100 }, { length: 100, name: 1, forkAt: 50 }))
  await assert.rejects(nodes.header(60), InconsistentNode)
})

test('so many contested blocks are not looked up one by one', async () => {
  const honest = nodeOn({ length: 200 })
  const { nodes } = setUp(2, [{ ...honest, logs: async () => [] }, honest])
  await assert.rejects(nodes.logs([CONTRACT], { from: 1, to: 110 }), InconsistentNode)
})

test('where nodes have nothing final yet, there is nothing final', async () => {
  const honest = nodeOn({ length: 100 })
  const early: Rpc = { ...honest, header: async (at) => (at === 'finalized' ? null : honest.header(at)) }
  assert.equal(await setUp(2, [early, early, honest]).nodes.header('finalized'), null)
})

test('nobody waits for a node that rests to tell a higher head', async () => {
  let asked = 0
  const header: Rpc['header'] = async (at) => {
    asked += 1
    return broken.header(at)
  }
  const [first, second] = [{ length: 100 }, { length: 100 }]
  const { nodes } = setUp(2, [{ ...broken, header }, ...branches(first, second)])
  await nodes.header('latest')
  for (const branch of [first, second]) branch.length = 90
  assert.deepEqual(await nodes.header('latest'), blockAt(90))
  assert.equal(asked, 1)
})

test('the same logs in another order are the same answer', async () => {
  const honest = nodeOn({ length: 100 })
  const shuffled: Rpc = { ...honest, logs: async (...asked) => (await honest.logs(...asked)).reverse() }
  const { nodes, lies } = setUp(2, [honest, shuffled])
  assert.deepEqual(await nodes.logs([CONTRACT], RANGE), TRUE_LOGS)
  assert.deepEqual(lies(), [0, 0])
})

test('where neither votes nor receipts decide, nothing is believed', async () => {
  const honest = nodeOn({ length: 100 })
  const liar: Rpc = { ...honest, logs: async () => [], receiptLogs: async () => [] }
  await assert.rejects(setUp(2, [liar, honest]).nodes.logs([CONTRACT], { from: 30, to: 30 }), InconsistentNode)
  const mute: Rpc = { ...honest, logs: async () => [], receiptLogs: async () => null }
  await assert.rejects(setUp(2, [mute, honest]).nodes.logs([CONTRACT], { from: 30, to: 30 }), InconsistentNode)
  const onAnotherBranch = nodeOn({ length: 100, name: 1, forkAt: 30 })
  await assert.rejects(setUp(2, [onAnotherBranch, honest]).nodes.logs([CONTRACT], RANGE), InconsistentNode)
  assert.equal(await setUp(2, [mute, honest]).nodes.receiptLogs(blockAt(30).hash), null)
})

test('a finalized head that moves back or to another branch is refused', async () => {
  const all = [
    { length: 100, finalized: 60 },
    { length: 100, finalized: 62 },
  ] as Branch[]
  const [first = assert.fail(), second = assert.fail()] = all
  const { nodes } = setUp(2, branches(first, second))
  assert.deepEqual(await nodes.header('finalized'), blockAt(60))
  first.finalized = 40
  assert.deepEqual(await nodes.header('finalized'), blockAt(60))
  for (const branch of all) Object.assign(branch, { finalized: 70, name: 1, forkAt: 50 })
  await assert.rejects(nodes.header('finalized'), InconsistentNode)
  for (const branch of all) Object.assign(branch, { forkAt: 65 })
  assert.deepEqual(await nodes.header('finalized'), blockAt(70, { name: 1, forkAt: 65 }))
})

/** Ways to lie, each consistent in itself; two liars of one kind say the same. */
const liars = {
  forged: () => nodeOn({ length: 99, finalized: 97, name: 1, forkAt: 20 }),
  forgedHigher: () => nodeOn({ length: 160, finalized: 150, name: 2, forkAt: 55 }),
  withholding: () => ({ ...nodeOn({ length: 95, finalized: 70 }), logs: async () => [], receiptLogs: async () => [] }),
  old: () => nodeOn({ length: 10, finalized: 5 }),
  silent: () => broken,
}

test('with as many honest nodes as must agree, and fewer liars, every answer is the honest one', async () => {
  const scenario = fc
    .record({ quorum: fc.integer({ min: 2, max: 4 }), spare: fc.integer({ min: 0, max: 2 }) })
    .chain(({ quorum, spare }) => {
      const lies = fc.array(fc.constantFrom(...Object.values(liars)), { maxLength: quorum - 1 })
      const lengths = fc.array(fc.integer({ min: 80, max: 100 }), { minLength: quorum + spare, maxLength: quorum + spare })
      return fc.record({
        quorum: fc.constant(quorum),
        lies,
        lengths,
        seed: fc.infiniteStream(fc.nat()),
        rounds: fc.integer({ min: 1, max: 4 }),
      })
    })
  const property = fc.asyncProperty(scenario, async ({ quorum, lies, lengths, seed, rounds }) => {
    const honest = lengths.map((length) => nodeOn({ length, finalized: length - 30 }))
    const order = [...honest, ...lies.map((make) => make())].map((rpc) => ({ rpc, at: seed.next().value }))
    const rpcs = order.toSorted((a, b) => a.at - b.at).map(({ rpc }) => rpc)
    const { nodes } = setUp(quorum, rpcs)
    for (let round = 0; round < rounds; round += 1) {
      const head = (await nodes.header('latest')) ?? assert.fail('a head')
      assert.deepEqual(head, blockAt(head.number))
      assert.ok(head.number <= Math.max(...lengths), `head ${head.number}`)
      const final = (await nodes.header('finalized')) ?? assert.fail('a finalized head')
      assert.deepEqual(final, blockAt(final.number))
      assert.ok(final.number <= Math.max(...lengths) - 30, `final ${final.number}`)
      assert.deepEqual(await nodes.header(56), blockAt(56))
      assert.deepEqual(
        await nodes.headers(19, 21),
        [19, 20, 21].map((at) => blockAt(at)),
      )
      assert.deepEqual(await nodes.logs([CONTRACT], RANGE), TRUE_LOGS)
      assert.deepEqual(await nodes.logs([CONTRACT], { blockHash: blockAt(56).hash }), logsAt(blockAt(56)))
      assert.deepEqual(await nodes.receiptLogs(blockAt(58).hash), logsAt(blockAt(58)))
    }
  })
  await fc.assert(property, { numRuns: 300 })
})
