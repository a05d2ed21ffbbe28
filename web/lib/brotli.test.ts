import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { serveBrotli } from './brotli.ts'

const build = mkdtempSync(join(tmpdir(), 'fairhold-brotli-'))
const server = createServer((_, response) => response.end('of Next'))
before(async () => {
  mkdirSync(join(build, 'static/chunks'), { recursive: true })
  writeFileSync(join(build, 'static/chunks/a.js.br'), brotliCompressSync('script'))
  writeFileSync(join(build, 'static/chunks/a.css.br'), brotliCompressSync('style'))
  writeFileSync(join(build, 'secret.br'), 'secret')
  serveBrotli(build)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
after(() => {
  server.close()
  rmSync(build, { recursive: true })
})

type Answer = { headers: IncomingHttpHeaders; body: Buffer }

function ask(path: string, headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br, zstd' }, method = 'GET') {
  const { port } = server.address() as AddressInfo
  return new Promise<Answer>((done, fail) => {
    const asked = request({ port, host: '127.0.0.1', agent: false, path, headers, method }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => done({ headers: answer.headers, body: Buffer.concat(chunks) }))
    })
    asked.on('error', fail).end()
  })
}

test('a script or style that the build has as brotli is sent as it is, to be kept for good', async () => {
  const script = await ask('/_next/static/chunks/a.js?dpl=1')
  assert.equal(brotliDecompressSync(script.body).toString(), 'script')
  assert.equal(script.headers['content-encoding'], 'br')
  assert.match(script.headers['content-type'] ?? '', /^application\/javascript/)
  assert.match(script.headers['cache-control'] ?? '', /immutable/)
  assert.equal(script.headers.vary, 'Accept-Encoding')
  const style = await ask('/_next/static/chunks/a.css')
  assert.match(style.headers['content-type'] ?? '', /^text\/css/)
  assert.equal(brotliDecompressSync(style.body).toString(), 'style')
})

test('all else is left to Next: who takes no brotli, wants a part, writes, or asks for another file', async () => {
  const of = '/_next/static/chunks/a.js'
  const answers = [
    ask(of, {}),
    ask(of, { 'accept-encoding': 'gzip, br;q=0' }),
    ask(of, { 'accept-encoding': 'br', range: 'bytes=0-1' }),
    ask(of, undefined, 'POST'),
    ask('/_next/static/chunks/b.js'),
    ask('/_next/static/chunks/a.js.br'),
    ask('/_next/secret'),
    ask('/_next/static/chunks/../../secret'),
    ask('/'),
  ]
  for (const { headers, body } of await Promise.all(answers)) {
    assert.equal(body.toString(), 'of Next')
    assert.equal(headers['content-encoding'], undefined)
  }
})
