import { projectCredits } from '../project/credit.ts'
import type { ChainEvent } from '../project/event.ts'
import { byDeal, foldHistory } from '../project/history.ts'
import { type CounterRow, projectCounters } from '../project/offer.ts'
import type { Target } from '../store/copy.ts'
import { eventsOfDeals } from '../store/events.ts'
import { selectRows } from '../store/tables.ts'
import type { Tallies } from './compare.ts'

const DEALS_AT_ONCE = 2_000

/** Folds every deal anew, some thousand at a time, and compares with the rows; rows without any event show too. */
export async function compareAllDeals(target: Target, tallies: Tallies): Promise<void> {
  let after = ''
  for (;;) {
    const ids = await dealIdsAfter(target, after)
    if (ids.length === 0) return
    await compareDeals(target, tallies, ids)
    after = ids.at(-1) ?? ''
  }
}

/** Folds some deals anew from their events and compares with the rows. */
export async function compareDeals(target: Target, tallies: Tallies, ids: readonly string[]): Promise<void> {
  const events = byDeal(await eventsOfDeals(target, ids))
  const histories = [...events.values()].map((some) => foldHistory(some))
  const { client, chain } = target
  const ofThese = { chain, where: 'deal_id = any($2)', values: [ids] }
  const stored = {
    deals: await selectRows(client, 'deal', { ...ofThese, where: 'id = any($2)' }),
    offerVoids: await selectRows(client, 'offer_void', ofThese),
    reviews: await selectRows(client, 'review', ofThese),
    halts: await selectRows(client, 'halt', ofThese),
  }
  tallies.compare('deal', present(histories.map(({ deal }) => deal)), stored.deals)
  tallies.compare('offer_void', present(histories.map(({ offerVoid }) => offerVoid)), stored.offerVoids)
  const reviews = histories.flatMap((history) => [...history.reviews.values()])
  tallies.compare('review', reviews, stored.reviews)
  tallies.compare('halt', present(histories.map(({ halted }) => halted)), stored.halts)
}

/** Adds up credits and voided offers while events pass by in chain order; `compare` then holds the sums against the rows. */
export function createSums(target: Target, tallies: Tallies) {
  const credits = new Map<string, { token: string; account: string; amount: bigint }>()
  let counters = new Map<string, CounterRow>()
  return {
    add: (events: readonly ChainEvent[]): void => {
      for (const [key, row] of projectCredits(events.map((event) => ({ event, sign: 1 })))) {
        credits.set(key, { ...row, amount: row.amount + (credits.get(key)?.amount ?? 0n) })
      }
      const voidings = events.filter(({ name }) => name === 'AllOffersVoided' || name === 'NoncesVoided')
      if (voidings.length > 0) counters = projectCounters(voidings, [...counters.values()])
    },
    compare: async (): Promise<void> => {
      const all = { chain: target.chain, where: 'true' }
      const owed = [...credits.values()].filter(({ amount }) => amount !== 0n)
      tallies.compare('credit', owed, await selectRows(target.client, 'credit', all))
      tallies.compare('counter', [...counters.values()], await selectRows(target.client, 'counter', all))
    },
  }
}

async function dealIdsAfter({ client, chain }: Target, after: string): Promise<string[]> {
  // Of every table that names deals, so that a row without events is found as well.
  const part = (table: string, column: string): string =>
    `(select distinct ${column} as id from ${table} where chain = $1 and ${column} > $2 order by 1 limit $3)`
  const sources = [part('event', 'deal_id'), part('deal', 'id')]
  for (const table of ['offer_void', 'review', 'halt']) sources.push(part(table, 'deal_id'))
  const sql = `select id from (${sources.join(' union ')}) as ids order by id limit $3`
  const { rows } = await client.query<{ id: string }>(sql, [chain, after, DEALS_AT_ONCE])
  return rows.map(({ id }) => id)
}

function present<T>(rows: readonly (T | null)[]): T[] {
  return rows.filter((row) => row !== null)
}
