import type { ClientBase } from 'pg'
import type { ChainEvent } from '../project/event.ts'
import { deleteEventsAbove } from './events.ts'

/** What a rollback took out: its events are the ones whose deals, reviews, credits and counters are folded anew. */
export type Rollback = { events: ChainEvent[]; blocks: number }

/** Takes everything above a height out of blocks and events, within the caller's transaction. */
export async function rollbackAbove(client: ClientBase, height: number): Promise<Rollback> {
  const events = await deleteEventsAbove(client, height)
  const { rowCount } = await client.query('delete from chain.block where number > $1', [height])
  return { events, blocks: rowCount ?? 0 }
}
