import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { p256Key } from '../../test/support/tokens.ts'
import { createDidResolver } from '../did/resolver.ts'
import { type FetchLimits, fetchPublic, type Outside } from './fetch-public.ts'
import { isPublicAddress } from './public-address.ts'

/** A key and a certificate for example.com, of nobody. */
const pem = readFileSync(join(import.meta.dirname, '../../test/support/example.com.pem'), 'utf8')
const limits: FetchLimits = { maxBytes: 1_000, timeoutMs: 1_500, contentTypes: ['application/json'] }

const inside = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.0.0.1', '192.168.1.1', '198.18.0.1', '203.0.113.7', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::7f00:1', 'fc00::1', 'fd12::1', 'fe80::1'],
  ...['fe80::1%eth0', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1', '3fff::1', '', 'localhost', '127.1'],
]

test('addresses that are not of the public internet are known as such', () => {
  for (const address of inside) assert.equal(isPublicAddress(address), false, address)
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])
    assert.equal(isPublicAddress(address), true, address)
})

/** Finds names at these addresses, and would connect to a port where nobody listens. */
const at = (...addresses: string[]): Outside => ({ lookup: async () => addresses, isPublic: isPublicAddress, port: 1 })

test('a name that leads to the inside is refused before anything is asked there', async () => {
  for (const address of inside.filter((one) => one.includes('.') || one.includes(':'))) {
    await assert.rejects(fetchPublic('https://example.com/', limits, at(address)), /not on the public internet/, address)
  }
  await assert.rejects(fetchPublic('https://example.com/', limits, at('8.8.8.8', '10.0.0.1')), /not on the public internet/)
  await assert.rejects(fetchPublic('https://example.com/', limits, at()), /unknown/)
})

const closed = [
  'http://example.com/',
  'file:///etc/passwd',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://intranet/',
  'https://example.com:8443/',
  'https://me:secret@example.com/',
  'https://example.com./',
  'https://exa_mple.com/',
  `https://example.com/${'x'.repeat(2_000)}`,
  'gopher://example.com/',
  '//example.com/',
]

test('only https on its own port, and only a host name, is fetched from', async () => {
  const never: Outside = { lookup: () => assert.fail('a name was looked up'), isPublic: () => true, port: 1 }
  for (const url of closed) await assert.rejects(fetchPublic(url, limits, never), { name: 'FetchRefused' }, url)
})

test('a name that is never answered is given up', async () => {
  const silent: Outside = { lookup: () => new Promise(() => undefined), isPublic: () => true, port: 1 }
  await assert.rejects(fetchPublic('https://example.com/', { ...limits, timeoutMs: 100 }, silent), /in time/)
})

describe('a server that means harm', () => {
  const server = createServer({ key: pem, cert: pem }, (request, response) => paths[request.url ?? '']?.(response, request))
  const paths: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
    '/good': (response) => response.setHeader('content-type', 'application/json; charset=utf-8').end('{"a":1}'),
    '/echo': (response, { headers }) => response.end(JSON.stringify(headers)),
    '/redirect': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    '/missing': (response) => response.writeHead(404).end(),
    '/said-large': (response) => response.setHeader('content-length', '5000').end(Buffer.alloc(5_000, 32)),
    '/endless': (response) => {
      const flood = () => !response.destroyed && response.write(Buffer.alloc(16_384, 32), flood)
      flood()
    },
    '/slow': (response) => {
      response.write('{')
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
    },
    '/silent': () => undefined,
    '/zip': (response) => response.setHeader('content-encoding', 'gzip').end(Buffer.alloc(100)),
    '/page': (response) => response.setHeader('content-type', 'text/html').end('<html>'),
    '/headers': (response) => response.setHeader('x-long', 'x'.repeat(14_000)).end('{}'),
    '/broken': (response) => {
      response.setHeader('content-length', '500').write('{')
      setTimeout(() => response.destroy(), 50)
    },
    '/bytes': (response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
    '/user/did.json': (response) => response.end(JSON.stringify(document('did:web:example.com:user'))),
    '/.well-known/did.json': (response) => response.end(JSON.stringify(document('did:web:example.com'))),
    '/other/did.json': (response) => response.end(JSON.stringify(document('did:web:example.com:user'))),
    '/bomb/did.json': (response) => response.end('x'.repeat(100_000)),
    '/deep/did.json': (response) => response.end(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  }
  let outside: Outside

  before(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    outside = { lookup: async () => ['127.0.0.1'], isPublic: (address) => address === '127.0.0.1', port, ca: pem }
  })
  after(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const get = (path: string, host = 'example.com') => fetchPublic(`https://${host}${path}`, limits, outside)

  test('gives what it has, and learns nothing of us', async () => {
    assert.equal(await get('/good'), '{"a":1}')
    const headers = JSON.parse(await get('/echo')) as Record<string, string>
    assert.deepEqual(Object.keys(headers).sort(), ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
  })

  const refused: [string, RegExp][] = [
    ['/redirect', /302/],
    ['/missing', /404/],
    ['/said-large', /too large/],
    ['/endless', /too large/],
    ['/slow', /broke off or came too late/],
    ['/silent', /in time/],
    ['/zip', /compressed/],
    ['/page', /another kind/],
    ['/headers', /failed/],
    ['/broken', /broke off/],
    ['/bytes', /broke off/],
  ]
  for (const [path, reason] of refused) {
    test(`is refused: ${path.slice(1)}`, async () => {
      await assert.rejects(get(path), (error: Error) => error.name === 'FetchRefused' && reason.test(error.message))
    })
  }

  test('is not believed under a name that its certificate does not have', async () => {
    await assert.rejects(get('/good', 'other.com'), /failed/)
  })

  test('serves documents of did:web, its own only', async () => {
    const resolver = createDidResolver({ web: true, now: Date.now, outside })
    assert.equal((await resolver.document('did:web:example.com')).authentication?.length, 1)
    assert.equal((await resolver.document('did:web:example.com:user')).id, 'did:web:example.com:user')
    await assert.rejects(resolver.document('did:web:example.com:other'), { code: 'invalidDidDocument' })
    await assert.rejects(resolver.document('did:web:example.com:bomb'), { code: 'notFound', message: /too large/ })
    await assert.rejects(resolver.document('did:web:example.com:deep'), { code: 'notFound', message: /nested/ })
    const inner = createDidResolver({ web: true, now: Date.now, outside: at('169.254.169.254') })
    await assert.rejects(inner.document('did:web:example.com'), { code: 'notFound', message: /public internet/ })
  })
})

function document(did: string) {
  const ids = { id: `${did}#key`, controller: did }
  const method = { ...ids, type: 'Multikey', publicKeyMultibase: p256Key().did.slice('did:key:'.length) }
  return { id: did, verificationMethod: [method], authentication: [method.id], assertionMethod: [method.id] }
}
