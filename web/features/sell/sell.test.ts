import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MAX_NONCE } from '@fairhold/protocol/deal/terms'
import { parseListingContent } from '@fairhold/protocol/listing/content'
import type { MarketConfig } from '../../lib/chain-tokens.ts'
import { completeDraft, type Draft, emptyDraft } from './draft.ts'
import { checkDraft, errorsFromApi } from './validate.ts'

const token = {
  address: `0x${'12'.repeat(20)}`,
  symbol: 'tUSD',
  name: 'Test',
  decimals: 6,
  permit: true,
  authorization: true,
  version: '1',
}
const arbiter = { address: `0x${'34'.repeat(20)}`, name: 'Ines', feeBps: 200 }
const market = {
  tokens: [token],
  arbiters: [arbiter],
  defaults: {
    ...{ shipSeconds: 432_000, deliverySeconds: 864_000, inspectionSeconds: 259_200, rulingSeconds: 864_000 },
    ...{ silentAwardBps: 5_000, depositBps: 2_000, fundingSeconds: 864_000, expirySeconds: 5_184_000 },
  },
} as unknown as MarketConfig

/** Says which words it was asked for. */
const t = ((key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key)) as never

const good: Draft = {
  ...emptyDraft(market, 'de'),
  title: '  Steel bicycle ',
  description: 'Two lines:\r\nold saddle.',
  category: 'bicycles',
  condition: 'good',
  attributes: { frame: '56.5', brand: ' Koga ', model: '', mount: 'of another category' },
  place: { country: 'PT', town: 'Porto', townId: 2735943 },
  pickup: true,
  shipping: [{ name: 'Parcel', to: ['PT'], price: '12.5', least: '2', most: '5' }],
  price: '450',
  token: token.address,
}
const english = { market, locale: 'en' } as const
const errorsOf = (change: Partial<Draft>) => checkDraft(t, { ...good, ...change }, english).errors

