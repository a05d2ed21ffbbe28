import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ada, bruno, type DevAccount, dmitri, elif, ines, operator } from '@fairhold/protocol/dev-accounts'
import { addPasskey } from '../../test/support/authenticator.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import type { Account } from '../http/auth.ts'
import { linkWallet } from './wallets.ts'

let market: Market
before(async () => {
  market = await startMarket()
})
after(() => market?.stop())
async function forgetAll(): Promise<void> {
  const { db } = market.context
  for (const table of [db.role, db.session, db.wallet, db.account]) await (table.deleteMany as () => Promise<unknown>)()
}
beforeEach(forgetAll)

const lower = ({ address }: DevAccount) => address.toLowerCase()
const didOf = (account: DevAccount) => `did:pkh:eip155:31337:${lower(account)}`
const WALLETS = '/v1/identity/wallets'
const link = (visitor: Visitor, signer: DevAccount, changes = {}) => visitor.signFor('link-wallet', WALLETS, signer, changes)
const addresses = async (visitor: Visitor) => (await visitor.get(WALLETS)).body.map(({ address }: { address: string }) => address)

describe('a second wallet', () => {
  test('opens the same account, and is told of by the session', async () => {
    const visitor = await signedIn(market.app, ada)
    const answer = await link(visitor, bruno)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    const other = new Visitor(market.app)
    const { body } = await other.signIn(bruno)
    assert.equal(body.did, didOf(ada))
    assert.deepEqual(body.wallets, [lower(ada), lower(bruno)])
    assert.deepEqual(await addresses(other), body.wallets)
    assert.equal((await visitor.get('/v1/identity/session')).body.wallets.length, 2)
  })

  test('is asked for in the language of the page, and taken in any', async () => {
    const visitor = await signedIn(market.app, ada)
    const { body } = await visitor.send('POST', '/v1/identity/nonce', { purpose: 'link-wallet', language: 'de' })
    assert.match(body.statement, /^Von nun an meldet sich auch diese Wallet beim Konto did:pkh:/)
    const signed = await visitor.sign(bruno, visitor.messageToSign(bruno, body))
    assert.equal((await visitor.send('POST', WALLETS, signed)).status, 201)
    const { status } = await visitor.send('POST', '/v1/identity/nonce', { purpose: 'prove', language: 'xx' })
    assert.equal(status, 400)
  })

  test('gives the session another token: who had the old one has nothing', async () => {
    const visitor = await signedIn(market.app, ada)
    const old = visitor.cookies.fairhold_session ?? ''
    await link(visitor, bruno)
    assert.notEqual(visitor.cookies.fairhold_session, old)
    visitor.cookies.fairhold_session = old
    assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })

  test('brings its name-less account, its deals and its place in the lists along', async () => {
    const id = await insertDeal(market.indexer, market.context) // Dmitri buys from Ada
    await market.indexer.query('UPDATE chain.deal SET tracking_hash = NULL WHERE id = $1', [id])
    const dmitris = await signedIn(market.app, dmitri)
    await dmitris.send('PUT', `/v1/deals/${id}/shipping-address`, { text: 'Mill lane 4' })
    const visitor = await signedIn(market.app, elif)
    assert.equal((await visitor.get(`/v1/deals/${id}`)).body.shipping, null)
    assert.equal((await link(visitor, dmitri)).status, 201)
    assert.equal((await visitor.get(`/v1/deals/${id}`)).body.shipping.address, 'Mill lane 4')
    assert.equal((await dmitris.get('/v1/identity/session')).status, 401, 'sessions of the closed account have ended')
  })

  test('is not taken from an account that has more than this wallet', async () => {
    await link(await signedIn(market.app, bruno), elif)
    const answer = await link(await signedIn(market.app, ada), bruno)
    assert.deepEqual([answer.status, answer.body.code], [409, 'WALLET_TAKEN'])
    assert.equal((await new Visitor(market.app).signIn(bruno)).body.did, didOf(bruno))
  })

  test('is not taken from an account that has a role', async () => {
    await signedIn(market.app, bruno)
    const { accountId } = await market.context.db.wallet.findFirstOrThrow({ where: { address: lower(bruno) } })
    await market.context.db.role.create({ data: { accountId, role: 'moderator', grantedBy: 'operator' } })
    assert.equal((await link(await signedIn(market.app, ada), bruno)).body.code, 'WALLET_TAKEN')
  })

  test('is linked once', async () => {
    const visitor = await signedIn(market.app, ada)
    assert.equal((await link(visitor, ada)).body.code, 'ALREADY_THERE')
  })

  test('that two accounts want at once goes to one of them', async () => {
    const visitors = await Promise.all([signedIn(market.app, ada), signedIn(market.app, bruno)])
    const statuses = (await Promise.all(visitors.map((visitor) => link(visitor, elif)))).map(({ status }) => status)
    assert.deepEqual(statuses.toSorted(), [201, 409])
  })
})

