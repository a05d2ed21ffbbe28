import pg from 'pg'
import { countTerms } from '../../../api/src/listings/search/index-job.ts'
import { indexListings } from '../../../api/src/listings/search/index-listing.ts'
import { searchContext } from '../search/market.ts'
import { generate } from './generate.ts'

const BATCH = 5_000
const ETHER = `0x${'0'.repeat(40)}`

/** Puts generated listings `from` to `to` on the market, an hour's worth of them each second of real time, and indexes them. */
export async function loadListings(
  databaseUrl: string,
  { from, to, dollar, progress }: { from: number; to: number; dollar: string; progress: (done: number) => void },
): Promise<void> {
  const { context, close } = searchContext(databaseUrl)
  let next = from
  const work = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    for (let at = next; at < to; at = next) {
      next = at + BATCH
      const numbers = Array.from({ length: Math.min(BATCH, to - at) }, (_, step) => at + step)
      await indexListings(context.db, await insert(client, numbers, dollar))
      progress(at + numbers.length)
    }
    await client.end()
  }
  await Promise.all([work(), work()])
  await countTerms(context, 50_000)
  await close()
}

export const idOf = (number: number): string => `0x${number.toString(16).padStart(64, '0')}`
export const sellerOf = (number: number): string => `0x${((number * 7919) % 40_000).toString(16).padStart(40, '5')}`

/** A dollar of the local chain has six digits, so a cent is ten thousand of its units. */
const CENT = 10_000n
const WEI_PER_CENT = 3_300_000_000_000n // at some 3,000 dollars an ether

async function insert(client: pg.Client, numbers: readonly number[], dollar: string): Promise<string[]> {
  const rows = numbers.map((number) => ({ number, listing: generate(number) }))
  const ids = numbers.map(idOf)
  const inEther = (number: number) => number % 3 === 0
  const price = ({ number, listing }: (typeof rows)[number]) =>
    (BigInt(listing.price) * (inEther(number) ? WEI_PER_CENT : CENT)).toString()
  const columns = [
    ids,
    numbers.map(sellerOf),
    rows.map(({ listing }) => listing.title),
    rows.map(({ listing }) => listing.description),
    rows.map(({ listing }) => listing.category),
    rows.map(({ listing }) => listing.condition),
    rows.map(({ listing }) => listing.brand),
    rows.map(({ listing }) => JSON.stringify({ brand: listing.brand, color: listing.color })),
    numbers.map((number) => (inEther(number) ? ETHER : dollar)),
    rows.map(price),
    numbers,
  ]
  await client.query(INSERT, columns)
  await client.query(
    `INSERT INTO app.listing_unit (deal_id, listing_id, unit, choice) SELECT id, id, 0, 0 FROM unnest($1::text[]) AS id`,
    [ids],
  )
  return ids
}

const INSERT = `
  INSERT INTO app.listing (id, seller, content, item_hash, title, description, category, condition, place, token, price, quantity,
    offer, signature, expiry, arbiter, language, attributes, brand, country, town, ships_to, pickup, shipping_from, nonce, created_at)
  SELECT id, seller, jsonb_build_object('v', 2, 'title', title, 'description', description), id, title, description, category, condition,
    'Porto', token, price, 1, '{"counter": "0", "nonce": 0}', '0x', 4000000000, '0x', 'en', attributes, brand, 'PT', 'Porto', '{*}',
    FALSE, 0, 0, now() - interval '1 second' * (20000000 - number)
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[], $10::numeric[], $11::int[])
    AS one (id, seller, title, description, category, condition, brand, attributes, token, price, number)`
