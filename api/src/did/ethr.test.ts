import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, chiara, dmitri, elif, femi } from '@fairhold/protocol/dev-accounts'
import { ES256KSigner } from 'did-jwt'
import { createPublicClient, http } from 'viem'
import { hardhat } from 'viem/chains'
import { startChain, type TestChain } from '../../test/support/chain.ts'
import { didRegistryOn } from '../../test/support/did-registry.ts'
import { ed25519Key, forge } from '../../test/support/tokens.ts'
import { verifyToken } from './jwt.ts'
import { ethrDid } from './parse.ts'
import { tokenRequest } from './purposes.ts'
import { createDidResolver, type DidResolver } from './resolver.ts'

const YEAR = 31_536_000
const AUDIENCE = 'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'

describe('did:ethr on a chain', () => {
  let chain: TestChain
  let registry: Awaited<ReturnType<typeof didRegistryOn>>
  let resolver: DidResolver
  let asked = 0
  let number = 0

  before(async () => {
    chain = await startChain()
    registry = await didRegistryOn(chain)
    const fetchFn: typeof fetch = (input, init) => {
      asked += 1
      return fetch(input, init)
    }
    const client = createPublicClient({ chain: hardhat, transport: http(chain.url, { fetchFn }), cacheTime: 0 })
    const ethr = { chain: client, chainId: 31337, registry: registry.address }
    resolver = createDidResolver({ ethr, web: false, now: Date.now })
  })
  after(() => chain.stop())

  /** A request for a token in the name of `of`'s did:ethr, signed by the key of `by`. */
  const requestOf = async (of: { address: string }, by: { privateKey: string }) => {
    const now = Math.floor(Date.now() / 1000)
    const did = ethrDid(31337, of.address)
    number += 1
    const claims = { iss: did, sub: did, aud: AUDIENCE, iat: now, exp: now + 300, jti: `request-${number}` }
    const signer = ES256KSigner(Buffer.from(by.privateKey.slice(2), 'hex'))
    return forge({ signer }, { alg: 'ES256K', typ: tokenRequest.typ }, claims)
  }
  const accepts = async (token: string) => {
    const options = { resolver: resolver.fresh, audience: AUDIENCE, now: Date.now(), spend: async () => true }
    return verifyToken(token, tokenRequest, options).then(
      ({ keyId }) => keyId,
      (error: Error) => error.message,
    )
  }
  const said = (of: { address: string }) => `The signature of ${ethrDid(31337, of.address)}`

  test('without any change on chain the account itself signs', async () => {
    assert.equal(await accepts(await requestOf(ada, ada)), `${ethrDid(31337, ada.address)}#controller`)
    assert.match(await accepts(await requestOf(ada, bruno)), new RegExp(said(ada)))
  })

  test('a delegate signs while it is one, and not from the moment it is revoked on', async () => {
    await registry.addDelegate(bruno, chiara.address, YEAR)
    assert.equal(await accepts(await requestOf(bruno, chiara)), `${ethrDid(31337, bruno.address)}#delegate-1`)
    await registry.revokeDelegate(bruno, chiara.address)
    assert.match(await accepts(await requestOf(bruno, chiara)), new RegExp(said(bruno)))
    assert.equal(await accepts(await requestOf(bruno, bruno)), `${ethrDid(31337, bruno.address)}#controller`)
  })

  test('on a chain whose clock is a day ahead a revoked delegate is refused at once, and one that ran out too', async () => {
    await chain.client.setNextBlockTimestamp({ timestamp: BigInt(Math.ceil(Date.now() / 1000)) })
    await registry.addDelegate(dmitri, chiara.address, YEAR)
    await registry.addDelegate(dmitri, elif.address, 3_600)
    assert.equal(await accepts(await requestOf(dmitri, elif)), `${ethrDid(31337, dmitri.address)}#delegate-2`)
    await chain.client.increaseTime({ seconds: 86_400 })
    await registry.revokeDelegate(dmitri, chiara.address)
    assert.match(await accepts(await requestOf(dmitri, chiara)), new RegExp(said(dmitri)))
    assert.match(await accepts(await requestOf(dmitri, elif)), new RegExp(said(dmitri)))
  })

  test('a key that is only for asserting does not authenticate', async () => {
    await registry.addDelegate(elif, chiara.address, YEAR, 'veriKey')
    assert.match(await accepts(await requestOf(elif, chiara)), new RegExp(said(elif)))
  })

  test('an Ed25519 key set on chain for authentication is one', async () => {
    const key = ed25519Key()
    await registry.setAttribute(elif, 'did/pub/Ed25519/sigAuth/hex', `0x${key.publicKey.toString('hex')}`, YEAR)
    const { authentication, verificationMethod } = await resolver.document(ethrDid(31337, elif.address), { fresh: true })
    assert.equal(authentication?.length, 2)
    assert.ok(verificationMethod?.some(({ publicKeyHex }) => publicKeyHex === key.publicKey.toString('hex')))
  })

  test('after a change of owner the new one signs, and the old one no longer', async () => {
    await registry.changeOwner(femi, ada.address)
    assert.equal(await accepts(await requestOf(femi, ada)), `${ethrDid(31337, femi.address)}#controller`)
    assert.match(await accepts(await requestOf(femi, femi)), new RegExp(said(femi)))
  })

  test('a document is used again for a while, and one history of many changes is not read to its end', async () => {
    const did = ethrDid(31337, chiara.address)
    await resolver.document(did)
    const before = asked
    await resolver.document(did)
    assert.equal(asked, before)
    for (let n = 0; n < 130; n += 1) await registry.setAttribute(chiara, `did/svc/n${n}`, '0x00', YEAR)
    await assert.rejects(resolver.document(did, { fresh: true }), { code: 'notFound', message: /longer than is read/ })
    assert.ok(asked - before < 135, `${asked - before} requests`)
  })

  test('where the node is away, nothing is verified', async () => {
    const away = createPublicClient({ chain: hardhat, transport: http('http://127.0.0.1:1', { retryCount: 0 }) })
    const ethr = { chain: away, chainId: 31337, registry: registry.address }
    const other = createDidResolver({ ethr, web: false, now: Date.now })
    await assert.rejects(other.document(ethrDid(31337, ada.address)), { name: 'DidUnresolved', code: 'notFound' })
  })
})