describe('linking is refused', () => {
  test('where two take each other’s at once: one has both, the other account is closed', async () => {
    for (let round = 0; round < 5; round += 1) {
      await forgetAll()
      const [first, second] = [await signedIn(market.app, ada), await signedIn(market.app, bruno)]
      const answers = await Promise.all([link(first, bruno), link(second, ada)])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401], JSON.stringify(answers.map(({ body }) => body)))
    }
  })

  test('to an account that was closed meanwhile', async () => {
    await signedIn(market.app, ada)
    const row = await market.context.db.account.findFirstOrThrow()
    await market.context.db.account.update({ where: { id: row.id }, data: { deletedAt: new Date() } })
    const account = { id: row.id, did: row.did, wallets: [lower(ada)] } as unknown as Account
    const linking = linkWallet(market.context, account, { address: lower(bruno), kind: 'eoa' })
    await assert.rejects(linking, { code: 'NOT_SIGNED_IN' })
    assert.equal(await market.context.db.wallet.count({ where: { address: lower(bruno) } }), 0)
  })

  const attacks: [
    name: string,
    run: (victim: Visitor, thief: Visitor) => Promise<{ status: number; body: { code?: string } }>,
  ][] = [
    [
      'with the nonce of a sign-in',
      async (_, thief) => {
        const message = thief.messageToSign(bruno, { nonce: await thief.nonce() })
        return thief.send('POST', WALLETS, await thief.sign(bruno, message))
      },
    ],
    [
      'with a nonce that was given to another account',
      async (victim, thief) => {
        const { body } = await victim.send('POST', '/v1/identity/nonce', { purpose: 'link-wallet' })
        thief.cookies.fairhold_browser = victim.cookies.fairhold_browser ?? ''
        return thief.send('POST', WALLETS, await thief.sign(bruno, thief.messageToSign(bruno, body)))
      },
    ],
    ['in words that hide what it is for', (_, thief) => link(thief, bruno, { statement: 'Sign in to localhost.' })],
    ['without the request that it answers', (_, thief) => link(thief, bruno, { requestId: undefined })],
    [
      'for the account of somebody else',
      (_, thief) =>
        link(thief, bruno, {
          statement: `Let this wallet open the account ${didOf(elif)} on localhost:3000, a Fairhold marketplace, from now on. This costs nothing and moves no money.`,
        }),
    ],
  ]
  for (const [name, run] of attacks) {
    test(name, async () => {
      const [victim, thief] = await Promise.all([signedIn(market.app, elif), signedIn(market.app, ada)])
      const { status, body } = await run(victim, thief)
      assert.deepEqual([status, body.code], [401, 'SIGN_IN_REFUSED'])
      assert.deepEqual(await addresses(thief), [lower(ada)])
    })
  }

  test('when it was not proved lately who the person is', async () => {
    const visitor = await signedIn(market.app, ada)
    await market.context.db.session.updateMany({ data: { provedAt: new Date(Date.now() - 601_000) } })
    assert.equal((await link(visitor, bruno)).body.code, 'STEP_UP_NEEDED')
    assert.equal((await visitor.signFor('prove', '/v1/identity/proof/wallet', ada)).status, 200)
    assert.equal((await link(visitor, bruno)).status, 201)
  })

  test('to a proof by a wallet that is not of the account', async () => {
    const visitor = await signedIn(market.app, ada)
    const answer = await visitor.signFor('prove', '/v1/identity/proof/wallet', bruno)
    assert.deepEqual([answer.status, answer.body.code], [401, 'SIGN_IN_REFUSED'])
  })
})

