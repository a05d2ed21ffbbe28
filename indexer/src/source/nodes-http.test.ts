import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { blockAt, CHAIN_ID, CONTRACT, logsAt, nodeOn, serveNode } from '../../test/support/node.ts'
import { createNodes, type NodeNotice } from './nodes.ts'
import { createRpc, type Rpc } from './rpc.ts'

const SECRET = 'k3y-of-the-operator'

/** Real servers; each URL carries a secret in its path, its query and its credentials. */
async function setUp(t: TestContext, rpcs: readonly Rpc[], quorum = 1) {
  const servers = await Promise.all(rpcs.map(serveNode))
  t.after(() => Promise.all(servers.map(({ stop }) => stop())))
  const notices: NodeNotice[] = []
  const nodes = createNodes({
    urls: servers.map(({ url }) => `${url.replace('//', `//user:${SECRET}@`)}/v2/${SECRET}?key=${SECRET}`),
    ...{ chainId: CHAIN_ID, quorum },
    connect: (url) => createRpc(url.replace(`user:${SECRET}@`, '')), // fetch takes no credentials in a URL
    now: () => performance.now(),
    sleep: () => assert.fail('nobody has to wait'),
    onNode: (notice) => notices.push(notice),
  })
  const [first, second] = servers
  if (first === undefined || second === undefined) return assert.fail('two nodes at least')
  return { nodes, servers, first, second, notices }
}

const misbehaviours: Record<string, (response: ServerResponse) => void> = {
  'cuts the connection': (response) => response.destroy(),
  'answers 500': (response) => response.writeHead(500).end(`no such key: ${SECRET}`),
  'answers 429': (response) => response.writeHead(429, { 'retry-after': '7' }).end('{}'),
  'answers with a page': (response) => response.end('<html>Welcome</html>'),
  'answers with another thing': (response) => response.end('{"jsonrpc":"2.0","id":1,"result":{"number":"0x1"}}'),
  'answers nothing': (response) => response.end(),
  'stops in the middle': (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"jsonrpc":')
    response.destroy()
  },
}

for (const [name, misbehave] of Object.entries(misbehaviours)) {
  test(`where a node ${name}, the next one answers in the same call, and no secret is told`, async (t) => {
    const { nodes, first, second, notices } = await setUp(t, [nodeOn({ length: 100 }), nodeOn({ length: 100 })])
    first.behave((response) => {
      misbehave(response)
      return true
    })
    assert.deepEqual(await nodes.header('latest'), blockAt(100))
    assert.deepEqual(
      await nodes.headers(3, 9),
      [3, 4, 5, 6, 7, 8, 9].map((height) => blockAt(height)),
    )
    assert.deepEqual(await nodes.logs([CONTRACT], { from: 8, to: 8 }), logsAt(blockAt(8)))
    assert.equal(notices[0]?.host, first.host)
    second.behave((response) => {
      misbehave(response)
      return true
    })
    await assert.rejects(nodes.header('latest'), ({ message }: Error) => {
      return message.includes(first.host) && message.includes(second.host) && !message.includes(SECRET)
    })
    assert.doesNotMatch(JSON.stringify([notices, nodes.snapshot()]), new RegExp(SECRET))
  })
}

test('where a node is not there at all, the next one answers', async (t) => {
  const { nodes, first, notices } = await setUp(t, [nodeOn({ length: 100 }), nodeOn({ length: 100 })])
  await first.stop()
  assert.deepEqual(await nodes.header('latest'), blockAt(100))
  assert.deepEqual([notices[0]?.host, notices[0]?.what], [first.host, 'failed'])
})

test('a rate limit is known for what it is, over HTTP and in JSON-RPC', async (t) => {
  const good = nodeOn({ length: 100 })
  const limit = Object.assign(new Error('daily request count exceeded'), { code: -32005 })
  const { nodes, first, notices } = await setUp(t, [good, { ...good, header: async () => Promise.reject(limit) }, good])
  first.behave((response) => {
    response.writeHead(429, { 'retry-after': '7' }).end('{}')
    return true
  })
  assert.deepEqual(await nodes.header('latest'), blockAt(100))
  const limits = notices.filter(({ what }) => what === 'limited').map(({ pauseMs }) => pauseMs)
  assert.deepEqual(limits, [7_000, 250])
})

test('logs that one node leaves out of a range are outvoted', async (t) => {
  const honest = nodeOn({ length: 100 })
  const { nodes } = await setUp(t, [{ ...honest, logs: async () => [] }, honest, honest], 2)
  assert.deepEqual(
    await nodes.logs([CONTRACT], { from: 1, to: 8 }),
    [2, 4, 6, 8].flatMap((at) => logsAt(blockAt(at))),
  )
})
