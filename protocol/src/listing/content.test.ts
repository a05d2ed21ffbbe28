import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keccak256, stringToBytes } from 'viem'
import { InvalidListing, itemHash, type ListingContentV1, parseListingContent } from './content.ts'

const camera: ListingContentV1 = {
  v: 1,
  title: 'Leica M6, 1996',
  description: 'Meter works, shutter checked this spring. A mark on the base plate.',
  category: 'cameras',
  condition: 'good',
  photos: ['ab'.repeat(32)],
  place: 'Graz',
  shipsTo: 'Europe',
}

test('the hash does not depend on the order in which members are written', () => {
  const entries = Object.entries(camera)
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      assert.equal(itemHash(parseListingContent(Object.fromEntries(shuffled))), itemHash(camera))
    }),
  )
})

test('the hash is keccak256 of JSON with sorted members and no white space', () => {
  const sorted = JSON.stringify(Object.fromEntries(Object.entries(camera).toSorted(([a], [b]) => (a < b ? -1 : 1))))
  assert.equal(itemHash(camera), keccak256(stringToBytes(sorted)))
})

test('the hash changes with every member and with the order of the photos', () => {
  const two = { ...camera, photos: ['ab'.repeat(32), 'cd'.repeat(32)] }
  const variants: ListingContentV1[] = [
    camera,
    two,
    { ...two, photos: two.photos.toReversed() },
    { ...camera, title: 'Leica M6, 1997' },
    { ...camera, description: `${camera.description} ` },
    { ...camera, category: 'audio' },
    { ...camera, condition: 'fair' },
    { ...camera, place: 'Wien' },
    { ...camera, shipsTo: 'Austria' },
  ]
  assert.equal(new Set(variants.map(itemHash)).size, variants.length)
})

test('what is no listing is refused, with the field that is wrong', () => {
  const wrong: [string, unknown][] = [
    ['v', 3],
    ['title', 'ab'],
    ['title', 'x'.repeat(81)],
    ['title', '\ud800abc'],
    ['description', 'short'],
    ['category', 'weapons'],
    ['condition', 'broken'],
    ['photos', ['AB'.repeat(32)]],
    ['photos', Array(11).fill('ab'.repeat(32))],
    ['photos', 'none'],
    ['place', 5],
    ['shipsTo', undefined],
    ['extra', true],
  ]
  for (const [field, value] of wrong) {
    assert.throws(
      () => parseListingContent({ ...camera, [field]: value }),
      (error) => error instanceof InvalidListing && error.field === field,
      field,
    )
  }
  assert.throws(() => parseListingContent(null), InvalidListing)
})
