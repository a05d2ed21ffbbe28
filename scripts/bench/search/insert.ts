import type { Product } from './corpus.ts'
import type { SearchContext } from './market.ts'

const BATCH = 1_000
const SOMEBODY = `0x${'1'.repeat(40)}`

/** Puts products on the market as listings that anyone could buy. */
export async function insertProducts({ db }: SearchContext, products: readonly Product[]): Promise<void> {
  for (let at = 0; at < products.length; at += BATCH) {
    await db.listing.createMany({ data: products.slice(at, at + BATCH).map(listingOf) })
  }
}

function listingOf({ asin, title, description, bullet_points, brand, color }: Product) {
  const facts = { category: '', condition: 'new', place: '', brand, attributes: { color } }
  const offered = { seller: SOMEBODY, token: `0x${'0'.repeat(40)}`, price: '1', quantity: 1, nonce: 0, arbiter: SOMEBODY }
  const signed = { content: {}, itemHash: '', offer: { counter: '0' }, signature: '', expiry: 4_000_000_000n }
  return { id: asin, title, description: `${bullet_points}\n${description}`, ...facts, ...offered, ...signed }
}
