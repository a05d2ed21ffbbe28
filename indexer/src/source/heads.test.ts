import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { getEventListeners, once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type WebSocket, WebSocketServer } from 'ws'
import { blockAt, headerJson } from '../../test/support/node.ts'
import { createHeads } from './heads.ts'

const ANSWER_MS = 10_000
const STABLE_MS = 30_000
const NO_HURRY_MS = 3_600_000
const SUBSCRIBED = '{"jsonrpc":"2.0","id":1,"result":"0x9"}'

/** Timers that only go off when told, and remember for how long they were set. */
function createTimers() {
  const set: { ms: number; act: () => void }[] = []
  const log: number[] = []
  let tell = (): void => {}
  return {
    log,
    pending: () => set.map(({ ms }) => ms),
    after: (ms: number, act: () => void) => {
      const timer = { ms, act }
      set.push(timer)
      log.push(ms)
      tell()
      return () => {
        if (set.includes(timer)) set.splice(set.indexOf(timer), 1)
      }
    },
    /** Waits until a timer is set for so long, then lets it go off. */
    fire: async (ms: number): Promise<void> => {
      for (;;) {
        const at = set.findIndex((timer) => timer.ms === ms)
        const [timer] = at < 0 ? [] : set.splice(at, 1)
        if (timer !== undefined) return timer.act()
        await new Promise<void>((resolve) => (tell = resolve))
      }
    },
    /** Waits until a timer is set for so long. */
    expect: async (ms: number): Promise<void> => {
      while (!set.some((timer) => timer.ms === ms)) await new Promise<void>((resolve) => (tell = resolve))
    },
  }
}

/** A WebSocket server and the heads of a client of it; `peer` is the server's end of the next connection that asks. */
async function setUp(t: TestContext, urls: (url: string) => string | string[] = (url) => url) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const peers: WebSocket[] = []
  let tell = (): void => {}
  server.on('connection', (socket) => {
    socket.once('message', (data) => {
      assert.equal(JSON.parse(String(data)).method, 'eth_subscribe')
      peers.push(socket)
      tell()
    })
  })
  const timers = createTimers()
  const heads = createHeads(urls(`ws://127.0.0.1:${port}`), timers.after)
  t.after(() => {
    heads.close()
    for (const client of server.clients) client.terminate()
    server.close()
  })
  const peer = async (): Promise<WebSocket> => {
    for (;;) {
      const next = peers.shift()
      if (next !== undefined) return next
      await new Promise<void>((resolve) => (tell = resolve))
    }
  }
  return { heads, timers, peer, next: () => heads.next(NO_HURRY_MS, new AbortController().signal) }
}

function announcement(height: number): string {
  return JSON.stringify({ method: 'eth_subscription', params: { subscription: '0x9', result: headerJson(blockAt(height)) } })
}

test('a confirmed subscription announces heads, the newest only', async (t) => {
  const { heads, timers, peer, next } = await setUp(t)
  const socket = await peer()
  assert.equal(heads.isConnected(), false)
  for (const confirmation of [SUBSCRIBED, SUBSCRIBED]) socket.send(confirmation)
  socket.send(announcement(5))
  assert.deepEqual(await next(), blockAt(5))
  assert.equal(heads.isConnected(), true)
  const closed = once(socket, 'close')
  heads.close()
  await closed
  assert.equal(heads.isConnected(), false)
  assert.deepEqual(timers.pending(), [])
})

test('silence and an abort both end the wait, and leave no timer behind', async (t) => {
  const { heads, timers } = await setUp(t)
  const stop = new AbortController()
  const silence = heads.next(NO_HURRY_MS, stop.signal)
  await timers.fire(NO_HURRY_MS)
  assert.equal(await silence, null)
  assert.deepEqual(getEventListeners(stop.signal, 'abort'), [])
  const waiting = heads.next(NO_HURRY_MS, stop.signal)
  stop.abort()
  assert.equal(await waiting, null)
  assert.equal(await heads.next(NO_HURRY_MS, stop.signal), null)
  heads.close()
  assert.deepEqual(timers.pending(), [])
})

test('a message in pieces is one message; what is no announcement is passed over', async (t) => {
  const { peer, next } = await setUp(t)
  const socket = await peer()
  const noise = [
    'null',
    '[]',
    '7',
    'not json',
    '{"method":"x"}',
    '{"params":null}',
    '{"params":{}}',
    '{"params":{"result":{"number":"0x1"}}}',
  ]
  for (const message of [SUBSCRIBED, ...noise]) socket.send(message)
  const text = announcement(6)
  for (let at = 0; at < text.length; at += 100) socket.send(text.slice(at, at + 100), { fin: at + 100 >= text.length })
  assert.deepEqual(await next(), blockAt(6))
})

