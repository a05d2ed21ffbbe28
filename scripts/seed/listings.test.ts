import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { test } from 'node:test'
import type { Config } from '@fairhold/api/contract/meta'
import { categories, parseListingContent } from '@fairhold/protocol/listing/content'
import { parseAmount } from '@fairhold/protocol/money'
import { stories } from './history.ts'
import { listings } from './listings.ts'
import { contentOf } from './publish.ts'

const MAX_PHOTO_BYTES = 160_000
const folder = new URL('./photos/', import.meta.url)

test('every listing is valid content, has a price and fills its category', () => {
  const tokens = [token('ETH', 18), token('tUSD', 6)]
  for (const listing of listings) {
    const content = contentOf({ tokens }, { listing, photos: [] })
    assert.deepEqual(parseListingContent(content), content)
    assert.ok(parseAmount(listing.price, listing.symbol === 'ETH' ? 18 : 6) > 0n, listing.title)
  }
  assert.ok(listings.length >= 40, `${listings.length} listings`)
  assert.deepEqual(new Set(listings.map(({ category }) => category)), new Set(categories))
  assert.equal(new Set(listings.map(({ key }) => key)).size, listings.length)
})

const token = (symbol: string, decimals: number) => ({ symbol, decimals }) as Config['tokens'][number]

test('each picture is used once, is there and is small', async () => {
  const used = listings.flatMap(({ photos }) => photos).map((name) => `${name}.webp`)
  assert.deepEqual(used.toSorted(), (await readdir(folder)).toSorted())
  for (const name of used) assert.ok((await stat(new URL(name, folder))).size < MAX_PHOTO_BYTES, name)
})

test('every story opens its own unit of a listing and can be told to its end', () => {
  const units = stories.map(({ listing, unit }) => `${listing} ${unit}`)
  assert.equal(new Set(units).size, stories.length)
  for (const { listing, unit, reaches, parcel, reviews, statements } of stories) {
    const sold = listings.find(({ key }) => key === listing)
    assert.ok(sold && unit < sold.quantity, `${listing} ${unit}`)
    assert.equal(parcel !== undefined, reaches !== 'funded' && reaches !== 'partlyFunded', listing)
    assert.ok(reaches !== 'partlyFunded' || sold.instalments, listing)
    assert.equal(reviews !== undefined, reaches === 'completed' || reaches === 'refunded', listing)
    assert.equal(statements !== undefined, reaches === 'disputed', listing)
  }
})

test('every listing still has something to buy after the history', () => {
  for (const { key, quantity } of listings) {
    assert.ok(stories.filter(({ listing }) => listing === key).length < quantity, key)
  }
})