describe('a wallet taken off', () => {
  test('opens the account no more, ends its sessions, and hands the DID on', async () => {
    const first = await signedIn(market.app, ada)
    await link(first, bruno)
    const second = await signedIn(market.app, bruno)
    assert.equal((await second.send('DELETE', `${WALLETS}/${lower(ada)}`)).status, 204)
    assert.equal((await first.get('/v1/identity/session')).status, 401)
    assert.equal((await second.get('/v1/identity/session')).body.did, didOf(bruno))
    const fresh = await new Visitor(market.app).signIn(ada)
    assert.deepEqual([fresh.body.did, fresh.body.wallets], [didOf(ada), [lower(ada)]])
  })

  test('opens nothing with a session that was opened while it was taken off', async () => {
    const first = await signedIn(market.app, ada)
    await link(first, bruno)
    await (await signedIn(market.app, bruno)).send('DELETE', `${WALLETS}/${lower(ada)}`)
    await market.context.db.session.updateMany({ where: { address: lower(ada) }, data: { revokedAt: null } })
    assert.equal((await first.get('/v1/identity/session')).status, 401)
  })

  test('gets an account that other applications do not take for the former one', async () => {
    const visitor = await signedIn(market.app, ada)
    await link(visitor, bruno)
    const second = await signedIn(market.app, bruno)
    await second.send('DELETE', `${WALLETS}/${lower(ada)}`)
    await signedIn(market.app, ada)
    const subjects = (await market.context.db.account.findMany({ select: { subject: true } })).map(({ subject }) => subject)
    assert.equal(new Set(subjects).size, subjects.length)
    assert.ok(subjects.includes(didOf(ada)) && subjects.some((subject) => subject.startsWith(`${didOf(ada)}#`)))
  })

  test('is never the last one, also when two are taken off at once', async () => {
    const visitor = await signedIn(market.app, ada)
    assert.equal((await visitor.send('DELETE', `${WALLETS}/${lower(ada)}`)).body.code, 'LAST_WALLET')
    await link(visitor, bruno)
    const second = await signedIn(market.app, bruno)
    const both = [visitor.send('DELETE', `${WALLETS}/${lower(bruno)}`), second.send('DELETE', `${WALLETS}/${lower(ada)}`)]
    const codes = (await Promise.all(both)).map(({ status }) => status)
    assert.equal(codes.filter((status) => status === 204).length, 1, String(codes))
    assert.equal(await market.context.db.wallet.count(), 1)
  })

  test("is one of one's own", async () => {
    await signedIn(market.app, bruno)
    const visitor = await signedIn(market.app, ada)
    assert.equal((await visitor.send('DELETE', `${WALLETS}/${lower(bruno)}`)).status, 404)
  })
})

