import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, type DevAccount } from '@fairhold/protocol/dev-accounts'
import { encryptionKeyTypedData } from '@fairhold/protocol/identity/encryption-key'
import { bytesToHex, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

const seconds = () => Math.floor(Date.now() / 1000)
const aKey = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
interface Changes {
  account?: string
  publicKey?: Hex
  sequence?: number
  signedAt?: number
  chainId?: number
}

describe('encryption keys of wallets', () => {
  let market: Market
  let person: Visitor
  before(async () => {
    market = await startMarketOnChain()
    person = await signedIn(market.app, ada)
  })
  after(() => market.stop())

  /** What a browser would send; `signed`: what the wallet signs, if that is something else. */
  const body = async (signer: DevAccount, changes: Changes = {}, signed: Changes = {}) => {
    const said = { publicKey: aKey(), sequence: 1, signedAt: seconds(), ...changes }
    const { chainId = 31337, ...statement } = { account: ada.address, ...said, ...signed }
    const data = encryptionKeyTypedData(statement as Parameters<typeof encryptionKeyTypedData>[0], chainId)
    const signature = await privateKeyToAccount(signer.privateKey).signTypedData(data)
    return { address: ada.address, ...said, origin: 'signature', signature, bundle: '{"version":1}' }
  }
  const publish = async (given: object) => person.send('PUT', '/v1/identity/encryption-key', given)
  const keys = async () => (await new Visitor(market.app).get(`/v1/identity/encryption-keys/${ada.address}`)).body

  test('a wallet without one has none', async () => {
    assert.deepEqual(await keys(), { current: null, former: [], next: 1 })
  })

  const bad: [string, number, string, () => Promise<object>][] = [
    ['signed by another wallet', 422, 'WRONG_SIGNATURE', () => body(bruno)],
    ['signed for another account', 422, 'WRONG_SIGNATURE', () => body(ada, {}, { account: bruno.address })],
    ['of which another key was signed', 422, 'WRONG_SIGNATURE', () => body(ada, {}, { publicKey: aKey() })],
    ['signed with another number', 422, 'WRONG_SIGNATURE', () => body(ada, {}, { sequence: 2 })],
    ['signed for another chain', 422, 'WRONG_SIGNATURE', () => body(ada, {}, { chainId: 1 })],
    ['signed an hour ago', 422, 'WRONG_SIGNATURE', () => body(ada, { signedAt: seconds() - 3_600 })],
    ['signed tomorrow', 422, 'WRONG_SIGNATURE', () => body(ada, { signedAt: seconds() + 86_400 })],
    ['with a number left out', 409, 'ALREADY_THERE', () => body(ada, { sequence: 2 })],
    ['of small order', 400, 'VALIDATION', () => body(ada, { publicKey: `0x${'00'.repeat(32)}` })],
    ['of small order, written otherwise', 400, 'VALIDATION', () => body(ada, { publicKey: `0x01${'00'.repeat(31)}` })],
    ['that is too short', 400, 'VALIDATION', async () => ({ ...(await body(ada)), publicKey: '0x01' })],
    ['with a bundle that is too large', 400, 'VALIDATION', async () => ({ ...(await body(ada)), bundle: 'x'.repeat(70_000) })],
    ['of a wallet of somebody else', 403, 'FORBIDDEN', async () => ({ ...(await body(bruno)), address: bruno.address })],
  ]
  for (const [name, status, code, make] of bad) {
    test(`refused: a key ${name}`, async () => {
      const answer = await publish(await make())
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
    })
  }

  test('is published, and read by everybody with the signature', async () => {
    const given = await body(ada)
    const { status, body: answer } = await publish(given)
    assert.equal(status, 200)
    const { current, next } = await keys()
    assert.deepEqual(answer.current, current)
    assert.deepEqual([current.publicKey, current.signature, current.sequence, next], [given.publicKey, given.signature, 1, 2])
  })

  test('said again, it is not there twice, and one signature brings no old key back', async () => {
    const first = await body(ada, { sequence: 2 })
    const second = await body(ada, { sequence: 3 })
    await publish(first)
    assert.equal((await publish(first)).body.code, 'ALREADY_THERE')
    await publish(second)
    assert.equal((await publish(first)).body.code, 'ALREADY_THERE')
    const { current, former } = await keys()
    assert.deepEqual([current.sequence, former.map(({ sequence }: { sequence: number }) => sequence)], [3, [2, 1]])
  })

  test('of two that come at once one is taken', async () => {
    const both = [await body(ada, { sequence: 4 }), await body(ada, { sequence: 4 })]
    const statuses = (await Promise.all(both.map(publish))).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [200, 409])
  })

  test('the bundle is for the person alone, and is replaced only for the newest key', async () => {
    const url = `/v1/identity/key-bundles/${ada.address}`
    const { body: kept, headers } = await person.get(url)
    assert.deepEqual([kept.sequence, kept.bundle, headers['cache-control']], [4, '{"version":1}', 'no-store'])
    assert.equal((await new Visitor(market.app).get(url)).status, 401)
    assert.equal((await (await signedIn(market.app, bruno)).get(url)).body.code, 'FORBIDDEN')
    assert.equal((await person.send('PUT', url, { sequence: 3, bundle: '{}' })).status, 404)
    assert.equal((await person.send('PUT', url, { sequence: 4, bundle: '{"version":2}' })).status, 204)
    assert.equal((await person.get(url)).body.bundle, '{"version":2}')
  })

  test('keys of an account that is gone are not shown, and their numbers are not used again', async () => {
    const { context } = market
    const other = await context.db.account.create({ data: { did: 'did:example:other', subject: 'did:example:other' } })
    await context.db.wallet.updateMany({ where: { address: ada.address.toLowerCase() }, data: { accountId: other.id } })
    assert.deepEqual(await keys(), { current: null, former: [], next: 5 })
  })
})
