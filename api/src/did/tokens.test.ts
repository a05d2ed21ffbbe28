import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, chiara, type DevAccount } from '@fairhold/protocol/dev-accounts'
import { ES256KSigner } from 'did-jwt'
import { didRegistryOn } from '../../test/support/did-registry.ts'
import { startMarketOnChain } from '../../test/support/market.ts'
import { forge, p256Key, type TokenKey } from '../../test/support/tokens.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { ethrDid, pkhDid } from './parse.ts'
import { accessToken, tokenRequest } from './purposes.ts'

const CHAIN = 31337
const agent = p256Key(Buffer.alloc(32, 21))

describe('tokens for programs', () => {
  let market: Awaited<ReturnType<typeof startMarketOnChain>>
  let registry: Awaited<ReturnType<typeof didRegistryOn>>
  let issuer: string
  let person: Visitor
  let number = 0

  before(async () => {
    market = await startMarketOnChain()
    registry = await didRegistryOn(market.chain)
    issuer = (await new Visitor(market.app).get('/v1/identity/issuer')).body.did
    person = await signedIn(market.app, ada)
  })
  after(() => market.stop())

  const request = (key: Pick<TokenKey, 'signer' | 'alg'>, iss: string, more: object = {}) => {
    const now = Math.floor(Date.now() / 1000)
    number += 1
    const claims = { iss, sub: pkhDid(CHAIN, ada.address), aud: issuer, iat: now, exp: now + 120, jti: `request-${number}` }
    return forge(key, { alg: key.alg, typ: tokenRequest.typ }, { ...claims, ...more })
  }
  const exchange = (token: string) => new Visitor(market.app).send('POST', '/v1/identity/tokens', { request: token })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const asks = (token: string, url: string) => new Visitor(market.app).send('GET', url, undefined, bearer(token))
  const ofWallet = ({ privateKey }: DevAccount) =>
    ({ alg: 'ES256K', signer: ES256KSigner(Buffer.from(privateKey.slice(2), 'hex')) }) as const
  const allow = (body: object) => person.send('POST', '/v1/identity/agent-keys', { name: 'Price bot', ...body })

  test('the market says who it is', async () => {
    const { body } = await new Visitor(market.app).get('/v1/identity/issuer')
    assert.equal(body.document.id, body.did)
    assert.equal(body.document.assertionMethod.length, 1)
  })

  test('a key that nobody allowed gets nothing', async () => {
    const { status, body } = await exchange(await request(agent, agent.did))
    assert.deepEqual([status, body.code], [401, 'TOKEN_REFUSED'])
    assert.match(body.detail, /may not act/)
  })

  test('a key that the person allowed acts for them, within what was allowed', async () => {
    const made = await allow({ did: agent.did, scopes: ['deals:read', 'profile:read'] })
    assert.equal(made.status, 201)
    const { status, body, headers } = await exchange(await request(agent, agent.did))
    assert.equal(status, 200)
    assert.deepEqual([body.scope, body.expiresIn, headers['cache-control']], ['profile:read deals:read', 900, 'no-store'])
    assert.equal((await asks(body.accessToken, '/v1/identity/wallets')).body[0].address, ada.address.toLowerCase())
    assert.equal((await asks(body.accessToken, '/v1/identity/agent-keys')).body.code, 'SCOPE_MISSING')
    const narrow = await exchange(await request(agent, agent.did, { scope: 'deals:read' }))
    assert.equal(narrow.body.scope, 'deals:read')
    assert.equal((await asks(narrow.body.accessToken, '/v1/identity/wallets')).body.code, 'SCOPE_MISSING')
    const wide = await exchange(await request(agent, agent.did, { scope: 'deals:read deals:write' }))
    assert.deepEqual([wide.status, wide.body.code], [403, 'SCOPE_MISSING'])
    const [listed] = (await person.get('/v1/identity/agent-keys')).body
    assert.equal(listed.name, 'Price bot')
    assert.notEqual(listed.usedAt, null)
  })

  test('it acts for that person only', async () => {
    await signedIn(market.app, bruno)
    const other = await exchange(await request(agent, agent.did, { sub: pkhDid(CHAIN, bruno.address) }))
    assert.equal(other.body.code, 'TOKEN_REFUSED')
    const elsewhere = await exchange(await request(agent, agent.did, { sub: pkhDid(1, ada.address) }))
    assert.equal(elsewhere.body.code, 'TOKEN_REFUSED')
  })

  test('of fifty who hand in one request at once, one gets a token', async () => {
    const token = await request(agent, agent.did)
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(token)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await exchange(token)).body.code, 'TOKEN_REFUSED')
  })

  test('a key that is taken its rights loses them at once, with the tokens it has', async () => {
    const { body } = await exchange(await request(agent, agent.did))
    assert.equal((await person.send('DELETE', `/v1/identity/agent-keys/${encodeURIComponent(agent.did)}`)).status, 204)
    assert.equal((await asks(body.accessToken, '/v1/deals')).body.code, 'TOKEN_REFUSED')
    assert.equal((await exchange(await request(agent, agent.did))).body.code, 'TOKEN_REFUSED')
    assert.equal((await person.send('DELETE', `/v1/identity/agent-keys/${encodeURIComponent(agent.did)}`)).status, 404)
  })

  test('a key whose time is over has no rights', async () => {
    await allow({ did: agent.did, scopes: ['deals:read'] })
    const { body } = await exchange(await request(agent, agent.did))
    await market.context.db.agentKey.updateMany({ data: { expiresAt: new Date() } })
    assert.equal((await asks(body.accessToken, '/v1/deals')).body.code, 'TOKEN_REFUSED')
    assert.equal((await exchange(await request(agent, agent.did))).body.code, 'TOKEN_REFUSED')
  })

  test('the wallet itself can sign, as did:pkh or did:ethr; and a delegate on chain until it is revoked', async () => {
    for (const did of [pkhDid(CHAIN, ada.address), ethrDid(CHAIN, ada.address)])
      assert.equal((await exchange(await request(ofWallet(ada), did))).status, 200, did)
    const delegated = () => request(ofWallet(chiara), ethrDid(CHAIN, ada.address))
    assert.equal((await exchange(await delegated())).body.code, 'TOKEN_REFUSED')
    await registry.addDelegate(ada, chiara.address, 31_536_000)
    assert.equal((await exchange(await delegated())).status, 200)
    await registry.revokeDelegate(ada, chiara.address)
    assert.equal((await exchange(await delegated())).body.code, 'TOKEN_REFUSED')
    const stranger = await exchange(await request(ofWallet(chiara), ethrDid(CHAIN, chiara.address)))
    assert.equal(stranger.body.code, 'TOKEN_REFUSED')
  })

  test('what looks like an access token and is none is refused', async () => {
    const now = Math.floor(Date.now() / 1000)
    const account = (await market.context.db.account.findFirstOrThrow({ select: { id: true } })).id
    const claims = { sub: pkhDid(CHAIN, ada.address), aud: issuer, iat: now, exp: now + 900, jti: 'made-by-a-stranger' }
    const more = { scope: 'deals:read', client_id: pkhDid(CHAIN, ada.address), account }
    const header = { alg: agent.alg, typ: accessToken.typ }
    const forged = [
      await forge(agent, header, { ...claims, ...more, iss: agent.did }),
      await forge(agent, header, { ...claims, ...more, iss: issuer }),
      await request(agent, agent.did),
      'a.b.c',
    ]
    for (const token of forged) assert.equal((await asks(token, '/v1/deals')).body.code, 'TOKEN_REFUSED')
  })

  test('a token of ours that is over, or was made for longer than we make them, is refused', async () => {
    const own = market.context.issuer()
    const account = await market.context.db.wallet.findFirstOrThrow({ where: { address: ada.address.toLowerCase() } })
    const make = (iat: number, exp: number) => {
      const did = pkhDid(CHAIN, ada.address)
      const named = { sub: did, aud: own.did, jti: crypto.randomUUID(), client_id: did, account: account.accountId }
      return own.sign({ ...named, scope: 'deals:read', iat, exp }, { typ: accessToken.typ })
    }
    const now = Math.floor(Date.now() / 1000)
    assert.equal((await asks(await make(now, now + 900), '/v1/deals')).status, 200)
    assert.equal((await asks(await make(now - 1000, now - 100), '/v1/deals')).body.code, 'TOKEN_REFUSED')
    assert.equal((await asks(await make(now, now + 901), '/v1/deals')).body.code, 'TOKEN_REFUSED')
  })

  test('a key can be allowed by the person alone, for a key that signs, and twenty at most', async () => {
    assert.equal((await allow({ did: 'did:web:example.com', scopes: ['deals:read'] })).body.code, 'VALIDATION')
    assert.equal((await allow({ did: agent.did, scopes: [] })).body.code, 'VALIDATION')
    assert.equal((await allow({ did: agent.did, scopes: ['all'] })).body.code, 'VALIDATION')
    await market.context.db.session.updateMany({ data: { provedAt: null } })
    assert.equal((await allow({ did: agent.did, scopes: ['deals:read'] })).body.code, 'STEP_UP_NEEDED')
    await market.context.db.session.updateMany({ data: { provedAt: new Date() } })
    const keys = Array.from({ length: 20 }, (_, index) => p256Key(Buffer.alloc(32, 100 + index)).did)
    const answers: number[] = []
    for (const did of keys) answers.push((await allow({ did, scopes: ['deals:read'] })).status)
    assert.deepEqual(answers, [...Array(19).fill(201), 403])
  })
})
