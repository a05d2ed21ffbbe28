import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, chiara, type DevAccount, dmitri, elif, femi, ines } from '@fairhold/protocol/dev-accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { type Answer, Visitor } from '../../test/support/visitor.ts'
import { buildApp } from '../app.ts'
import { createContext } from '../context.ts'
import { walletNamedIn } from './tries.ts'

const ALLOWED = 10

let market: Market & { chain: TestChain }
before(async () => {
  market = await startMarketOnChain()
})
after(() => market?.stop())

let networks = 0
/** A network that nobody used before. */
const someNetwork = (): string => `203.0.${Math.floor(++networks / 250)}.${networks % 250}`

/** Signs a message of `wallet` with the key of `signer`. */
async function trySignIn(visitor: Visitor, network: string, wallet: DevAccount, signer: DevAccount = wallet): Promise<Answer> {
  const from = { 'x-forwarded-for': network }
  const { nonce } = (await visitor.send('POST', '/v1/identity/nonce', undefined, from)).body
  const body = await visitor.sign(signer, visitor.messageToSign(wallet, { nonce }))
  return visitor.send('POST', '/v1/identity/session', body, from)
}

async function failures(count: number, one: () => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = []
  for (let number = 0; number < count; number++) statuses.push((await one()).status)
  return statuses
}

const browser = () => new Visitor(market.app)

describe('failed tries to sign in', () => {
  test('from one network with one wallet are ten in a quarter of an hour', async () => {
    const [network, stranger] = [someNetwork(), browser()]
    const statuses = await failures(ALLOWED + 2, () => trySignIn(stranger, network, ada, femi))
    assert.deepEqual(statuses, [...Array(ALLOWED).fill(401), 429, 429])
    const refused = await trySignIn(browser(), network, ada)
    assert.deepEqual([refused.status, refused.body.code], [429, 'RATE_LIMITED'])
    const seconds = Number(refused.headers['retry-after'])
    assert.ok(seconds > 800 && seconds <= 900, `${seconds}`)
  })

  test('at once are no more than one after the other', async () => {
    const network = someNetwork()
    const all = await Promise.all(Array.from({ length: 25 }, () => trySignIn(browser(), network, bruno, femi)))
    assert.equal(all.filter(({ status }) => status === 401).length, ALLOWED)
  })

  test('of strangers do not lock anybody out: neither elsewhere, nor with another wallet', async () => {
    const network = someNetwork()
    await failures(ALLOWED + 1, () => trySignIn(browser(), network, chiara, femi))
    assert.equal((await trySignIn(browser(), someNetwork(), chiara)).status, 200, 'the person, elsewhere')
    assert.equal((await trySignIn(browser(), network, dmitri)).status, 200, 'somebody else, in the same network')
  })

  test('of strangers in the same network do not lock out who has signed in there before', async () => {
    const [network, own] = [someNetwork(), browser()]
    assert.equal((await trySignIn(own, network, elif)).status, 200)
    await failures(ALLOWED + 1, () => trySignIn(browser(), network, elif, femi))
    assert.equal((await trySignIn(browser(), network, elif)).status, 429, 'a browser that nobody knows waits')
    assert.equal((await trySignIn(own, network, elif)).status, 200)
  })

  test('of many networks at once do not lock anybody out', async () => {
    for (let stranger = 0; stranger < 40; stranger++) await trySignIn(browser(), someNetwork(), ines, femi)
    assert.equal((await trySignIn(browser(), someNetwork(), ines)).status, 200)
  })

  test('in a browser that is known have a count of their own', async () => {
    const own = browser()
    assert.equal((await trySignIn(own, someNetwork(), femi)).status, 200)
    const statuses = await failures(ALLOWED + 1, () => trySignIn(own, someNetwork(), femi, ada))
    assert.equal(statuses.at(-1), 429, 'a stolen browser does not get more by moving')
    assert.equal((await trySignIn(browser(), someNetwork(), femi)).status, 200)
  })

  test('do not make a browser known, nor does signing in with another wallet', async () => {
    const [network, stranger] = [someNetwork(), browser()]
    assert.equal((await trySignIn(stranger, network, bruno)).status, 200)
    await failures(ALLOWED, () => trySignIn(stranger, network, ada, bruno))
    assert.equal((await trySignIn(browser(), network, ada)).status, 429, 'they count against the network')
  })

  test('are forgotten when one succeeds', async () => {
    const [network, person] = [someNetwork(), browser()]
    for (let round = 0; round < 3; round++) {
      assert.deepEqual([...new Set(await failures(ALLOWED - 1, () => trySignIn(person, network, dmitri, femi)))], [401])
      assert.equal((await trySignIn(person, network, dmitri)).status, 200)
    }
  })

  test('are not those that we could not judge', async () => {
    const rpcUrl = 'http://127.0.0.1:1'
    const context = createContext({ ...market.context.env, rpcUrl })
    const app = await buildApp(context)
    try {
      const network = someNetwork()
      const statuses = await failures(ALLOWED + 3, () => trySignIn(new Visitor(app), network, ada, femi))
      assert.deepEqual([...new Set(statuses)], [503])
    } finally {
      await app.close()
      await context.db.$disconnect()
    }
  })

  test('leave nothing in the database that says who was where', async () => {
    const network = someNetwork()
    await trySignIn(browser(), network, ada, femi)
    const rows = await market.context.db.rateLimit.findMany({ where: { key: { startsWith: 'tries ' } } })
    assert.ok(rows.length > 0)
    for (const { key } of rows) assert.match(key, /^tries sign-in [0-9a-f]{32}$/)
  })
})

describe('failed tries to prove who one is', () => {
  test('count against the account, and only where they were made', async () => {
    const [network, thief] = [someNetwork(), browser()]
    const person = browser()
    assert.equal((await trySignIn(person, network, chiara)).status, 200)
    thief.cookies.fairhold_session = person.cookies.fairhold_session ?? ''
    thief.csrf = person.csrf
    const prove = async (who: Visitor, from: string, signer: DevAccount): Promise<Answer> => {
      const headers = { 'x-forwarded-for': from }
      const { body } = await who.send('POST', '/v1/identity/nonce', { purpose: 'prove' }, headers)
      const message = who.messageToSign(signer, body)
      return who.send('POST', '/v1/identity/proof/wallet', await who.sign(signer, message), headers)
    }
    const elsewhere = someNetwork()
    const statuses = await failures(ALLOWED + 1, () => prove(thief, elsewhere, femi))
    assert.deepEqual(statuses, [...Array(ALLOWED).fill(401), 429])
    assert.equal((await prove(person, network, chiara)).status, 200, 'the thief of a session locks nobody out')
  })
})

for (const [message, wallet] of [
  [
    `localhost wants you to sign in with your Ethereum account:\n0xF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266\n\n`,
    ada.address.toLowerCase(),
  ],
  ['nothing of the kind', 'none'],
  [`${'x'.repeat(400)}\n${ada.address}`, 'none'],
  [`${ada.address}ff`, 'none'],
  ['', 'none'],
] as const) {
  test(`the wallet named in ${JSON.stringify(message.slice(0, 30))} is ${wallet}`, () =>
    assert.equal(walletNamedIn(message), wallet))
}
