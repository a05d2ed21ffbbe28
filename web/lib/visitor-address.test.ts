import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { appendVisitorAddress } from './visitor-address.ts'

const seen: (string | string[] | undefined)[] = []
const server = createServer((incoming, response) => {
  seen.push(incoming.headers['x-forwarded-for'])
  response.end()
})
before(async () => {
  appendVisitorAddress()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
after(() => server.close())

/** What the server is told of a visitor at this address who writes these headers. */
async function told(localAddress: string, headers: Record<string, string | string[]>): Promise<unknown> {
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, localAddress, headers, agent: false }, (answer) =>
      answer.resume().once('end', done),
    )
    sent.once('error', fail).end()
  })
  return seen.at(-1)
}

test('a visitor who says nothing is told by their address', async () => {
  assert.equal(await told('127.0.0.2', {}), '127.0.0.2')
})

test('what a visitor says comes before it, however it is written', async () => {
  assert.equal(await told('127.0.0.3', { 'x-forwarded-for': '203.0.113.7' }), '203.0.113.7, 127.0.0.3')
  assert.equal(await told('127.0.0.3', { 'X-FORWARDED-FOR': '1.1.1.1, 2.2.2.2' }), '1.1.1.1, 2.2.2.2, 127.0.0.3')
  assert.equal(await told('127.0.0.3', { 'X-Forwarded-For': ['1.1.1.1', '2.2.2.2'] }), '1.1.1.1, 2.2.2.2, 127.0.0.3')
  assert.equal(await told('127.0.0.3', { 'x-forwarded-for': '' }), ', 127.0.0.3')
})
