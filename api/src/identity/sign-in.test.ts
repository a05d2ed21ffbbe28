import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import { type Address, concat, getContractAddress, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { serializeErc6492Signature } from 'viem/utils'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { signedIn, siweMessage, Visitor } from '../../test/support/visitor.ts'

let market: Market & { chain: TestChain }
before(async () => {
  market = await startMarketOnChain()
})
after(() => market?.stop())

const signed = (message: string) => privateKeyToAccount(ada.privateKey).signMessage({ message })

describe('signing in', () => {
  test('gives a session that lasts seven days, and a did:pkh', async () => {
    const visitor = new Visitor(market.app)
    const { status, body } = await visitor.signIn(ada)
    assert.equal(status, 200)
    assert.equal(body.address, ada.address.toLowerCase())
    assert.equal(body.did, `did:pkh:eip155:31337:${ada.address.toLowerCase()}`)
    const days = (Date.parse(body.expiresAt) - Date.now()) / 86_400_000
    assert.ok(days > 6.9 && days <= 7)
    assert.equal((await visitor.get('/v1/identity/session')).body.address, body.address)
  })

  test('keeps the token out of scripts and out of the database', async () => {
    const visitor = new Visitor(market.app)
    const { headers } = await visitor.signIn(ada)
    const cookie = [headers['set-cookie']].flat().find((one) => String(one).startsWith('fairhold_session='))
    assert.match(String(cookie), /HttpOnly/)
    assert.match(String(cookie), /SameSite=Lax/)
    const token = visitor.cookies.fairhold_session ?? ''
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    assert.equal(await market.context.db.session.count({ where: { tokenHash: token } }), 0)
  })

  test('makes a new token each time, and the old one void', async () => {
    const visitor = await signedIn(market.app, ada)
    const first = visitor.cookies.fairhold_session ?? ''
    await visitor.signIn(ada)
    assert.notEqual(visitor.cookies.fairhold_session, first)
    visitor.cookies.fairhold_session = first
    assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })

  test('out again ends the session on the server', async () => {
    const visitor = await signedIn(market.app, ada)
    const token = visitor.cookies.fairhold_session ?? ''
    assert.equal((await visitor.send('DELETE', '/v1/identity/session')).status, 204)
    visitor.cookies.fairhold_session = token
    assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })

  test('a session that is over is none', async () => {
    const visitor = await signedIn(market.app, bruno)
    await market.context.db.session.updateMany({
      where: { address: bruno.address.toLowerCase() },
      data: { expiresAt: new Date(0) },
    })
    assert.equal((await visitor.get('/v1/identity/session')).status, 401)
  })
})

describe('signing in is refused', () => {
  const refusals: [name: string, changes: Parameters<Visitor['signIn']>[1]][] = [
    ['for another site', { domain: 'evil.example' }],
    ['for the site on another port', { domain: 'localhost:3001' }],
    ['with the address of another site', { uri: 'https://evil.example' }],
    ['with a URI that is no URL', { uri: 'urn:fairhold:x' }],
    ['with another scheme', { scheme: 'https' }],
    ['on another chain', { chainId: 1 }],
    ['when issued six minutes ago', { issuedAt: new Date(Date.now() - 360_000) }],
    ['when issued in the future', { issuedAt: new Date(Date.now() + 120_000) }],
    ['when it has expired', { expirationTime: new Date(Date.now() - 1_000) }],
    ['when it never expires', { expirationTime: undefined }],
    ['before its time', { notBefore: new Date(Date.now() + 60_000) }],
    ['with a nonce that nobody gave out', { nonce: 'a1b2c3d4e5f6a7b8' }],
  ]
  for (const [name, changes] of refusals) {
    test(name, async () => {
      const answer = await new Visitor(market.app).signIn(ada, changes)
      assert.equal(answer.status, 401)
      assert.equal(answer.body.code, 'SIGN_IN_REFUSED')
    })
  }

  test('a second time with the same message', async () => {
    const visitor = new Visitor(market.app)
    const message = siweMessage({ address: ada.address, nonce: await visitor.nonce() })
    const signature = await signed(message)
    assert.equal((await visitor.handIn(message, signature)).status, 200)
    assert.equal((await visitor.handIn(message, signature)).status, 401)
  })

  test('all but one of many tries at once', async () => {
    const visitor = new Visitor(market.app)
    const message = siweMessage({ address: ada.address, nonce: await visitor.nonce() })
    const signature = await signed(message)
    const answers = await Promise.all(Array.from({ length: 6 }, () => visitor.handIn(message, signature)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  test('in another browser than the one that asked for the nonce', async () => {
    const message = siweMessage({ address: ada.address, nonce: await new Visitor(market.app).nonce() })
    const other = new Visitor(market.app)
    await other.nonce()
    assert.equal((await other.handIn(message, await signed(message))).status, 401)
    assert.equal((await new Visitor(market.app).handIn(message, await signed(message))).status, 401)
  })

  test('with the signature of somebody else, which uses the nonce up', async () => {
    const visitor = new Visitor(market.app)
    const message = siweMessage({ address: ada.address, nonce: await visitor.nonce() })
    const foreign = await privateKeyToAccount(dmitri.privateKey).signMessage({ message })
    assert.equal((await visitor.handIn(message, foreign)).status, 401)
    assert.equal((await visitor.handIn(message, await signed(message))).status, 401)
  })

  test('with a nonce older than five minutes', async () => {
    const visitor = new Visitor(market.app)
    const message = siweMessage({ address: ada.address, nonce: await visitor.nonce() })
    await market.context.db.loginNonce.updateMany({ where: { usedAt: null }, data: { expiresAt: new Date(Date.now() - 1) } })
    assert.equal((await visitor.handIn(message, await signed(message))).status, 401)
  })

  test('with what is no message, or no signature', async () => {
    const visitor = new Visitor(market.app)
    const message = siweMessage({ address: ada.address, nonce: await visitor.nonce() })
    assert.equal((await visitor.handIn('Let me in', '0x00')).status, 401)
    assert.equal((await visitor.handIn(`${message}\nand more`, await signed(message))).status, 401)
    assert.equal((await visitor.handIn(message, 'mine')).status, 400)
    assert.equal((await visitor.handIn(message, '0x1234')).status, 401)
  })
})

describe('a contract wallet (ERC-1271)', () => {
  // Answers every call with the magic value of isValidSignature: PUSH4 1626ba7e, shifted left into place, returned.
  const YES = '0x631626ba7e60e01b60005260206000f3'
  const wallet = { ...bruno, address: '0x00000000000000000000000000000000000A11ce' } as unknown as typeof bruno

  test('signs in when its contract agrees, and only then', async () => {
    assert.equal((await new Visitor(market.app).signIn(wallet)).status, 401)
    await market.chain.client.setCode({ address: wallet.address, bytecode: YES })
    assert.equal((await new Visitor(market.app).signIn(wallet)).status, 200)
  })
})

describe('a contract wallet that is not deployed yet (ERC-6492)', () => {
  const YES = '631626ba7e60e01b60005260206000f3' // as above
  // Returns those 16 bytes as the code of the contract: PUSH16, MSTORE, RETURN.
  const initCode: Hex = `0x6f${YES}60005260106010f3`
  // A factory that deploys with CREATE2 what follows the salt in its calldata, and returns the address.
  const FACTORY =
    '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'
  const factory = '0x000000000000000000000000000000000000fac7'
  const salt: Hex = `0x${'07'.repeat(32)}`
  const address = getContractAddress({ opcode: 'CREATE2', from: factory, salt, bytecode: initCode })

  test('signs in with what its factory would deploy, and not with a bare signature or another address', async () => {
    await market.chain.client.setCode({ address: factory, bytecode: FACTORY })
    const handIn = async (as: Address, wrap: boolean) => {
      const visitor = new Visitor(market.app)
      const message = siweMessage({ address: as, nonce: await visitor.nonce() })
      const signature = await privateKeyToAccount(bruno.privateKey).signMessage({ message })
      const data = concat([salt, initCode])
      return visitor.handIn(message, wrap ? serializeErc6492Signature({ address: factory, data, signature }) : signature)
    }
    assert.equal((await handIn(address, false)).status, 401)
    assert.equal((await handIn(dmitri.address, true)).status, 401)
    const { status, body } = await handIn(address, true)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.address, address.toLowerCase())
    const { kind } = await market.context.db.wallet.findFirstOrThrow({ where: { address: body.address } })
    assert.equal(kind, 'contract')
    assert.equal(await market.chain.client.getCode({ address }), undefined, 'nothing was deployed for it')
  })
})

describe('a profile', () => {
  test('is changed by its owner and read by all', async () => {
    const visitor = await signedIn(market.app, dmitri)
    const answer = await visitor.send('PUT', '/v1/identity/profile', { name: '  Dmitri ', bio: 'Buys cameras.' })
    assert.equal(answer.body.name, 'Dmitri')
    const seen = (await new Visitor(market.app).get(`/v1/identity/profiles/${dmitri.address}`)).body
    assert.deepEqual(
      [seen.name, seen.bio, seen.rating, seen.deals],
      ['Dmitri', 'Buys cameras.', { count: 0, average: null }, { sold: 0, bought: 0, disputed: 0 }],
    )
  })

  test('of a stranger is empty', async () => {
    const { body } = await new Visitor(market.app).get(`/v1/identity/profiles/0x${'ab'.repeat(20)}`)
    assert.deepEqual([body.name, body.joinedAt], ['', null])
  })

  for (const name of ['', 'a'.repeat(61), 'evil\u202eemos', 'A\u200bda', 'A\u200dda', 'two\nlines', ada.address]) {
    test(`does not take the name ${JSON.stringify(name).slice(0, 24)}`, async () => {
      const visitor = await signedIn(market.app, dmitri)
      const answer = await visitor.send('PUT', '/v1/identity/profile', { name, bio: '' })
      assert.equal(answer.status, 400)
      assert.equal(answer.body.errors[0].path, 'name')
    })
  }
})
