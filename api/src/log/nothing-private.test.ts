import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { ada, type DevAccount, dmitri, ines, relayer } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import { privateKeyToAccount } from 'viem/accounts'
import { freePort, untilTrue } from '../../test/support/chain.ts'
import { type Market, ORIGIN, startMarket } from '../../test/support/market.ts'
import { startProcess, type TestProcess } from '../../test/support/process.ts'
import { insertDeal, someHash } from '../../test/support/rows.ts'
import { siweMessage } from '../../test/support/visitor.ts'

/** Nothing that contains this word, or one of the secrets collected below, may be logged. */
const MARK = 'geheim'
const IP = '203.0.113.77'
const secrets = new Map<string, string>([
  ['a marked secret', MARK],
  ['a network address', IP],
  ['the password of the database', ':test@'],
])

let market: Market
let admin: pg.Client
let node: Server
let api: TestProcess
let worker: TestProcess
let url: string
before(async () => {
  market = await startMarket()
  admin = new pg.Client({ connectionString: market.ownerUrl })
  await admin.connect()
  node = createServer(answerAsNode)
  await new Promise<void>((done) => node.listen(0, '127.0.0.1', done))
  const port = await freePort()
  url = `http://127.0.0.1:${port}/v1`
  const env = {
    ...{ API_DATABASE_URL: market.context.env.databaseUrl, DATA_DIR: market.context.env.dataDir, API_PORT: String(port) },
    ...{ PUBLIC_ORIGIN: ORIGIN, LOG_LEVEL: 'debug', RELAYER_KEY: relayer.privateKey },
    RPC_URL: `http://127.0.0.1:${(node.address() as AddressInfo).port}/v2/${MARK}-key-of-the-node`,
  }
  secrets.set('the key of the relayer', relayer.privateKey.slice(2))
  api = startProcess('api/src/main.ts', env)
  worker = startProcess('api/src/worker.ts', env)
  await untilTrue(() =>
    fetch(`${url.replace('/v1', '')}/health`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  await untilTrue(() => worker.output().includes('keeping'))
})
after(async () => {
  await Promise.all([api?.stop(), worker?.stop()])
  node?.close()
  await admin?.end()
  await market?.stop()
})

/** A node that knows its chain, and says of each call that it was undone, repeating what it was given. */
async function answerAsNode(...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>) {
  const { id, method, params } = JSON.parse(Buffer.concat(await request.toArray()).toString())
  const block = { number: '0x10', timestamp: '0x6553f100', hash: someHash(), baseFeePerGas: '0x1', transactions: [] }
  const known: Record<string, unknown> = {
    eth_chainId: '0x7a69',
    eth_getBlockByNumber: block,
    eth_blockNumber: '0x10',
    eth_getCode: '0x60',
  }
  const error = { code: 3, message: `execution reverted: ${JSON.stringify(params)}`, data: '0x' }
  const result = known[method]
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(result === undefined ? { error } : { result }) }))
}

/** A browser that marks all it sends. */
function browser() {
  const cookies = new Map<string, string>()
  let csrf = ''
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...{
          'x-forwarded-for': IP,
          'user-agent': `browser ${MARK}`,
          'idempotency-key': `${MARK}-${Math.random()}`,
          referer: `${ORIGIN}/?${MARK}`,
        },
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
      if (value) secrets.set(`the cookie ${name}`, value)
    }
    const isJson = answer.headers.get('content-type')?.includes('json')
    const json: ReturnType<typeof JSON.parse> = isJson ? await answer.json() : null
    csrf = json?.csrf ?? csrf
    if (typeof json?.csrf === 'string') secrets.set('a CSRF token', csrf)
    if (typeof json?.nonce === 'string') secrets.set(`nonce ${secrets.size}`, json.nonce)
    if (typeof json?.salt === 'string') secrets.set('a salt', json.salt)
    return { status: answer.status, body: json }
  }
  const signIn = async (account: DevAccount, change = (signature: string) => signature) => {
    const { nonce } = (await send('POST', '/identity/nonce', {})).body
    const message = siweMessage({ address: account.address, nonce })
    const signature = change(await privateKeyToAccount(account.privateKey).signMessage({ message }))
    secrets.set(`signature ${secrets.size}`, signature.slice(2, 60))
    return send('POST', '/identity/session', { message, signature })
  }
  return { send, signIn }
}

const statuses: Record<string, number> = {}
const expect = async (name: string, status: number, answer: Promise<{ status: number }>) => {
  statuses[name] = (await answer).status
  assert.equal(statuses[name], status, name)
}

