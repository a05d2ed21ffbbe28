import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zeroAddress } from 'viem'
import { unitDealId } from '../deal/id.ts'
import { type Offer, parseTerms } from '../deal/terms.ts'
import { choicesOf, destinationsOf, itemPriceOf, offersOf, offersProblems, reaches } from './choices.ts'
import { itemHash, type ListingContent } from './content.ts'
import { anyContent, bicycle } from './sample-content.test-support.ts'

const domain = { chainId: 31_337, escrow: `0x${'ee'.repeat(20)}` } as const

function base(content: ListingContent, changes: Partial<Offer> = {}): Offer {
  const address = (digit: string) => `0x${digit.repeat(40)}`
  const terms = parseTerms({
    ...{
      seller: address('1'),
      buyer: zeroAddress,
      token: zeroAddress,
      price: 1_000n,
      arbiter: address('2'),
      operator: address('3'),
    },
    ...{ operatorFeeBps: 100, arbiterFeeBps: 200, silentAwardBps: 5_000, depositBps: 0, fundingSeconds: 0, shipSeconds: 60 },
    ...{ deliverySeconds: 60, inspectionSeconds: 60, rulingSeconds: 60, itemHash: itemHash(content), salt: 77n },
  })
  return { terms, expiry: 2_000_000_000, counter: 0n, nonce: 5, quantity: 3, ...changes }
}

test('a listing has a choice for each way of shipping and one for pick-up', () => {
  assert.deepEqual(
    choicesOf(bicycle).map(({ choice, kind, name, shipping }) => [choice, kind, name, shipping]),
    [
      [0, 'ship', 'Parcel', 25_000_000n],
      [1, 'ship', 'Freight', 90_000_000n],
      [2, 'pickup', '', 0n],
    ],
  )
  assert.equal(choicesOf({ ...bicycle, pickup: false }).length, 2)
})

test('where it is sent to is said once, and everywhere is everywhere', () => {
  const [parcel, freight] = bicycle.shipping
  assert.deepEqual(destinationsOf(bicycle), ['*'])
  assert.deepEqual(
    destinationsOf({
      ...bicycle,
      shipping: [
        { ...parcel, to: ['PT', 'ES'] },
        { ...freight, to: ['ES', 'DE'] },
      ] as never,
    }),
    ['DE', 'ES', 'PT'],
  )
  assert.deepEqual(
    [reaches({ to: ['PT'] }, 'PT'), reaches({ to: ['*'] }, 'PT'), reaches({ to: ['DE'] }, 'PT')],
    [true, true, false],
  )
})

test('the offers cost the item and the shipping, and no two units are the same deal', () => {
  fc.assert(
    fc.property(anyContent, fc.integer({ min: 1, max: 5 }), (content, quantity) => {
      const signed = base(content, { quantity })
      const offers = offersOf(content, signed)
      assert.deepEqual(offersProblems(content, offers), [])
      const prices = choicesOf(content).map((choice, index) => itemPriceOf(choice, offers[index] as Offer))
      assert.deepEqual(new Set(prices), new Set([1_000n]))
      const ids = offers.flatMap((offer) => Array.from({ length: quantity }, (_, unit) => unitDealId(offer, unit, domain)))
      assert.equal(new Set(ids).size, ids.length)
    }),
    { numRuns: 100 },
  )
})

test('offers that do not belong together are refused, with what is wrong', () => {
  const offers = offersOf(bicycle, base(bicycle))
  const changed = (at: number, change: (offer: Offer) => Offer) =>
    offers.map((offer, index) => (index === at ? change(offer) : offer))
  const terms = (at: number, change: Partial<Offer['terms']>) =>
    changed(at, (offer) => ({ ...offer, terms: { ...offer.terms, ...change } }))
  const problems = (given: Offer[]) => offersProblems(bicycle, given).map(({ choice, field }) => `${choice} ${field}`)
  assert.deepEqual(problems(offers.slice(1)), ['0 '])
  assert.deepEqual(problems([]), ['0 '])
  assert.deepEqual(problems(terms(1, { price: 90_000_999n })), ['1 terms.price'])
  assert.deepEqual(problems(terms(2, { seller: `0x${'9'.repeat(40)}` })), ['2 terms.seller'])
  assert.deepEqual(problems(terms(2, { itemHash: `0x${'9'.repeat(64)}` })), ['2 terms.itemHash'])
  assert.deepEqual(problems(changed(2, (offer) => ({ ...offer, nonce: 6 }))), ['2 nonce'])
  assert.deepEqual(problems(changed(1, (offer) => ({ ...offer, quantity: 1 }))), ['1 quantity'])
  assert.deepEqual(problems(terms(0, { price: 25_000_000n })).at(0), '0 terms.price')
})

test('two choices of one price must not share units', () => {
  const [parcel] = bicycle.shipping
  const content = { ...bicycle, pickup: false, shipping: [parcel, { ...parcel, name: 'Another' }] } as typeof bicycle
  const offers = offersOf(content, base(content))
  assert.deepEqual(
    offers.map((offer) => offer.terms.salt),
    [77n, 80n],
  )
  const same = offers.map((offer, index) => ({ ...offer, terms: { ...offer.terms, salt: 77n + BigInt(index) } }))
  assert.deepEqual(
    offersProblems(content, same).map(({ field }) => field),
    ['terms.salt'],
  )
})
