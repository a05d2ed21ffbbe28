/**
 * Fills a local Fairhold with a demo market, over the real API and with real transactions: people, listings with pictures,
 * and some history. Safe to repeat. `npm start` does it; alone: `node scripts/seed.ts` with API_URL, RPC_URL, PUBLIC_ORIGIN.
 */
import type { DealPage } from '@fairhold/api/contract/deals'
import type { Reputation } from '@fairhold/api/contract/reputation'
import { stories } from './seed/history.ts'
import { listings } from './seed/listings.ts'
import { Market, type MarketOptions } from './seed/market.ts'
import { people } from './seed/people.ts'
import { playHistory } from './seed/play.ts'
import { type Prepared, type Published, prepareListing, publishListing } from './seed/publish.ts'

const AT_ONCE = 4

export interface SeedOptions extends MarketOptions {
  say: (line: string) => void
}

/** Makes the demo market, or finishes one that was begun; does nothing where it is complete. Throws on a chain that is not local. */
export async function seedMarket({ say, ...options }: SeedOptions): Promise<void> {
  const market = await Market.connect(options)
  if (await isComplete(market)) return say('the market is filled already')
  await market.gather(options)
  say('everybody has signed in')
  const prepared: Prepared[] = []
  // A few at a time: each picture takes half a second of a core.
  for (let from = 0; from < listings.length; from += AT_ONCE) {
    const some = listings.slice(from, from + AT_ONCE)
    prepared.push(...(await Promise.all(some.map((listing) => prepareListing(market, listing)))))
  }
  say(`pictures uploaded: ${prepared.reduce((sum, { content }) => sum + content.photos.length, 0)}`)
  const published: Published[] = []
  // One after the other: the last one published is the newest, and leads the market.
  for (const one of prepared) published.push(await publishListing(market, one))
  say(`listings on the market: ${published.length}`)
  await playHistory(market, { published, say })
  await market.leave()
}

/** Whether all of the history is there: every deal opened, every review readable. It comes last, so the rest is there too. */
async function isComplete({ visitor }: Market): Promise<boolean> {
  const sellers = [people.ada, people.bruno, people.chiara].map(({ account }) => account.address)
  const buyers = [people.dmitri, people.elif, people.femi].map(({ account }) => account.address)
  const pages = await Promise.all(
    sellers.map((seller) => visitor.get<DealPage>(`/v1/deals?account=${seller}&role=seller&limit=60`)),
  )
  const ratings = await Promise.all(
    [...sellers, ...buyers].map((account) => visitor.get<Reputation>(`/v1/reputation/${account}`)),
  )
  const deals = pages.reduce((sum, { items }) => sum + items.length, 0)
  const reviews = ratings.reduce((sum, { rating }) => sum + rating.count, 0)
  return deals >= stories.length && reviews >= 2 * stories.filter((story) => story.reviews).length
}

if (import.meta.main) {
  const {
    API_URL = 'http://127.0.0.1:4000',
    RPC_URL = 'http://127.0.0.1:8545',
    PUBLIC_ORIGIN = 'http://localhost:3000',
  } = process.env
  const [origin = ''] = PUBLIC_ORIGIN.split(',')
  await seedMarket({ apiUrl: API_URL, rpcUrl: RPC_URL, origin, say: (line) => console.log(line) })
}