test('nothing that people entrust to the market is logged, by api or worker, at level debug', async () => {
  const [buyer, seller, stranger] = [browser(), browser(), browser()]
  await expect('sign in', 200, buyer.signIn(dmitri))
  await expect('sign in as seller', 200, seller.signIn(ada))
  await expect(
    'a signature of somebody else, asked of the chain',
    401,
    stranger.signIn(ines, (s) => s.replace(/.{8}$/, 'deadbeef')),
  )
  const id = await insertDeal(market.indexer, market.context)
  const address = `/deals/${id}/shipping-address`
  await expect('an address', 204, buyer.send('PUT', address, { text: `${MARK} lane 4` }))
  await expect('a number', 200, seller.send('PUT', `/deals/${id}/tracking`, { carrier: MARK, number: `${MARK}-1` }))
  await expect('a page with it', 200, buyer.send('GET', `/deals/${id}?token=${MARK}&q=${MARK}`))
  await expect('a statement', 201, buyer.send('POST', `/disputes/${id}/statements`, { text: `It is ${MARK}, and has not come.` }))
  await expect('a search', 200, stranger.send('GET', `/listings?q=${MARK}`))
  await refusals(buyer, stranger, address)
  await failures(buyer, address)
  await crashesOfTheWorker()
  const output = { api: api.output(), worker: worker.output() }
  assert.match(output.api, /"path":"\/v1\/deals\/0x/, 'requests are logged')
  assert.match(output.api, /"level":50/, 'and so are failures')
  for (const [who, text] of Object.entries(output))
    for (const [what, secret] of secrets) {
      const line = text.split('\n').find((one) => one.includes(secret))
      assert.equal(line, undefined, `${who} logged ${what}`)
    }
})

/** What is the sender's fault. */
async function refusals(buyer: ReturnType<typeof browser>, stranger: ReturnType<typeof browser>, address: string) {
  const bearer = (token: string) => stranger.send('GET', '/identity/session', undefined, { authorization: `Bearer ${token}` })
  await expect('an unknown token', 401, bearer(`${MARK}-token`))
  await expect('an unknown API key', 401, bearer(`fhk_${MARK}`))
  await expect('a JWT', 401, bearer(`eyJhbGciOiJub25lIn0.${Buffer.from(MARK).toString('base64url')}.${MARK}`))
  await expect('another scheme', 401, stranger.send('GET', '/deals', undefined, { authorization: `Basic ${btoa(`a:${MARK}`)}` }))
  await expect('no route', 404, stranger.send('GET', `/${MARK}/reset?code=${MARK}`))
  await expect('a URL that is none', 400, stranger.send('GET', `/deals/%E0%A4%A/${MARK}`))
  await expect('what is no JSON', 400, buyer.send('PUT', address, `{"text": "${MARK}`))
  await expect('too long a text', 400, buyer.send('PUT', address, { text: MARK.repeat(200) }))
  await expect('too large a body', 413, buyer.send('PUT', address, { text: MARK.repeat(60_000) }))
  await expect('a wrong kind of body', 415, buyer.send('PUT', address, MARK, { 'content-type': 'text/plain' }))
  await expect('a foreign origin', 403, buyer.send('PUT', address, { text: MARK }, { origin: `https://${MARK}.example` }))
  await expect('a CSRF token that is wrong', 403, buyer.send('PUT', address, { text: `${MARK} 5` }, { 'x-csrf-token': MARK }))
}

/** What is our fault: tables that are away, rows that a trigger refuses by showing them, a broken key, a node that repeats all. */
async function failures(buyer: ReturnType<typeof browser>, address: string) {
  const without = async (table: string, work: () => Promise<void>) => {
    await admin.query(`ALTER TABLE app.${table} RENAME TO ${table}_away`)
    await work().finally(() => admin.query(`ALTER TABLE app.${table}_away RENAME TO ${table}`))
  }
  await without('shipping', () => expect('no table of addresses', 500, buyer.send('PUT', address, { text: `${MARK} 6` })))
  await without('idempotency', () => expect('no table of keys', 500, buyer.send('PUT', address, { text: `${MARK} 7` })))
  await without('session', () => expect('no table of sessions', 500, buyer.send('GET', '/identity/session')))
  await without('login_nonce', () =>
    expect(
      'no table of nonces',
      500,
      buyer.signIn(dmitri).then((answer) => answer),
    ),
  )
  await admin.query(`
    CREATE FUNCTION app.tell() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this row: "%"', NEW::text USING DETAIL = NEW::text, ERRCODE = '23505'; END $$;
    CREATE TRIGGER tell BEFORE INSERT OR UPDATE ON app.statement FOR EACH ROW EXECUTE FUNCTION app.tell()`)
  const text = `It is ${MARK}, and has not come at all.`
  await expect(
    'a row that is refused',
    500,
    buyer.send('POST', address.replace(/deals(.*)shipping-address/, 'disputes$1statements'), { text }),
  )
  await admin.query('DROP TRIGGER tell ON app.statement')
  await admin.query(`UPDATE app.shipping SET address_sealed = '\\x01'`)
  await expect('a value that is damaged', 200, buyer.send('GET', address.replace('/shipping-address', '')))
}

/** Signed acts that the node refuses, and says so by repeating them. */
async function crashesOfTheWorker() {
  const id = await insertDeal(market.indexer, market.context, { state: 'disputed' })
  const signature = `0x${Buffer.from(MARK.repeat(11)).toString('hex').slice(0, 130)}`
  secrets.set('a ruling that was signed', signature.slice(2, 40))
  await market.context.db.ruling.create({
    data: { dealId: id, arbiter: ines.address.toLowerCase(), buyerBps: 1, reason: MARK, reasonHash: someHash(), signature },
  })
  const before = worker.output().length
  await untilTrue(() => /failed; it will be tried again/.test(worker.output().slice(before)))
}
