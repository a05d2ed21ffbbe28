import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keccak256, stringToBytes } from 'viem'
import { attributesOf } from './attributes.ts'
import {
  canonicalContent,
  InvalidListing,
  itemHash,
  type ListingContentV2,
  parseListingContent,
  parseNewListing,
} from './content.ts'
import { anyContent, bicycle } from './sample-content.test-support.ts'
import { categories } from './vocabulary.ts'

const runs = { numRuns: 300 }

/** The same value with the members of every object written in another order. */
function shuffled(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order))
  if (typeof value !== 'object' || value === null) return value
  const members = value as Record<string, unknown>
  return Object.fromEntries(order(Object.keys(members)).map((key) => [key, shuffled(members[key], order)]))
}

test('reading canonical JSON gives back what was written', () => {
  fc.assert(
    fc.property(anyContent, (content) => assert.deepEqual(parseListingContent(JSON.parse(canonicalContent(content))), content)),
    runs,
  )
})

test('the hash is the same in whatever order members are written, however deep', () => {
  fc.assert(
    fc.property(anyContent, fc.infiniteStream(fc.nat()), (content, numbers) => {
      const order = (keys: string[]) =>
        keys
          .map((key): [number, string] => [numbers.next().value, key])
          .toSorted(([a], [b]) => a - b)
          .map(([, key]) => key)
      assert.equal(itemHash(parseListingContent(shuffled(content, order))), itemHash(content))
    }),
    runs,
  )
})

test('the canonical form is that of RFC 8785', () => {
  assert.equal(
    canonicalContent({
      ...bicycle,
      title: 'A "quote", \u20ac, \u{1f6b2}',
      photos: [],
      shipping: [],
      attributes: { year: '1987', brand: 'Ko\u0308ga' },
    }),
    '{"attributes":{"brand":"Ko\u0308ga","year":"1987"},"category":"bicycles","condition":"good",' +
      '"description":"Ridden to Santiago and back.\\nNew chain, old saddle.","language":"en","photos":[],"pickup":true,' +
      '"place":{"country":"PT","town":"Porto","townId":2735943},"shipping":[],"title":"A \\"quote\\", \u20ac, \u{1f6b2}","v":2}',
  )
  assert.equal(itemHash(bicycle), keccak256(stringToBytes(canonicalContent(bicycle))))
})

test('two listings that differ in anything have different hashes', () => {
  fc.assert(
    fc.property(anyContent, anyContent, (one, other) => {
      assert.equal(itemHash(one) === itemHash(other), canonicalContent(one) === canonicalContent(other))
    }),
    runs,
  )
})

