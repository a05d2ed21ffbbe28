import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { choosePorts, services } from './ports.ts'

test('a taken port is refused, naming the port, what it is for, and the variable that moves it', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const env = { ...free(), API_PORT: String(port) }
  try {
    await assert.rejects(choosePorts(env), new RegExp(`^Error: Port ${port}, meant for the api, is taken\\..*API_PORT`))
  } finally {
    await new Promise((resolve) => server.close(resolve)) // or it would keep the test alive for ever
  }
})

test('a port that is no port is refused by the name of its variable', async () => {
  await assert.rejects(choosePorts({ ...free(), PG_PORT: 'many' }), /^Error: PG_PORT is many/)
  await assert.rejects(choosePorts({ ...free(), PG_PORT: '70000' }), /^Error: PG_PORT is 70000/)
})

test('two services cannot have the same port', async () => {
  await assert.rejects(
    choosePorts({ ...free(), WEB_PORT: '21011', API_PORT: '21011' }),
    /WEB_PORT is 21011, which something else of Fairhold has/,
  )
})

test('with DATABASE_URL the port of ours is not looked at', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(21_020, '127.0.0.1', resolve))
  try {
    const ports = await choosePorts({ ...free(), PG_PORT: '21020', DATABASE_URL: 'postgresql://somewhere' })
    assert.equal(ports.postgres, 21_020)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

/** Ports that are hardly used by anything, and that no outgoing connection is given. */
function free(): Record<string, string> {
  return Object.fromEntries(Object.values(services).map(({ variable }, index) => [variable, String(21_001 + index)]))
}
