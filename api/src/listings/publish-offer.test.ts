import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { MAX_SALT, parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, bruno, chiara, dmitri, elif, femi } from '@fairhold/protocol/dev-accounts'
import sharp from 'sharp'
import type { Hex } from 'viem'
import { serializeErc6492Signature } from 'viem/utils'
import type { TestChain } from '../../test/support/chain.ts'
import { type ListingChanges, signedListing } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { insertDeal, someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import type { Publish } from './contract.ts'

let market: Market & { chain: TestChain }
let seller: Visitor
before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

const signed = (changes?: ListingChanges) => signedListing(market.context, ada, changes)
const publish = (listing: Publish, who = seller) => who.send('POST', '/v1/listings', listing)
const unitsOf = (listing: Publish) => {
  const offer = parseOffer(listing.offer)
  return Array.from({ length: offer.quantity }, (_, unit) => unitDealId(offer, unit, market.context.domain))
}

describe('publishing', () => {
  test('shows the listing with the offer exactly as signed', async () => {
    const photo = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const { sha256 } = (await seller.upload('/v1/listings/photos', photo)).body
    const listing = await signed({ content: { photos: [sha256] }, offer: { quantity: 3 } })
    const { status, body } = await publish(listing)
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(body.offer, listing.offer)
    assert.deepEqual(body.content, listing.content)
    assert.equal(body.id, unitsOf(listing)[0])
    assert.deepEqual(
      body.units.map(({ dealId }: { dealId: string }) => dealId),
      unitsOf(listing),
    )
    assert.deepEqual([body.available, body.status, body.photo], [3, 'active', sha256])
    assert.deepEqual((await new Visitor(market.app).get(`/v1/listings/${body.id}`)).body, body)
  })

  test('a signature of a wallet that is not on the chain yet is refused, with what to do: the contract would not take it', async () => {
    const listing = await signed()
    const wrapped = serializeErc6492Signature({ address: ada.address, data: '0x', signature: listing.signature as Hex })
    const { status, body } = await publish({ ...listing, signature: wrapped })
    assert.deepEqual([status, body.code, body.errors?.[0]?.path], [422, 'OFFER_REFUSED', 'signature'])
    assert.match(body.detail, /send any transaction/)
  })

  test('a street for a place is refused, in listings of the first version too', async () => {
    const { status, body } = await publish(await signed({ content: { place: 'Veldstraat 12, Ghent' } }))
    assert.deepEqual([status, body.code, body.errors?.[0]?.path], [422, 'OFFER_REFUSED', 'content.place'])
  })

  test('twice is refused', async () => {
    const listing = await signed()
    await publish(listing)
    const { status, body } = await publish(listing)
    assert.deepEqual([status, body.code], [409, 'ALREADY_THERE'])
  })

  test('units that another listing has is refused', async () => {
    const listing = await signed({ offer: { quantity: 3 } })
    await publish(listing)
    const salt = parseOffer(listing.offer).terms.salt + 2n
    const overlapping = await signed({ terms: { salt } })
    const { status, body } = await publish(overlapping)
    assert.deepEqual([status, body.code], [409, 'ALREADY_THERE'])
  })

  test('an offer that was taken on chain already is refused', async () => {
    const listing = await signed()
    await insertDeal(market.indexer, market.context, { terms: parseOffer(listing.offer).terms })
    assert.equal((await publish(listing)).status, 409)
  })

  test('needs the seller to be signed in', async () => {
    const listing = await signed()
    assert.equal((await publish(listing, new Visitor(market.app))).status, 401)
    const { status, body } = await publish(listing, await signedIn(market.app, bruno))
    assert.deepEqual([status, body.code], [403, 'FORBIDDEN'])
  })

  const wrongSignature: [string, () => Promise<Publish>][] = [
    [
      'signed by somebody else',
      async () => ({ ...(await signed()), signature: (await signedListing(market.context, bruno)).signature }),
    ],
    ['whose quantity was changed after signing', async () => changed(await signed(), (listing) => (listing.offer.quantity = 2))],
    [
      'whose price was changed after signing',
      async () => changed(await signed(), (listing) => (listing.offer.terms.price = '1')),
    ],
    ['with a signature of zeros', async () => ({ ...(await signed()), signature: `0x${'00'.repeat(65)}` })],
  ]
  for (const [name, make] of wrongSignature) {
    test(`an offer ${name} is refused`, async () => {
      const { status, body } = await publish(await make())
      assert.deepEqual([status, body.code], [422, 'WRONG_SIGNATURE'])
    })
  }

  const refused: [name: string, path: string, changes: ListingChanges][] = [
    ['for other content', 'offer.terms.itemHash', { terms: { itemHash: someHash() } }],
    ['with a foreign operator', 'offer.terms.operator', { terms: { operator: elif.address } }],
    ['with a lower fee', 'offer.terms.operatorFeeBps', { terms: { operatorFeeBps: 0 } }],
    ['with an unknown arbiter', 'offer.terms.arbiter', { terms: { arbiter: elif.address } }],
    ['with another fee than the arbiter asks', 'offer.terms.arbiterFeeBps', { terms: { arbiterFeeBps: 1 } }],
    ['in an unknown token', 'offer.terms.token', { terms: { token: `0x${'12'.repeat(20)}` } }],
    ['for one buyer only', 'offer.terms.buyer', { terms: { buyer: dmitri.address } }],
    ['without a price', 'offer.terms.price', { terms: { price: 0n } }],
    ['with no time to ship', 'offer.terms.shipSeconds', { terms: { shipSeconds: 0 } }],
    ['with two years to rule', 'offer.terms.rulingSeconds', { terms: { rulingSeconds: 63_072_000 } }],
    ['that has expired', 'offer.expiry', { offer: { expiry: 1_600_000_000 } }],
    ['with a counter that is not the seller’s', 'offer.counter', { offer: { counter: 5n } }],
    ['with a picture that nobody uploaded', 'content.photos', { content: { photos: ['ab'.repeat(32)] } }],
    ['whose units have no salts left', 'offer.terms.salt', { terms: { salt: MAX_SALT }, offer: { quantity: 2 } }],
  ]
  for (const [name, path, changes] of refused) {
    test(`an offer ${name} is refused, naming ${path}`, async () => {
      const { status, body } = await publish(await signed(changes))
      assert.deepEqual([status, body.code], [422, 'OFFER_REFUSED'], JSON.stringify(body))
      assert.deepEqual(
        body.errors.map((error: { path: string }) => error.path),
        [path],
      )
    })
  }

  const malformed: [name: string, change: (listing: Publish) => unknown][] = [
    ['a salt beyond 64 bits', (listing) => (listing.offer.terms.salt = '9'.repeat(78))],
    ['a title of two letters', (listing) => (listing.content.title = 'ab')],
    ['a member that is not signed', (listing) => Object.assign(listing.content, { extra: 1 })],
    ['half a character', (listing) => (listing.content.title = 'half \ud800')],
    ['a quantity of none', (listing) => (listing.offer.quantity = 0)],
  ]
  for (const [name, change] of malformed) {
    test(`${name} is not right`, async () => {
      const { status, body } = await publish(changed(await signed(), change))
      assert.deepEqual([status, body.code], [400, 'VALIDATION'], JSON.stringify(body))
      assert.ok(body.errors.length > 0)
    })
  }

  test('follows the counter of the chain', async () => {
    const other = await signedIn(market.app, bruno)
    await market.chain.escrow(bruno, { functionName: 'cancelAllOffers' })
    assert.equal((await publish(await signedListing(market.context, bruno), other)).status, 422)
    const { escrow } = market.context.deployment
    const call = { abi: escrowAbi, address: escrow, functionName: 'counterOf', args: [bruno.address] } as const
    const counter = await market.chain.client.readContract(call)
    assert.equal((await publish(await signedListing(market.context, bruno, { offer: { counter } }), other)).status, 201)
  })

  test('is refused with a nonce that the seller voided on chain', async () => {
    const other = await signedIn(market.app, chiara)
    await market.chain.escrow(chiara, { functionName: 'cancelNonces', args: [1n << 9n] })
    const answer = async (nonce: number) => publish(await signedListing(market.context, chiara, { offer: { nonce } }), other)
    assert.equal((await answer(9)).body.errors[0].path, 'offer.nonce')
    assert.equal((await answer(8)).status, 201)
    assert.equal((await answer(128)).status, 400)
  })

  test('may allow instalments, as its seller signed', async () => {
    const listing = await signed({ terms: { depositBps: 2_000, fundingSeconds: 864_000 } })
    const { body, status } = await publish(listing)
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual([body.offer.terms.depositBps, body.offer.terms.fundingSeconds], [2_000, 864_000])
  })
})

describe('what is available', () => {
  const availableOf = async (id: string) => {
    const { available, status } = (await seller.get(`/v1/listings/${id}`)).body
    return [available, status]
  }

  test('is less by units that were taken or voided, and nothing once all are', async () => {
    const listing = await signed({ offer: { quantity: 2 } })
    const { id } = (await publish(listing)).body
    const { terms } = parseOffer(listing.offer)
    await insertDeal(market.indexer, market.context, { terms })
    assert.deepEqual(await availableOf(id), [1, 'active'])
    await market.indexer.query(
      `INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ('eip155:31337', $1, $2, 1)`,
      [unitsOf(listing)[1], terms.seller],
    )
    assert.deepEqual(await availableOf(id), [0, 'sold'])
  })

  test('is nothing once the seller voided all offers', async () => {
    const who = await signedIn(market.app, elif)
    const { id } = (await publish(await signedListing(market.context, elif), who)).body
    assert.deepEqual(await availableOf(id), [1, 'active'])
    await market.indexer.query(`INSERT INTO chain.counter (chain, maker, counter) VALUES ('eip155:31337', $1, 1)`, [
      elif.address.toLowerCase(),
    ])
    assert.equal((await availableOf(id))[0], 0)
  })

  test('is nothing once the seller voided the nonce of the offer', async () => {
    const who = await signedIn(market.app, femi)
    const publishWith = async (nonce: number) =>
      (await publish(await signedListing(market.context, femi, { offer: { nonce } }), who)).body.id
    const [one, other] = [await publishWith(3), await publishWith(4)]
    const values = [femi.address.toLowerCase(), [3, 127]]
    await market.indexer.query(
      `INSERT INTO chain.counter (chain, maker, counter, voided_nonces) VALUES ('eip155:31337', $1, 0, $2)`,
      values,
    )
    assert.deepEqual(await availableOf(one), [0, 'withdrawn'])
    assert.deepEqual(await availableOf(other), [1, 'active'])
  })

  test('is nothing once the seller took it off the market, which nobody else can', async () => {
    const { id } = (await publish(await signed())).body
    const stranger = await signedIn(market.app, dmitri)
    assert.equal((await stranger.send('DELETE', `/v1/listings/${id}`)).status, 403)
    assert.equal((await seller.send('DELETE', `/v1/listings/${id}`)).status, 204)
    assert.equal((await seller.send('DELETE', `/v1/listings/${id}`)).status, 204)
    assert.deepEqual(await availableOf(id), [0, 'withdrawn'])
  })
})

function changed(listing: Publish, change: (listing: Publish) => unknown): Publish {
  const copy = structuredClone(listing)
  change(copy)
  return copy
}