const [parcel, freight] = bicycle.shipping as [ListingContentV2['shipping'][number], ListingContentV2['shipping'][number]]
const photo = { sha256: 'ab'.repeat(32), alt: '' }
const wrong: [field: string, change: Record<string, unknown>][] = [
  ['v', { v: '2' }],
  ['language', { language: 'xx' }],
  ['title', { title: 'ab' }],
  ['title', { title: 'half \ud800 pair' }],
  ['title', { title: 'two\nlines' }],
  ['title', { title: 'a nul\0' }],
  ['title', { title: '\u200b\u200b\u200b\u200b' }],
  ['title', { title: ' padded' }],
  ['description', { description: 'bell \u0007 rings' }],
  ['description', { description: 'x'.repeat(5001) }],
  ['category', { category: 'weapons' }],
  ['condition', { condition: 'broken' }],
  ['attributes', { attributes: [] }],
  ['attributes.size', { attributes: { size: 'M' } }],
  ['attributes.__proto__', { attributes: JSON.parse('{"__proto__":"x"}') }],
  ['attributes.type', { attributes: { type: 'spaceship' } }],
  ['attributes.brand', { attributes: { brand: 'x'.repeat(61) } }],
  ['attributes.brand', { attributes: { brand: '' } }],
  ['attributes.brand', { attributes: { brand: 7 } }],
  ['attributes.gears', { attributes: { gears: '2.5' } }],
  ['attributes.gears', { attributes: { gears: '99' } }],
  ['attributes.frame', { attributes: { frame: '56.0' } }],
  ['attributes.frame', { attributes: { frame: '056' } }],
  ['photos', { photos: [photo, photo] }],
  ['photos', { photos: Array(11).fill(photo) }],
  ['photos.0', { photos: ['ab'.repeat(32)] }],
  ['photos.0.sha256', { photos: [{ ...photo, sha256: 'AB'.repeat(32) }] }],
  ['photos.0.alt', { photos: [{ ...photo, alt: 'x'.repeat(201) }] }],
  ['photos.0.url', { photos: [{ ...photo, url: 'https://example.org' }] }],
  ['place', { place: null }],
  ['place.country', { place: { ...bicycle.place, country: 'UK' } }],
  ['place.country', { place: { ...bicycle.place, country: 'pt' } }],
  ['place.street', { place: { ...bicycle.place, street: 'Rua' } }],
  ['place.townId', { place: { ...bicycle.place, townId: 1.5 } }],
  ['pickup', { pickup: 'yes' }],
  ['shipping', { shipping: [], pickup: false }],
  ['shipping', { shipping: Array(7).fill(parcel) }],
  ['shipping.1.name', { shipping: [parcel, { ...freight, name: parcel.name }] }],
  ['shipping.0.name', { shipping: [{ ...parcel, name: 'x'.repeat(41) }] }],
  ['shipping.0.to', { shipping: [{ ...parcel, to: [] }] }],
  ['shipping.0.to', { shipping: [{ ...parcel, to: ['PT', '*'] }] }],
  ['shipping.0.to', { shipping: [{ ...parcel, to: ['PT', 'PT'] }] }],
  ['shipping.0.to', { shipping: [{ ...parcel, to: ['Portugal'] }] }],
  ['shipping.0.price', { shipping: [{ ...parcel, price: '1.5' }] }],
  ['shipping.0.price', { shipping: [{ ...parcel, price: '01' }] }],
  ['shipping.0.price', { shipping: [{ ...parcel, price: 1 }] }],
  ['shipping.0.price', { shipping: [{ ...parcel, price: '9'.repeat(39) }] }],
  ['shipping.0.days', { shipping: [{ ...parcel, days: [5, 2] }] }],
  ['shipping.0.days', { shipping: [{ ...parcel, days: [1] }] }],
  ['shipping.0.days', { shipping: [{ ...parcel, days: [0, 121] }] }],
  ['extra', { extra: true }],
]

test('what is no listing is refused, with the field that is wrong', () => {
  for (const [field, change] of wrong) {
    assert.throws(
      () => parseListingContent({ ...bicycle, ...change }),
      (error) => error instanceof InvalidListing && error.field === field,
      `${field}: ${JSON.stringify(change).slice(0, 80)}`,
    )
  }
})

test('new content does not turn what stands around it; what was signed with it can still be read', () => {
  const turned = (change: object) => ({ ...bicycle, ...change }) as ListingContentV2
  const cases: [field: string, content: ListingContentV2][] = [
    ['title', turned({ title: 'A bicycle \u202enot stolen' })],
    ['description', turned({ description: 'Two\nlines \u2067of it' })],
    ['shipping.0.name', turned({ shipping: [{ ...parcel, name: 'Parcel\u202d' }] })],
  ]
  for (const [field, content] of cases) {
    assert.match(itemHash(content), /^0x/)
    assert.deepEqual(parseListingContent(content), content)
    assert.throws(
      () => parseNewListing(content),
      (error) => error instanceof InvalidListing && error.field === field,
    )
  }
  assert.deepEqual(parseNewListing(bicycle), bicycle)
})

test('every category has attributes, at most twelve, each once, and a type to choose', () => {
  for (const category of categories) {
    const keys = attributesOf[category].map(({ key }) => key)
    assert.ok(keys.length >= 5 && keys.length <= 12, category)
    assert.equal(new Set(keys).size, keys.length, category)
    assert.equal(keys[0], 'type')
  }
})