describe('sessions', () => {
  test('are listed, named and ended by their person', async () => {
    const [here, there] = [await signedIn(market.app, ada), await signedIn(market.app, ada)]
    const list = (await here.get('/v1/identity/sessions')).body as { id: string; current: boolean; name: string }[]
    assert.deepEqual([list.length, list.filter(({ current }) => current).length], [2, 1])
    const other = list.find(({ current }) => !current)?.id
    assert.equal((await here.send('PUT', `/v1/identity/sessions/${other}`, { name: 'Phone' })).status, 204)
    const named = (await here.get('/v1/identity/sessions')).body as typeof list
    assert.equal(named.find(({ id }) => id === other)?.name, 'Phone')
    assert.equal((await here.send('DELETE', `/v1/identity/sessions/${other}`)).status, 204)
    assert.equal((await there.get('/v1/identity/session')).status, 401)
    assert.equal((await here.send('DELETE', `/v1/identity/sessions/${other}`)).status, 404)
  })

  test('of others can be neither seen nor ended', async () => {
    const mine = await signedIn(market.app, ada)
    const { id } = (await mine.get('/v1/identity/session')).body
    const stranger = await signedIn(market.app, bruno)
    for (const answer of [
      await stranger.send('DELETE', `/v1/identity/sessions/${id}`),
      await stranger.send('PUT', `/v1/identity/sessions/${id}`, { name: 'mine' }),
    ])
      assert.equal(answer.status, 404)
    assert.equal((await stranger.get('/v1/identity/sessions')).body.length, 1)
    assert.equal((await mine.get('/v1/identity/session')).status, 200)
  })

  test('all end at once, the own one too', async () => {
    const visitors = await Promise.all([ada, ada, ada].map((who) => signedIn(market.app, who)))
    const answer = await visitors[0]?.send('DELETE', '/v1/identity/sessions')
    assert.deepEqual(answer?.body, { ended: 3 })
    for (const visitor of visitors) assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })

  test('are fifty at most: the one that was not used for longest ends', async () => {
    const first = await signedIn(market.app, ada)
    await market.context.db.session.updateMany({ data: { seenAt: new Date(Date.now() - 60_000) } })
    for (let count = 0; count < 50; count += 1) await signedIn(market.app, ada)
    assert.equal((await first.get('/v1/identity/session')).status, 401)
    assert.equal(await market.context.db.session.count({ where: { revokedAt: null } }), 50)
  })

  test('keep what a browser says of itself as plain text', async () => {
    const visitor = new Visitor(market.app)
    const message = visitor.messageToSign(ada, { nonce: await visitor.nonce() })
    const hostile = `Mozilla <script>\u202e ${'x'.repeat(1_000)}`
    await visitor.send('POST', '/v1/identity/session', await visitor.sign(ada, message), { 'user-agent': hostile })
    const [session] = (await visitor.get('/v1/identity/sessions')).body
    assert.match(session.userAgent, /^Mozilla <script> x+$/)
    assert.equal(session.userAgent.length, 300)
  })
})

describe('roles', () => {
  test('are given by an admin, and work at once', async () => {
    const admin = await signedIn(market.app, operator)
    await addPasskey(admin) // which staff need
    const visitor = await signedIn(market.app, ines)
    assert.deepEqual((await visitor.get('/v1/identity/session')).body.roles, ['arbiter'])
    assert.equal((await admin.send('PUT', `/v1/identity/roles/${lower(ines)}`, { roles: ['moderator'] })).status, 204)
    assert.deepEqual((await visitor.get('/v1/identity/session')).body.roles, ['arbiter', 'moderator'])
    const staff = (await admin.get('/v1/identity/roles')).body
    assert.deepEqual(
      staff.map(({ address, role }: { address: string; role: string }) => [address, role]),
      [[lower(ines), 'moderator']],
    )
    assert.equal((await admin.send('PUT', `/v1/identity/roles/${lower(ines)}`, { roles: [] })).status, 204)
    assert.deepEqual((await visitor.get('/v1/identity/session')).body.roles, ['arbiter'])
  })

  test('are given by nobody else, to nobody unknown, and not to oneself', async () => {
    const admin = await signedIn(market.app, operator)
    await addPasskey(admin)
    const visitor = await signedIn(market.app, ada)
    assert.equal((await visitor.send('PUT', `/v1/identity/roles/${lower(ada)}`, { roles: ['admin'] })).body.code, 'FORBIDDEN')
    assert.equal((await visitor.get('/v1/identity/roles')).status, 403)
    assert.equal((await admin.send('PUT', `/v1/identity/roles/0x${'1'.repeat(40)}`, { roles: ['admin'] })).status, 404)
    const { address } = (await admin.get('/v1/identity/session')).body
    assert.equal((await admin.send('PUT', `/v1/identity/roles/${address}`, { roles: [] })).status, 403)
    assert.equal((await admin.send('PUT', `/v1/identity/roles/${lower(ada)}`, { roles: ['owner'] })).status, 400)
  })
})
