import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { launchBrowser, newPerson } from './support/browser.ts'
import { freePort, type Stack, startStack } from './support/stack.ts'

const ROOT = join(import.meta.dirname, '../..')
/** The api would have answered long before. */
const SILENCE_MS = 3_000
const NONCES = 60 // for one network in a minute

describe('where the site meets the world', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack()
  })
  after(() => stack?.stop())

  /** Asks the site for a nonce, as a visitor at this address who writes this header. */
  const askFor = (localAddress: string, forwarded: string | undefined): Promise<number | undefined> =>
    new Promise((done, fail) => {
      const { port } = new URL(stack.origin)
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      const options = {
        host: 'localhost',
        family: 4,
        port,
        path: '/v1/identity/nonce',
        method: 'POST',
        localAddress,
        headers,
        agent: false,
      }
      const sent = request(options, (answer) => answer.resume().once('end', () => done(answer.statusCode)))
      sent.once('error', fail).end()
    })
  const refusedOf = async (
    requests: number,
    from: string,
    forwarded: (number: number) => string | undefined,
  ): Promise<number> => {
    let refused = 0
    for (let number = 0; number < requests; number++) if ((await askFor(from, forwarded(number))) === 429) refused++
    return refused
  }

  test('a visitor who says to be another each time is still one visitor', async () => {
    assert.equal(await refusedOf(NONCES + 5, '127.0.0.2', (number) => `203.0.113.${number}`), 5)
    assert.equal(await askFor('127.0.0.3', undefined), 200, 'and nobody else')
    assert.equal(await askFor('127.0.0.3', '127.0.0.2'), 200, 'nor can they speak for another')
  })

  test('a request to become a WebSocket, which no address of the visitor would be added to, goes no further', async () => {
    const { port } = new URL(stack.origin)
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'x-forwarded-for': '203.0.113.9',
    }
    const ends: (() => void)[] = []
    for (const path of ['/v1/live', '/v1/config']) {
      const key = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
      const outcome = await new Promise((done) => {
        const sent = request({ host: 'localhost', family: 4, port, path, headers: { ...headers, ...key }, agent: false })
        sent.once('response', (answer) => done(answer.resume().statusCode))
        sent.once('upgrade', () => done('upgraded'))
        sent.once('error', () => done('hung up'))
        sent.setTimeout(SILENCE_MS, () => done('nothing'))
        sent.end()
        ends.push(() => sent.destroy())
      })
      assert.equal(outcome, 426, path)
    }
    for (const end of ends) end()
  })

  test('what the demo market did is in the audit log, sealed, and npm run audit:verify says so', async () => {
    const env = { ...process.env, DATA_DIR: stack.dataDir }
    const { code, out } = await new Promise<{ code: unknown; out: string }>((done) =>
      execFile(process.execPath, [join(ROOT, 'scripts/audit-verify.ts'), '--json'], { env, cwd: ROOT }, (error, out) =>
        done({ code: error?.code ?? 0, out }),
      ),
    )
    assert.equal(code, 0, out)
    const report = JSON.parse(out)
    assert.ok(report.size > 5, out)
    assert.match(
      report.checks.find(({ name }: { name: string }) => name === 'anchors').line,
      /anchors? on chain, the last of entry \d+/,
    )
  })

  test('without the api pages have their frame and say so; once it is back, the button on them brings what was asked for', async (t) => {
    const [port, gatePort] = [await freePort(), await freePort()]
    const env = { ...process.env, NODE_ENV: 'production' as const, API_URL: `http://127.0.0.1:${gatePort}` }
    const next = join(ROOT, 'node_modules/next/dist/bin/next')
    const args = [next, 'start', '--hostname', 'localhost', '--port', String(port)]
    const web = spawn(process.execPath, args, { cwd: join(ROOT, 'web'), env, stdio: 'ignore' })
    const { browser, close } = await launchBrowser()
    const gate = createServer((socket) => {
      const api = connect(Number(new URL(stack.apiUrl).port), '127.0.0.1')
      for (const [from, to] of [
        [socket, api],
        [api, socket],
      ] as const)
        from.on('error', () => to.destroy()).pipe(to)
    })
    t.after(async () => {
      await close()
      gate.close()
      web.kill()
      await once(web, 'exit')
    })
    const { page } = await newPerson(browser, 'visitor', `http://localhost:${port}`)
    await untilServed(`http://localhost:${port}/robots.txt`)
    const told = await page.goto('/how-it-works')
    assert.equal(told?.status(), 200, 'what needs no api is there')
    await page.getByRole('link', { name: 'Market' }).first().waitFor()
    await page.goto('/')
    await page.getByText('Your money is safe').first().waitFor()
    gate.listen(gatePort, '127.0.0.1')
    await once(gate, 'listening')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: /Buy from strangers/ }).waitFor()
  })
})

/** Waits until something answers at the address, whatever it says. */
async function untilServed(url: string): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    const served = await fetch(url).then(
      () => true,
      () => false,
    )
    if (served) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`nothing answers at ${url}`)
}
