import type { ChainEvent } from '../project/event.ts'
import { byDeal, foldHistory, noHistory } from '../project/history.ts'
import { refoldCounters, writeCredits } from './balances.ts'
import type { Target } from './copy.ts'
import { eventsOfDeals } from './events.ts'
import { deleteHistories, type Histories, writeHistories } from './histories.ts'
import { selectRows } from './tables.ts'

/** What a rollback took out, in chain order, and what is left of the deals it took something of. */
export type Rollback = { events: ChainEvent[]; blocks: number; histories: Histories }

/**
 * Makes the tables what they were at a height: takes out blocks and events above it, and folds every deal and maker that an event
 * was taken from anew, out of the events that are left. So a reorganisation leaves no rows that a fresh index would not have.
 */
export async function rollbackAbove(target: Target, height: number): Promise<Rollback> {
  const { client, chain } = target
  const above = 'block_number > $2 order by block_number, log_index'
  const events = await selectRows(client, 'event', { chain, where: above, values: [height] })
  await client.query('delete from event where chain = $1 and block_number > $2', [chain, height])
  const { rowCount } = await client.query('delete from block where chain = $1 and number > $2', [chain, height])
  const histories = await refoldDeals(target, [...byDeal(events).keys()])
  await refoldCounters(target, events)
  await writeCredits(target, events, -1)
  return { events, blocks: rowCount ?? 0, histories }
}

async function refoldDeals(target: Target, ids: readonly string[]): Promise<Histories> {
  await deleteHistories(target, ids)
  const left = byDeal(await eventsOfDeals(target, ids))
  const nothing = new Map(ids.map((id) => [id, noHistory]))
  const histories = new Map(ids.map((id) => [id, foldHistory(left.get(id) ?? [])]))
  await writeHistories(target, nothing, histories)
  return histories
}