describe('a draft', () => {
  test('becomes what is signed: trimmed once, without what was left empty or belongs to another category', () => {
    const { errors, sale } = checkDraft(t, good, english)
    assert.deepEqual(errors, {})
    assert.deepEqual(parseListingContent(sale?.content), sale?.content, 'the protocol takes it')
    assert.deepEqual([sale?.content.title, sale?.content.description], ['Steel bicycle', 'Two lines:\nold saddle.'])
    assert.deepEqual(sale?.content.attributes, { frame: '56.5', brand: 'Koga' })
    assert.deepEqual(sale?.content.shipping, [{ name: 'Parcel', to: ['PT'], price: '12500000', days: [2, 5] }])
    assert.deepEqual([sale?.price, sale?.content.language, sale?.expirySeconds], [450_000_000n, 'de', 5_184_000])
  })

  const [parcel] = good.shipping as [Draft['shipping'][number]]
  const wrong: [field: string, change: Partial<Draft>, says: string][] = [
    ['title', { title: 'ab' }, 'errors.length'],
    ['title', { title: 'a nul \0' }, 'errors.text'],
    ['title', { title: 'a lamp \u202epmal a' }, 'errors.text'],
    ['description', { description: 'two\nlines \u2067' }, 'errors.text'],
    ['title', { title: '\u200b\u200b\u200b\u200b' }, 'errors.blank'],
    ['description', { description: '' }, 'errors.length'],
    ['price', { price: '12,5,0' }, 'errors.priceForm'],
    ['price', { price: '1,200' }, 'errors.priceUnclear'],
    ['price', { price: '0.1234567' }, 'errors.priceDigits'],
    ['price', { price: '0' }, 'errors.priceZero'],
    ['price', { price: '9'.repeat(40) }, 'errors.priceHigh'],
    ['quantity', { quantity: '101' }, 'errors.quantity'],
    ['expiry', { expiry: '366' }, 'errors.wholeDays'],
    ['ship', { ship: '0' }, 'errors.days'],
    ['attributes.gears', { attributes: { gears: 'many' } }, 'errors.number'],
    ['shipping', { shipping: [], pickup: false }, 'errors.noWay'],
    ['place', { place: null }, 'errors.pickupPlace'],
    ['shipping.0.to', { shipping: [{ ...parcel, to: [] }] }, 'errors.to'],
    ['shipping.0.price', { shipping: [{ ...parcel, price: 'free' }] }, 'errors.priceForm'],
    ['shipping.0.days', { shipping: [{ ...parcel, least: '6' }] }, 'errors.shippingDays'],
    ['shipping.1.name', { shipping: [parcel, parcel] }, 'errors.sameName'],
    ['arbiter', { arbiter: '' }, 'errors.arbiter'],
    ['deposit', { payment: 'parts', deposit: '95' }, 'errors.deposit'],
  ]
  for (const [field, change, says] of wrong) {
    test(`with a wrong ${field} (${says}) is not signed, and says what to do at that field`, () => {
      const errors = errorsOf(change)
      assert.deepEqual(Object.keys(errors), [field])
      assert.ok(errors[field]?.startsWith(says), errors[field])
      assert.equal(checkDraft(t, { ...good, ...change }, english).sale, null)
    })
  }

  test('in German has its decimals after a comma, and is asked about where a point may be either', () => {
    const parcel = { ...(good.shipping[0] as Draft['shipping'][number]), price: '4,9' }
    const draft = { ...good, price: '1.234,56', shipping: [parcel], attributes: { frame: '56,50', weight: '12,00' } }
    const { errors, sale } = checkDraft(t, draft, { market, locale: 'de' })
    assert.deepEqual(errors, {})
    assert.deepEqual([sale?.price, sale?.content.shipping[0]?.price], [1_234_560_000n, '4900000'])
    assert.deepEqual(sale?.content.attributes, { frame: '56.5', weight: '12' })
    const unclear = checkDraft(t, { ...good, price: '1.200' }, { market, locale: 'de' })
    assert.deepEqual(unclear, { errors: { price: 'errors.priceUnclear {"whole":"1200","decimal":"1,200"}' }, sale: null })
  })

  test('that was kept by an older page, or written by hand, loses only what does not fit', () => {
    const kept = {
      title: 'kept',
      price: 7,
      photos: [{ sha256: 'x' }, { sha256: 'ab'.repeat(32), alt: '' }],
      shipping: [{ name: 'no price' }],
      place: 'Porto',
      foreign: 1,
    }
    const draft = completeDraft(kept as never, emptyDraft(market, 'en'))
    assert.deepEqual([draft.title, draft.price, draft.photos.length, draft.shipping, draft.place], ['kept', '', 1, [], null])
    assert.ok(!('foreign' in draft))
  })
})

test('the api’s complaints stand at the fields that they are about', () => {
  assert.deepEqual(
    errorsFromApi({
      'content.shipping.0.price': 'a',
      'content.place': 'b',
      'offer.terms.price': 'c',
      'otherOffers.1.offer.terms.shipSeconds': 'd',
    }),
    { 'shipping.0.price': 'a', place: 'b', price: 'c', ship: 'd' },
  )
})

test('a new listing gets a group of its own, so that voiding it voids no other', async () => {
  const { groupFor } = await import('./group.ts')
  const used = (counts: Record<number, number>) =>
    Array.from({ length: MAX_NONCE + 1 }, (_, nonce) => ({ nonce, listings: counts[nonce] ?? 0 }))
  assert.equal(groupFor(0n, used({})), 0)
  assert.equal(groupFor(0b111n, used({ 3: 2 })), 4, 'neither voided nor used')
  assert.equal(
    groupFor(
      1n,
      Array.from({ length: 128 }, (_, nonce) => ({ nonce, listings: nonce === 77 ? 1 : 2 })),
    ),
    77,
    'the emptiest',
  )
})
