import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { refuseUpgrades } from './refuse-upgrades.ts'

const server = createServer((_, response) => response.end('page'))
let passedOn = 0
server.on('upgrade', (_, socket) => {
  passedOn += 1
  socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')
})
before(async () => {
  refuseUpgrades()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
after(() => server.close())

/** The first line of what is answered to somebody who wants to upgrade at this path. */
function answerTo(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    let told = ''
    socket.on('data', (data) => (told += data)).on('error', fail)
    socket.on('close', () => done(told.split('\r\n')[0] ?? ''))
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
  })
}

test('an upgrade is refused at once, and nobody hears of it', async () => {
  assert.equal(await answerTo('/v1/live'), 'HTTP/1.1 426 Upgrade Required')
  assert.equal(await answerTo('/'), 'HTTP/1.1 426 Upgrade Required')
  assert.equal(passedOn, 0)
})

test('what Next asks for itself in development goes through', async () => {
  assert.equal(await answerTo('/_next/webpack-hmr'), 'HTTP/1.1 101 Switching Protocols')
  assert.equal(passedOn, 1)
})

test('pages are served as before', async () => {
  const { port } = server.address() as AddressInfo
  const body = await new Promise<string>((done) =>
    request({ port, host: '127.0.0.1', agent: false }, (answer) => answer.setEncoding('utf8').once('data', done)).end(),
  )
  assert.equal(body, 'page')
})
