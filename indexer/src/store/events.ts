import type { ClientBase } from 'pg'
import type { ChainEvent } from '../project/event.ts'
import { tables } from './tables.ts'

const columns = tables.event.columns.join(', ')

type StoredEvent = Omit<ChainEvent, 'block_number' | 'timestamp'> & { block_number: string; timestamp: string }

/** All events of some deals, in chain order. */
export async function eventsOfDeals(client: ClientBase, dealIds: readonly string[]): Promise<ChainEvent[]> {
  return selectEvents(client, `where deal_id = any($1)`, [dealIds])
}

/** Every time the makers voided offers of theirs, all or by nonce, in chain order. */
export async function voidingsOf(client: ClientBase, makers: readonly string[]): Promise<ChainEvent[]> {
  return selectEvents(client, `where name in ('AllOffersVoided', 'NoncesVoided') and args ->> 'maker' = any($1)`, [makers])
}

/** Takes the events above a height out of the table. */
export async function deleteEventsAbove(client: ClientBase, height: number): Promise<ChainEvent[]> {
  const sql = `delete from chain.event where block_number > $1 returning ${columns}`
  const { rows } = await client.query<StoredEvent>(sql, [height])
  return rows.map(toEvent)
}

async function selectEvents(client: ClientBase, where: string, values: unknown[]): Promise<ChainEvent[]> {
  const sql = `select ${columns} from chain.event ${where} order by block_number, log_index`
  const { rows } = await client.query<StoredEvent>(sql, values)
  return rows.map(toEvent)
}

function toEvent(row: StoredEvent): ChainEvent {
  // Only this process writes chain.event, and only what decode.ts made, so name and args belong together.
  return { ...row, block_number: Number(row.block_number), timestamp: Number(row.timestamp) } as ChainEvent
}
