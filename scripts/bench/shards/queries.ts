import type { Context } from '../../../api/src/context.ts'
import { keeperJob } from '../../../api/src/deals/keeper.ts'
import { type DealFilter, type DealRow, findDeal, findReviews, findTimeline, listDeals } from '../../../api/src/deals/queries.ts'
import { encodeCursor } from '../../../api/src/http/paging.ts'
import { peopleOf } from '../../../api/src/identity/people.ts'
import type { ChainWriter } from '../../../api/src/jobs/chain-writer.ts'
import { accountOf, BIG_SELLER } from '../scale/accounts.ts'
import { anyArbiter, anyBuyer, anyId, anySeller } from '../scale/queries.ts'
import type { Cluster, Shard } from './cluster.ts'
import { shardOf } from './route.ts'

const PAGE = 30

/** What is asked of one database, and of a cluster as Citus would ask it. Both have to give the same. */
export type ShardQuery = {
  name: string
  /** How many shards it needs. */
  asks: 'one' | 'all'
  keyOf: (deals: number) => string
  single: (context: Context, key: string) => Promise<unknown>
  sharded: (cluster: Cluster, key: string) => Promise<unknown>
}

const bigSeller = accountOf('seller', BIG_SELLER)

/** The api's own functions, but for the one part that has to be asked in another form to be added up. */
export const shardQueries: readonly ShardQuery[] = [
  {
    ...{ name: "a deal's row, timeline and reviews", asks: 'one', keyOf: anyId },
    single: dealOf,
    sharded: ({ byDeal }, id) => dealOf(home(byDeal, id), id),
  },
  list("a buyer's deals", anyBuyer, (account) => ({ accounts: [account], role: 'buyer' })),
  list("a person's deals, either side", anySeller, (account) => ({ accounts: [account] })),
  fromCopy("a person's deals, from the copy by account", anySeller, (account) => ({ accounts: [account] })),
  list(
    'the big seller, first page',
    () => bigSeller,
    (account) => ({ accounts: [account] }),
  ),
  fromCopy(
    'the big seller, from the copy by account',
    () => bigSeller,
    (account) => ({ accounts: [account] }),
  ),
  list(
    'the newest deals of all',
    () => '',
    () => ({}),
  ),
  list("an arbiter's open disputes", anyArbiter, (account) => ({
    account,
    role: 'arbiter',
    states: ['disputed'],
    disputed: true,
  })),
  {
    ...{ name: "a person's rating", asks: 'all', keyOf: anySeller },
    single: ratingOf,
    sharded: async ({ byDeal }, account) => {
      const parts = await Promise.all(byDeal.map(({ context }) => partOfRating(context, account)))
      const [count, sum] = [0, 1].map((k) => parts.reduce((total, part) => total + (part[k] ?? 0), 0)) as [number, number]
      return { count, average: count === 0 ? null : Math.round((sum / count) * 100) / 100 }
    },
  },
  {
    ...{ name: "a person's rating, from the copy by account", asks: 'one', keyOf: anySeller },
    single: ratingOf,
    sharded: ({ byAccount }, account) => ratingOf(home(byAccount, account), account),
  },
  {
    ...{ name: "the keeper's due deals", asks: 'all', keyOf: () => '' },
    single: async (context) => (await dueOf(context)).toSorted(),
    sharded: async ({ byDeal }) => (await Promise.all(byDeal.map(({ context }) => dueOf(context)))).flat().toSorted(),
  },
]

/** The shard that has all there is of a key. */
function home(shards: readonly Shard[], key: string): Context {
  const shard = shards[shardOf(key, shards.length)]
  if (shard === undefined) throw new Error(`no shard has ${key}`)
  return shard.context
}

async function dealOf(context: Context, id: string): Promise<unknown> {
  return Promise.all([findDeal(context, id), findTimeline(context, id), findReviews(context, id)])
}

/** A list of which every shard gives its first page, the newest of which are the page. The second page is asked for too. */
function list(name: string, keyOf: ShardQuery['keyOf'], filterOf: (key: string) => Omit<DealFilter, 'limit'>): ShardQuery {
  return {
    ...{ name, asks: 'all', keyOf },
    single: (context, key) => twoPages((filter) => listDeals(context, filter), filterOf(key)),
    sharded: ({ byDeal }, key) => {
      const page = async (filter: DealFilter): Promise<DealRow[]> => {
        return mergePages(await Promise.all(byDeal.map(({ context }) => listDeals(context, filter))), filter.limit)
      }
      return twoPages(page, filterOf(key))
    },
  }
}

/** The same list from the one shard that has a copy of all deals of the account. */
function fromCopy(name: string, keyOf: ShardQuery['keyOf'], filterOf: (key: string) => Omit<DealFilter, 'limit'>): ShardQuery {
  const whole = list(name, keyOf, filterOf)
  return { ...whole, asks: 'one', sharded: ({ byAccount }, key) => whole.single(home(byAccount, key), key) }
}

/** The first rows of several lists, newest first, one more than `limit`, as `listDeals` has them. */
export function mergePages(pages: readonly DealRow[][], limit: number): DealRow[] {
  const isBefore = (a: DealRow, b: DealRow): boolean => (a.opened_at === b.opened_at ? a.id > b.id : a.opened_at > b.opened_at)
  return pages
    .flat()
    .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
    .slice(0, limit + 1)
}

async function twoPages(page: (filter: DealFilter) => Promise<DealRow[]>, filter: Omit<DealFilter, 'limit'>): Promise<unknown> {
  const first = await page({ ...filter, limit: PAGE })
  const last = first.length > PAGE ? first[PAGE - 1] : undefined
  if (last === undefined) return [first]
  return [first, await page({ ...filter, limit: PAGE, cursor: encodeCursor({ key: String(last.opened_at), id: last.id }) })]
}

async function ratingOf(context: Context, account: string): Promise<unknown> {
  return (await peopleOf(context, [account])).get(account)?.rating
}

/** Reviews and points of an account in one shard: a mean cannot be made of means. */
async function partOfRating({ caip2, db }: Context, subject: string): Promise<number[]> {
  const where = { chain: caip2, subject, score: { not: null } }
  const { _count, _sum } = await db.chainReview.aggregate({ where, _count: { score: true }, _sum: { score: true } })
  return [_count.score, _sum.score ?? 0]
}

/** Only asked what is due, the job writes nothing. Fewer are due than it takes at once, so that their order does not matter. */
async function dueOf(context: Context): Promise<string[]> {
  return (await keeperJob(context, {} as ChainWriter).due()).map(({ id }) => id)
}
