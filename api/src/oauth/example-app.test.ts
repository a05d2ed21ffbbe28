import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dmitri } from '@fairhold/protocol/dev-accounts'
import { privateKeyToAccount } from 'viem/accounts'
import { Browserless } from '../../test/support/browserless.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { siweMessage } from '../../test/support/visitor.ts'

const EXAMPLE = join(import.meta.dirname, '../../../docs/examples/third-party-app/app.mjs')

interface ExampleOptions {
  fairhold: string
  clientId: string
  clientSecret: string
  origin: string
}

/** What the app in docs/examples shows of itself, driven by requests alone: the market is the api, with no pages before it. */
let market: Market
let site: string
let server: Server
let origin: string
const browser = new Browserless()

before(async () => {
  const port = await freePort()
  site = `http://localhost:${port}`
  market = await startMarket(undefined, { PUBLIC_ORIGIN: site })
  await market.app.listen({ port, host: 'localhost' })
  await insertDeal(market.indexer, market.context)
  server = createServer()
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const { createApp }: { createApp: (options: ExampleOptions) => Promise<RequestListener> } = await import(EXAMPLE)
  const { id, secret } = await register(await signIn())
  server.on('request', await createApp({ fairhold: site, clientId: id, clientSecret: secret, origin }))
})
after(async () => {
  server?.closeAllConnections()
  await new Promise((done) => server?.close(done))
  await market?.stop()
})

const post = async (path: string, body: object, csrf = ''): Promise<ReturnType<typeof JSON.parse>> => {
  const headers = { 'content-type': 'application/json', origin: site, 'x-csrf-token': csrf }
  const { response } = await browser.open(`${site}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await response.json()
  assert.ok(response.ok, JSON.stringify(answer))
  return answer
}

/** Signs in to the market in this browser, and returns what its pages send with writes. */
async function signIn(): Promise<string> {
  const { nonce } = await post('/v1/identity/nonce', {})
  const message = siweMessage({ address: dmitri.address, nonce, domain: new URL(site).host, uri: site })
  const signature = await privateKeyToAccount(dmitri.privateKey).signMessage({ message })
  return (await post('/v1/identity/session', { message, signature })).csrf
}

function register(csrf: string): Promise<{ id: string; secret: string }> {
  const app = { name: 'Ship Shape', homepage: `${origin}/`, redirectUris: [`${origin}/callback`], confidential: true }
  return post('/v1/oauth/clients', app, csrf)
}

/** Presses a button of the app, and answers the market's question if it has one. */
async function press(action: string, allow = true): Promise<string> {
  const asked = ({ origin: at, pathname }: URL) => at === site && /^\/oauth\/[\w-]{21,}$/.test(pathname)
  const { url, response } = await browser.open(`${origin}${action}`, { method: 'POST' }, asked)
  if (!asked(url)) return response.text()
  const session = await browser.open(`${site}/v1/identity/session`)
  const { csrf } = JSON.parse(await session.response.text())
  const { location } = await post(`${url.pathname}/decision`, { allow }, csrf)
  return (await browser.open(`${site}${location}`)).response.text()
}

const home = async () => (await browser.open(origin)).response.text()

test('the example logs a person in, lists their deals, renews its tokens, and logs out', async () => {
  assert.match(await home(), /Log in with Fairhold/)
  const inside = await press('/login')
  assert.match(inside, new RegExp(`did:pkh:eip155:31337:${dmitri.address.toLowerCase()}`))
  assert.match(inside, /<b>funded<\/b>/)
  assert.match(await press('/refresh'), /<b>funded<\/b>/)
  assert.match(await press('/logout'), /Log in with Fairhold/)
  const left = await market.context.db.oauthItem.count({ where: { kind: { in: ['AccessToken', 'RefreshToken'] } } })
  assert.equal(left, 0, 'its tokens are void')
})

test('the example renews a token that has expired by itself, and lets go when the person ended its access', async () => {
  await press('/login')
  const { db } = market.context
  await db.oauthItem.updateMany({ where: { kind: 'AccessToken' }, data: { expiresAt: new Date(0) } })
  assert.match(await home(), /<b>funded<\/b>/)
  await db.oauthItem.deleteMany({ where: { kind: { in: ['Grant', 'AccessToken', 'RefreshToken'] } } })
  assert.match(await home(), /does not let us in any more/)
  assert.match(await home(), /Log in with Fairhold/)
})

test('the example says so when the person says no, and takes no answer that it did not ask for', async () => {
  assert.match(await press('/login', false), /did not work: access_denied/)
  const { response } = await browser.open(`${origin}/callback?code=stolen&state=guessed&iss=${encodeURIComponent(site)}`)
  assert.equal(response.status, 400)
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, 'localhost', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}
