import { randomInt } from 'node:crypto'
import type {} from '@fastify/cookie' // the api's requests have cookies only where this is known
import { type Context, createContext } from '../../../api/src/context.ts'
import { collectorJob } from '../../../api/src/deals/collector.ts'
import { keeperJob } from '../../../api/src/deals/keeper.ts'
import { findDeal, findReviews, findTimeline } from '../../../api/src/deals/queries.ts'
import { getDeal, listDealCards } from '../../../api/src/deals/service.ts'
import { listDisputes } from '../../../api/src/disputes/service.ts'
import { readEnv } from '../../../api/src/env.ts'
import { peopleOf } from '../../../api/src/identity/people.ts'
import type { ChainWriter } from '../../../api/src/jobs/chain-writer.ts'
import { reputationOf } from '../../../api/src/reputation/service.ts'
import { accountOf, arbiters, BIG_SELLER, buyerOf, dealIdOf, sellerOf } from './accounts.ts'
import { NOW, OPEN_DEALS } from './grow.ts'

const PAGE = 30
const WARM_UP = 5

/** Something that the api asks, with other keys each time. `deals`: how many there are. Resolves with how many rows came. */
export type ApiQuery = { name: string; title: string; ask: (context: Context, deals: number) => Promise<number> }

const size = ({ items }: { items: readonly unknown[] }): number => items.length
const stranger = { account: null, onUnreadable: () => undefined }
const bigSeller = accountOf('seller', BIG_SELLER)

/** The api's own functions, called as its routes and jobs do. */
export const apiQueries: readonly ApiQuery[] = [
  query('deal', 'one deal by its id', async (context, deals) => Number((await findDeal(context, anyId(deals))) !== null)),
  query('timeline', "a deal's timeline", async (context, deals) => (await findTimeline(context, anyId(deals))).length),
  query('reviews', "a deal's reviews", async (context, deals) => (await findReviews(context, anyId(deals))).length),
  query(
    'page',
    "a deal's whole page",
    async (context, deals) => (await getDeal(context, anyId(deals), stranger)).timeline.length,
  ),
  query('buyer', "a buyer's deals, first page", async (context, deals) => {
    return size(await listDealCards(context, { accounts: [anyBuyer(deals)], limit: PAGE }))
  }),
  query('seller', "a seller's deals, first page", async (context, deals) => {
    return size(await listDealCards(context, { accounts: [anySeller(deals)], limit: PAGE }))
  }),
  query('big seller', 'deals of the seller of one in 101, first page', async (context) => {
    return size(await listDealCards(context, { accounts: [bigSeller], limit: PAGE }))
  }),
  query('newest', 'the newest deals of all', async (context) => size(await listDealCards(context, { limit: PAGE }))),
  query('open disputes', "an arbiter's open disputes", async (context) => {
    return size(await listDisputes(context, { arbiter: [anyArbiter()], status: 'open', limit: PAGE }))
  }),
  query('ended disputes', "an arbiter's ended disputes, first page", async (context) => {
    return size(await listDisputes(context, { arbiter: [anyArbiter()], status: 'ended', limit: PAGE }))
  }),
  query('all disputes', 'open disputes of all arbiters', async (context) => {
    return size(await listDisputes(context, { status: 'open', limit: PAGE }))
  }),
  query('people', 'names and ratings of 30 people', async (context, deals) => {
    return (
      await peopleOf(
        context,
        Array.from({ length: PAGE }, () => anySeller(deals)),
      )
    ).size
  }),
  query('big rating', 'rating of the big seller', async (context) => (await peopleOf(context, [bigSeller])).size),
  query('reputation', "somebody's reviews, first page", async (context, deals) => {
    return size(await reputationOf(context, anySeller(deals), { limit: PAGE }))
  }),
  query('keeper', "the keeper's due deals", async (context) => (await keeperJob(context, noWriter).due()).length),
  query('collector', "the collector's due fees", async (context) => (await collectorJob(context, noWriter).due()).length),
]

/** Only asked what is due, a job writes nothing. */
const noWriter = {} as ChainWriter

/** The api's connection to a database, with the chain's time standing still where the generated rows end. */
export function contextOf(apiUrl: string): Context {
  return { ...createContext(readEnv({ API_DATABASE_URL: apiUrl })), chainNow: async () => NOW }
}

export type Timing = { name: string; milliseconds: number[]; rows: number }

/** Asks each query with `keys` random keys, or for as long as `budgetMs` allows, one after the other. */
export async function timeQueries(
  context: Context,
  { deals, keys, budgetMs }: { deals: number; keys: number; budgetMs: number },
): Promise<Timing[]> {
  const timings: Timing[] = []
  for (const { name, ask } of apiQueries) {
    const timing: Timing = { name, milliseconds: [], rows: 0 }
    const until = performance.now() + budgetMs
    for (let k = -WARM_UP; k < keys && (k < 1 || performance.now() < until); k += 1) {
      const before = performance.now()
      const rows = await ask(context, deals)
      if (k < 0) continue
      timing.milliseconds.push(performance.now() - before)
      timing.rows += rows
    }
    timings.push(timing)
  }
  return timings
}

function query(name: string, title: string, ask: ApiQuery['ask']): ApiQuery {
  return { name, title, ask }
}

/** One of the deals that have ended: all but those that are under way. */
function anyDeal(deals: number): number {
  return randomInt(deals - OPEN_DEALS)
}

export function anyId(deals: number): string {
  return dealIdOf(anyDeal(deals))
}

export function anyBuyer(deals: number): string {
  return accountOf('buyer', buyerOf(anyDeal(deals)))
}

/** Not the big one. */
export function anySeller(deals: number): string {
  const number = sellerOf(anyDeal(deals))
  return number === BIG_SELLER ? anySeller(deals) : accountOf('seller', number)
}

export function anyArbiter(): string {
  return arbiters[randomInt(arbiters.length)] ?? ''
}
