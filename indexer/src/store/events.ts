import type { ClientBase } from 'pg'
import type { ChainEvent } from '../project/event.ts'
import type { Target } from './copy.ts'
import { selectRows } from './tables.ts'

const HEIGHTS_PER_PARTITION = 1_000_000 // as chain.make_event_partition has it

const inOrder = 'order by block_number, log_index'

/** All events of some deals, in chain order. */
export async function eventsOfDeals({ client, chain }: Target, dealIds: readonly string[]): Promise<ChainEvent[]> {
  return selectRows(client, 'event', { chain, where: `deal_id = any($2) ${inOrder}`, values: [dealIds] })
}

/** Every time the makers voided offers of theirs, all or by nonce, in chain order. */
export async function voidingsOf({ client, chain }: Target, makers: readonly string[]): Promise<ChainEvent[]> {
  const where = `name in ('AllOffersVoided', 'NoncesVoided') and args ->> 'maker' = any($2) ${inOrder}`
  return selectRows(client, 'event', { chain, where, values: [makers] })
}

/** The events of a span of heights, in chain order. */
export async function eventsBetween({ client, chain }: Target, from: number, to: number): Promise<ChainEvent[]> {
  return selectRows(client, 'event', { chain, where: `block_number between $2 and $3 ${inOrder}`, values: [from, to] })
}

/** Makes sure that there is a partition for each height of a step. Returns the last height that has one. */
export async function makePartitions(
  client: ClientBase,
  { schema, from, to }: { schema: string; from: number; to: number },
): Promise<number> {
  const last = Math.floor(to / HEIGHTS_PER_PARTITION)
  for (let part = Math.floor(from / HEIGHTS_PER_PARTITION); part <= last; part += 1) {
    const { rows } = await client.query('select to_regclass($1) as partition', [`${schema}.event_${part}`])
    if (rows[0]?.partition !== null) continue
    await client.query('select chain.make_event_partition($1, $2)', [schema, part * HEIGHTS_PER_PARTITION])
  }
  return (last + 1) * HEIGHTS_PER_PARTITION - 1
}
