import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, bruno, elif } from '@fairhold/protocol/dev-accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { bicycle, signedChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import type { Choice, Publish } from './contract.ts'

let market: Market & { chain: TestChain }
let seller: Visitor
before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

type Whole = Publish & { otherOffers: NonNullable<Publish['otherOffers']> }
const signed = (changes = {}) => signedChoices(market.context, ada, changes)
const publish = (listing: Publish, who = seller) => who.send('POST', '/v1/listings', listing)
const published = async (listing: Publish) => {
  const { status, body } = await publish(listing)
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

describe('a listing with several ways of shipping', { timeout: 120_000 }, () => {
  test('has an offer for each of them and for pick-up, which differ in the price alone', async () => {
    const listing = await signed({ quantity: 2 })
    const body = await published(listing)
    assert.deepEqual(
      body.choices.map(({ kind, name, to, shipping, price }: Choice) => [kind, name, to, shipping, price]),
      [
        ['ship', 'Parcel', ['PT', 'ES'], '25', '1025'],
        ['ship', 'Freight', ['*'], '90', '1090'],
        ['pickup', '', [], '0', '1000'],
      ],
    )
    assert.deepEqual(
      body.choices.map(({ offer, signature }: Choice) => ({ offer, signature })),
      [{ offer: listing.offer, signature: listing.signature }, ...(listing.otherOffers ?? [])],
    )
    assert.equal(new Set(body.choices.flatMap(({ units }: Choice) => units.map(({ dealId }) => dealId))).size, 6)
    assert.deepEqual([body.price, body.shippingFrom, body.pickup, body.place, body.country], ['1000', '25', true, 'Porto', 'PT'])
    assert.deepEqual([body.offer, body.units, body.available], [listing.offer, body.choices[0].units, 2])
    assert.deepEqual([body.attributes, body.shipsTo, body.town], [bicycle.attributes, ['*'], bicycle.place])
  })

  test('is stored as it is to be found: where it is, where it goes, what it is', async () => {
    const { id } = await published(await signed())
    const row = await market.context.db.listing.findUniqueOrThrow({ where: { id } })
    assert.deepEqual([row.language, row.brand, row.townId, row.shipsTo, row.nonce], ['en', 'Koga', 2735943, ['*'], 0])
    assert.ok(Math.abs((row.lat ?? 0) - 41.15) < 0.1 && Math.abs((row.lon ?? 0) + 8.61) < 0.1)
  })

  test('loses a unit for every choice when it is bought with one', async () => {
    const listing = await signed({ quantity: 2 })
    const { id } = await published(listing)
    const { terms } = parseOffer(listing.otherOffers?.[0]?.offer)
    await insertDeal(market.indexer, market.context, { terms: { ...terms, salt: terms.salt + 1n } })
    const { body } = await seller.get(`/v1/listings/${id}`)
    assert.equal(body.available, 1)
    for (const { units } of body.choices)
      assert.deepEqual(
        units.map(({ taken }: { taken: boolean }) => taken),
        [false, true],
      )
  })

  const refused: [name: string, path: string, change: (listing: Whole) => unknown][] = [
    ['a choice without an offer', 'otherOffers', (listing) => listing.otherOffers.pop()],
    ['an offer too many', 'otherOffers', (listing) => listing.otherOffers.push(listing.otherOffers[0] as never)],
    ['offers in another order', 'otherOffers.0.offer.terms.price', (listing) => listing.otherOffers.reverse()],
    ['the same offer twice', 'otherOffers.0.offer.terms.price', (listing) => (listing.otherOffers[0] = pick(listing))],
  ]
  for (const [name, path, change] of refused) {
    test(`is refused with ${name}, naming ${path}`, async () => {
      const listing = structuredClone(await signed()) as Whole
      change(listing)
      const { status, body } = await publish(listing)
      assert.deepEqual([status, body.code], [422, 'OFFER_REFUSED'], JSON.stringify(body))
      assert.ok(
        body.errors.some((error: { path: string }) => error.path === path),
        JSON.stringify(body.errors),
      )
    })
  }

  test('is refused when one of its offers was signed by somebody else, and says which', async () => {
    const listing = await signed()
    const other = await signedChoices(market.context, bruno)
    const [, second] = listing.otherOffers ?? []
    if (second) second.signature = other.otherOffers?.[1]?.signature ?? ''
    const { status, body } = await publish(listing)
    assert.deepEqual([status, body.code], [422, 'WRONG_SIGNATURE'])
    assert.match(body.detail, /choice 3/)
  })

  const places: [string, object][] = [
    ['a street', { country: 'PT', town: 'Rua das Flores 12, Porto', townId: 2735943 }],
    ['a town of another country', { country: 'ES', town: 'Porto', townId: 2735943 }],
    ['a town that is not there', { country: 'PT', town: 'Porto', townId: 1 }],
  ]
  for (const [name, place] of places) {
    test(`is refused with ${name} as its place`, async () => {
      const { status, body } = await publish(await signed({ content: { place } }))
      assert.deepEqual([status, body.errors?.[0]?.path], [422, 'content.place'], JSON.stringify(body))
    })
  }

  test('is read by the rules of the protocol, which name what is wrong inside', async () => {
    const listing = await signed()
    const content = { ...bicycle, attributes: { gears: 'many' } }
    const { status, body } = await publish({ ...listing, content } as never)
    assert.deepEqual([status, body.code, body.errors[0].path], [400, 'VALIDATION', 'content.attributes.gears'])
  })
})

describe('an edit', { timeout: 120_000 }, () => {
  test('takes the place of what it replaces, and both know of each other', async () => {
    const old = await published(await signed())
    const edited = await published(await signed({ content: { title: 'Steel touring bicycle, cheaper' }, replaces: old.id }))
    assert.deepEqual([edited.replaces, edited.status], [old.id, 'active'])
    const { body } = await seller.get(`/v1/listings/${old.id}`)
    assert.deepEqual([body.replacedBy, body.status, body.available], [edited.id, 'withdrawn', 0])
  })

  test('is its seller’s alone, once for each listing', async () => {
    const old = await published(await signed())
    const foreign = await signedChoices(market.context, elif, { replaces: old.id })
    assert.equal((await publish(foreign, await signedIn(market.app, elif))).status, 403)
    const nowhere = await publish(await signed({ replaces: `0x${'12'.repeat(32)}` }))
    assert.equal(nowhere.status, 404)
    await published(await signed({ replaces: old.id }))
    const again = await publish(await signed({ replaces: old.id }))
    assert.deepEqual([again.status, again.body.code], [409, 'ALREADY_THERE'])
  })

  test('that is refused leaves the old listing on the market', async () => {
    const old = await published(await signed())
    const edit = await signed({ replaces: old.id })
    assert.equal((await publish({ ...edit, otherOffers: [] })).status, 422)
    assert.equal((await seller.get(`/v1/listings/${old.id}`)).body.status, 'active')
  })

  test('sent twice at the same moment is published once', async () => {
    const old = await published(await signed())
    const edits = await Promise.all([signed({ replaces: old.id }), signed({ replaces: old.id })])
    const answers = await Promise.all(edits.map((edit) => publish(edit)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
  })
})

function pick({ offer, signature }: Publish) {
  return { offer, signature }
}

describe('voiding on chain', { timeout: 120_000 }, () => {
  const groupsOf = async (who: Visitor, wallet: string) => who.get(`/v1/listings/groups/${wallet}`)

  test('by group ends a listing for every way of shipping, and no other listing', async () => {
    const one = await published(await signed({ nonce: 40, quantity: 2 }))
    const other = await published(await signed({ nonce: 41 }))
    const { body: groups } = await groupsOf(seller, ada.address)
    assert.equal(groups.length, 128)
    assert.deepEqual(
      [groups[40], groups[41], groups[42]].map(({ listings }) => listings),
      [1, 1, 0],
    )
    const values = ['eip155:31337', ada.address.toLowerCase(), [40]]
    await market.indexer.query('INSERT INTO chain.counter (chain, maker, counter, voided_nonces) VALUES ($1, $2, 0, $3)', values)
    const after = await Promise.all([one.id, other.id].map(async (id) => (await seller.get(`/v1/listings/${id}`)).body))
    assert.deepEqual(
      after.map(({ free, status }) => [free, status]),
      [
        [0, 'withdrawn'],
        [3, 'active'],
      ],
    )
  })

  test('of one way of a unit takes it off the market, and leaves the others to be taken by who saved them', async () => {
    const { id } = await published(await signed({ nonce: 43 }))
    await seller.send('DELETE', `/v1/listings/${id}`)
    const { body } = await seller.get(`/v1/listings/${id}`)
    assert.deepEqual([body.status, body.available, body.free], ['withdrawn', 0, 3], 'who saved the offers could take them')
    const values = ['eip155:31337', body.choices[2].units[0].dealId, ada.address.toLowerCase()]
    await market.indexer.query(
      'INSERT INTO chain.offer_void (chain, deal_id, maker, block_number) VALUES ($1, $2, $3, 1)',
      values,
    )
    const left = (await seller.get(`/v1/listings/${id}`)).body
    assert.deepEqual([left.available, left.free], [0, 2], 'the other ways of the unit stay until they are voided too')
    assert.deepEqual(
      left.choices.map(({ units }: Choice) => [units[0]?.taken, units[0]?.free]),
      [
        [true, true],
        [true, true],
        [true, false],
      ],
    )
  })

  test('groups are told to their owner alone', async () => {
    assert.equal((await groupsOf(await signedIn(market.app, bruno), ada.address)).status, 403)
  })
})