test('a message without end is not read: the connection is cut and made again', async (t) => {
  const { timers, peer, next } = await setUp(t)
  const socket = await peer()
  socket.on('error', () => {}) // the client goes in the middle of it
  socket.send(SUBSCRIBED)
  socket.send('x'.repeat(1_000_001))
  await timers.fire(250)
  ;(await peer()).send(announcement(7))
  assert.deepEqual(await next(), blockAt(7))
})

test('a refused subscription is tried again after growing pauses, at one URL after the other', async (t) => {
  const { timers, peer, heads } = await setUp(t, (url) => [url, 'ftp://no.websocket', `${url}/second`])
  for (const pause of [250, 1_000, 2_000, 8_000]) {
    const socket = await peer()
    socket.send('{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no such method"}}')
    socket.send(SUBSCRIBED) // too late
    await timers.fire(pause)
    if (pause === 250 || pause === 2_000) {
      await timers.fire(0)
      await timers.fire(pause * 2)
    }
  }
  await peer()
  assert.equal(heads.isConnected(), false)
  assert.deepEqual(timers.pending(), [ANSWER_MS])
})

test('a node that takes the connection and answers nothing is left', async (t) => {
  const { timers, peer } = await setUp(t)
  const closed = once(await peer(), 'close')
  await timers.fire(ANSWER_MS)
  await closed
  await timers.fire(250)
  await peer()
})

test('a server that announces and hangs up at once is not stormed', async (t) => {
  const { timers, peer } = await setUp(t)
  for (const pause of [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]) {
    const socket = await peer()
    socket.send(SUBSCRIBED)
    socket.send(announcement(1))
    socket.close()
    await timers.fire(pause)
  }
})

test('a connection that lasted resets the pause', async (t) => {
  const { timers, peer } = await setUp(t)
  ;(await peer()).close()
  await timers.fire(250)
  const socket = await peer()
  socket.send(SUBSCRIBED)
  await timers.fire(STABLE_MS)
  socket.close()
  await timers.fire(250)
  await peer()
})

test('a silent subscription is cut after three heads that it missed, one that is not confirmed yet never', async (t) => {
  const { heads, timers, peer, next } = await setUp(t)
  const socket = await peer()
  for (let miss = 0; miss < 5; miss += 1) heads.missed()
  socket.send(SUBSCRIBED)
  await timers.expect(STABLE_MS)
  heads.missed()
  assert.equal(heads.isConnected(), true)
  socket.send(announcement(1))
  await next()
  for (let miss = 0; miss < 2; miss += 1) heads.missed()
  socket.send(announcement(2))
  await next()
  for (let miss = 0; miss < 2; miss += 1) heads.missed()
  assert.equal(heads.isConnected(), true, 'an announcement ends the count')
  heads.missed()
  assert.equal(heads.isConnected(), false)
  await timers.fire(250)
  await peer()
})

/** A server that opens the WebSocket, confirms anything, and then never says goodbye. */
async function serveDeaf() {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.once('data', (request) => {
      const key = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1]
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
      socket.write(`HTTP/1.1 101 x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`)
      socket.write(Buffer.concat([Buffer.from([0x81, SUBSCRIBED.length]), Buffer.from(SUBSCRIBED)]))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { server, sockets, url: `ws://127.0.0.1:${port}` }
}

test('a peer that never finishes the closing handshake is cut off', async (t) => {
  const { server, sockets, url } = await serveDeaf()
  const timers = createTimers()
  const heads = createHeads(url, timers.after)
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await timers.expect(STABLE_MS)
  const [first] = sockets
  assert.ok(first)
  const gone = once(first, 'close')
  for (let miss = 0; miss < 3; miss += 1) heads.missed()
  await gone
  await timers.fire(250)
  await timers.expect(STABLE_MS)
  const closed = once(sockets[1] ?? assert.fail('a second connection'), 'close')
  heads.close()
  await closed
  assert.deepEqual(timers.pending(), [])
})

test('without a URL nothing is ever announced', async () => {
  const timers = createTimers()
  const heads = createHeads(null, timers.after)
  const silence = heads.next(NO_HURRY_MS, new AbortController().signal)
  heads.missed()
  await timers.fire(NO_HURRY_MS)
  assert.equal(await silence, null)
  heads.close()
})
